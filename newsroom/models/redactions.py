"""Redactions: words removed from every edition, proposed by one administrator and confirmed by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from record.models import Publication


class RedactionQuerySet(models.QuerySet):
    """Filters redactions."""

    def open(self):
        """Return those that were proposed and neither confirmed nor dropped."""
        return self.filter(closed_at=None)

    def awaiting_confirmation_by(self, user):
        """Return open ones that somebody other than this user proposed, oldest first."""
        return self.open().exclude(proposed_by=user).select_related("proposed_by").order_by("pk")


class Redaction(models.Model):
    """A proposal to redact fields of a root, and what became of it.

    type, content_id: the root. fields: paths in the form that `parse_redactable_path` reads, or `CHANGE_NOTES`.
    """

    type = models.CharField(max_length=20)
    content_id = models.UUIDField()
    fields = models.JSONField(_("fields"))
    reason = models.JSONField(_("public reason"))  # a text
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("dropped by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True)
    publication = models.ForeignKey(Publication, models.PROTECT, null=True, related_name="+")

    objects = RedactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        permissions = [("redact", _("Can redact"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="redaction_confirmed_by_another",
                violation_error_message=_("A redaction is confirmed by somebody other than who proposed it."),
            )
        ]

    def __str__(self):
        return f"{self.type} {self.content_id}: {', '.join(self.fields)}"
