"""URLs of version 1 of the API."""

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from readers.api.changes import ChangesView
from readers.api.exports import ExportIndexView, ExportView
from readers.api.search import SearchView

from .endpoints import ENDPOINTS, RESOURCES
from .index import IndexView, NotFoundView
from .schema_hooks import DocsView, SchemaView

app_name = "api"

router = SimpleRouter()
for plural, viewset in ENDPOINTS.items():
    router.register(plural, viewset, basename=plural)

urlpatterns = [
    path("", IndexView.as_view({"get": "index"}), name="index"),
    *router.urls,
    path("changes/", ChangesView.as_view({"get": "list"}), name="changes"),
    path("search/", SearchView.as_view({"get": "list"}), name="search"),
    path("exports/", ExportIndexView.as_view({"get": "index"}, resources=RESOURCES), name="exports"),
    path("exports/<slug:plural>.jsonl", ExportView.as_view({"get": "retrieve"}, resources=RESOURCES), name="export"),
    path("schema/", SchemaView.as_view({"get": "retrieve"}), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    re_path(r".*/$", NotFoundView.as_view({"get": "retrieve"})),  # a URL without its slash is redirected here first
]
