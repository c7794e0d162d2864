"""Vocabularies of the record. Stored values on the left; labels are translated."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .dates import PrecisionValue


class ChangeAction(TextChoices):
    """Action of a change: publishing, withdrawing or redacting a thing."""

    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REDACTED = "redacted", _("Redacted")


class UpdateType(TextChoices):
    """Weight of a change for readers."""

    MAJOR = "major", _("Major")
    MINOR = "minor", _("Minor")


class Precision(TextChoices):
    """Calendar unit that a fuzzy date names."""

    DAY = PrecisionValue.DAY, _("Day")
    MONTH = PrecisionValue.MONTH, _("Month")
    QUARTER = PrecisionValue.QUARTER, _("Quarter")
    HALF = PrecisionValue.HALF, _("Half-year")
    YEAR = PrecisionValue.YEAR, _("Year")
    UNKNOWN = PrecisionValue.UNKNOWN, _("Unknown")


class YearKind(TextChoices):
    """Kind of year that a fuzzy date refers to."""

    CALENDAR = "calendar", _("Calendar year")
    FISCAL = "fiscal", _("Fiscal year (1 April to 31 March)")
    ACADEMIC = "academic", _("Academic year")


class TextState(TextChoices):
    """State of one language of a text that is not plain."""

    CONVERTED = "converted", _("Converted from another script")
    UNREVIEWED = "unreviewed", _("Translated, not yet confirmed")
    STALE = "stale", _("Its source text changed")


class Language(TextChoices):
    """Language of a text or a quotation."""

    EN = "en", "English"
    ZH_HANT = "zh-hant", "繁體中文"
    ZH_HANS = "zh-hans", "简体中文"
