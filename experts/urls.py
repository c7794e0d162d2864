from django.urls import path

from . import views

urlpatterns = [
    path("experts/", views.expert_list, name="experts"),
    path("experts/<slug:name>/", views.expert_detail, name="expert"),
    path("commentary/", views.commentary_list, name="commentaries"),
    path("commentary/<slug:name>/", views.commentary_detail, name="commentary"),
]
