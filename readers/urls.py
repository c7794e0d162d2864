"""URLs of the list of changes and of the site's own pages."""

from django.urls import path

from . import feeds, views

urlpatterns = [
    path("changes.atom", feeds.changes_feed, name="changes-feed"),
    path("changes/", views.publication_list, name="changes"),
    path("changes/<int:number>/", views.publication_detail, name="change"),
    path("<slug:name>/", views.page_detail, name="page"),
]
