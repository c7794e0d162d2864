"""Vocabularies of expert commentary."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stance(TextChoices):
    SUPPORTIVE = "supportive", _("Supportive")
    CAUTIOUS = "cautious", _("Cautious")
    CRITICAL = "critical", _("Critical")
    MIXED = "mixed", _("Mixed")
    NEUTRAL = "neutral", _("Neutral")


class ThemeKind(TextChoices):
    CHALLENGE = "challenge", _("Challenge")
    OPPORTUNITY = "opportunity", _("Opportunity")
