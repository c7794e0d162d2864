"""The site's addresses, and one that is refused to everybody."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.urls import path

from hkpolicy import urls


def closed(request):
    raise PermissionDenied


urlpatterns = [*i18n_patterns(path("closed/", closed)), *urls.urlpatterns]
handler403 = urls.handler403
