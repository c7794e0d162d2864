"""Version 1."""

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from .endpoints import ENDPOINTS
from .index import IndexView, NowhereView

app_name = "api"

router = SimpleRouter()
for plural, viewset in ENDPOINTS.items():
    router.register(plural, viewset, basename=plural)

urlpatterns = [
    path("", IndexView.as_view({"get": "list"}), name="index"),
    *router.urls,
    re_path(r"", NowhereView.as_view({"get": "retrieve"})),
]
