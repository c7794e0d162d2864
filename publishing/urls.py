"""URLs of the list of changes and of the site's own pages."""

from django.urls import path

from . import feeds, views

urlpatterns = [
    path("changes.atom", feeds.changes, name="changes-feed"),
    path("changes/", views.changes, name="changes"),
    path("changes/<int:number>/", views.change, name="change"),
    path("<slug:name>/", views.page, name="page"),
]
