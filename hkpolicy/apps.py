from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HkpolicyConfig(AppConfig):
    name = "hkpolicy"
    verbose_name = _("Hong Kong policy tracker")
