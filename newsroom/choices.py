"""Vocabularies of the newsroom. Stored values on the left; labels are translated."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RootState(TextChoices):
    """What an editor sees of a root: computed, never stored."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CHANGED = "changed", _("Published, with unpublished changes")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", pgettext_lazy("a publication", "Scheduled")


class ReviewVerb(TextChoices):
    REQUESTED = "requested", _("Review requested")
    APPROVED = "approved", _("Approved")
    SENT_BACK = "sent_back", _("Sent back")
    TAKEN_BACK = "taken_back", _("Request taken back")
    PUBLISHED = "published", _("Published")


class ScheduleState(TextChoices):
    WAITING = "waiting", _("Waiting")
    PUBLISHED = "published", _("Published")
    FAILED = "failed", _("Not carried out")
    CANCELLED = "cancelled", _("Cancelled")
