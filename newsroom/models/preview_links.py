"""Preview links: they show a page of the working copy to somebody without an account for a limited time."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PreviewLinkQuerySet(models.QuerySet):
    """Filters preview links."""

    def usable(self, *, at: datetime):
        """Return links that are neither expired nor revoked, and whose maker still has an active account."""
        return self.filter(revoked_at=None, expires_at__gt=at, by__is_active=True)


class PreviewLink(models.Model):
    """A link that shows one root as the working copy has it, until it expires or is revoked.

    Its URL is signed, not stored.
    """

    type = models.CharField(max_length=20)
    content_id = models.UUIDField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("revoked by")
    )

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        indexes = [models.Index(fields=["type", "content_id"], name="preview_links_of_a_root")]

    def __str__(self):
        return f"{self.type} {self.content_id} {self.pk}"
