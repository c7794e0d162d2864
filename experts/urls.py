from django.urls import path

from . import views

urlpatterns = [
    path("experts/", views.experts, name="experts"),
    path("experts/<slug:name>/", views.expert, name="expert"),
    path("commentary/", views.commentaries, name="commentaries"),
    path("commentary/<slug:name>/", views.commentary, name="commentary"),
]
