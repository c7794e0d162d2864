from django.urls import path

from hkpolicy.urls import urlpatterns as of_the_site

from .drf_baseline import DrfBaselineView

urlpatterns = [path("drf-baseline/", DrfBaselineView.as_view()), *of_the_site]
