"""URLs of version 1 of the API."""

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from publishing.api.changes import ChangesView
from publishing.api.exports import ExportsView, ExportView
from publishing.api.search import SearchView

from .describing import DocsView, SchemaView
from .endpoints import ENDPOINTS, SERVED
from .index import IndexView, NowhereView

app_name = "api"

router = SimpleRouter()
for plural, viewset in ENDPOINTS.items():
    router.register(plural, viewset, basename=plural)

urlpatterns = [
    path("", IndexView.as_view({"get": "index"}), name="index"),
    *router.urls,
    path("changes/", ChangesView.as_view({"get": "list"}), name="changes"),
    path("search/", SearchView.as_view({"get": "list"}), name="search"),
    path("exports/", ExportsView.as_view({"get": "index"}, served=SERVED), name="exports"),
    path("exports/<slug:plural>.jsonl", ExportView.as_view({"get": "retrieve"}, served=SERVED), name="export"),
    path("schema/", SchemaView.as_view({"get": "retrieve"}), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    re_path(r".*/$", NowhereView.as_view({"get": "retrieve"})),  # a URL without its slash is redirected here first
]
