from django.urls import path

from hkpolicy.urls import urlpatterns as of_the_site

from .rival import RivalView

urlpatterns = [path("rival/", RivalView.as_view()), *of_the_site]
