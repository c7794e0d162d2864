from django.urls import path

from . import views

urlpatterns = [
    path("changes/", views.changes, name="changes"),
    path("changes/<int:number>/", views.change, name="change"),
    path("<slug:name>/", views.page, name="page"),
]
