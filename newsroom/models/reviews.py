"""Reviews: what was requested, approved or sent back, and about which state of the text.

Rows are never changed once they are written, except by a redaction.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from record.models import Change

from ..choices import ReviewVerb
from .audit_log import WorkingChange


class FrozenDraft(models.Model):
    """A Draft as it stood at one moment, with the Drafts of the small roots published along with it.

    text: canonical JSON, read by `load_snapshot`.
    """

    type = models.CharField(max_length=20)
    content_id = models.UUIDField()
    digest = models.CharField(max_length=64)  # of the root with its children
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["type", "content_id", "digest"], name="frozen_drafts_of_a_root")]

    def __str__(self):
        return f"{self.type} {self.content_id} {self.digest[:8]}"


class ReviewEntryQuerySet(models.QuerySet):
    """Questions to the review threads of roots."""

    def thread_of(self, type: str, content_id):
        """Return the thread of one root, oldest entry first."""
        return self.filter(type=type, content_id=content_id).select_related("frozen").order_by("pk")

    def last_entries(self, type: str, content_ids: Iterable) -> dict[str, "ReviewEntry"]:
        """Return {content_id: the last entry of its thread} of roots of one type, in one query."""
        newest = self.filter(type=type, content_id=models.OuterRef("content_id")).order_by("-pk")
        last = self.filter(
            type=type, content_id__in=content_ids, pk=models.Subquery(newest.values("pk")[:1])
        ).select_related("frozen", "by", "asked")
        return {str(entry.content_id): entry for entry in last}

    def ended_by(self, verb: ReviewVerb):
        """Return the last entry of each thread that ends with this verb, oldest first. `frozen.text` is deferred."""
        thread = {"type": models.OuterRef("type"), "content_id": models.OuterRef("content_id")}
        later = models.Exists(self.model.objects.filter(**thread, pk__gt=models.OuterRef("pk")))
        ended = self.filter(~later, verb=verb).select_related("frozen", "by", "asked")
        return ended.defer("frozen__text").order_by("pk")

    def waiting_for(self, user):
        """Return open requests addressed to this user or to everybody who may review, oldest first.

        Left out are requests for roots that this user asked a review of, or worked on, since the last publication.
        """
        asked = Q(asked=user) | Q(asked=None)
        not_asked_for, not_written = ~models.Exists(self._requests_of(user)), ~models.Exists(self._changes_by(user))
        return self.ended_by(ReviewVerb.REQUESTED).filter(asked, not_asked_for, not_written)

    def sent_back_to(self, user):
        """Return entries that sent back what this user asked a review of, newest first.

        Only those with which a thread ends: nothing was said since.
        """
        return self.ended_by(ReviewVerb.SENT_BACK).filter(models.Exists(self._requests_of(user))).order_by("-pk")

    def _changes_by(self, user):
        """Return changes that this user made to the root of the outer thread since it was last published."""
        later = Change.objects.filter(
            root_type=models.OuterRef("root_type"),
            root_content_id=models.OuterRef("root_content_id"),
            source_read_at__gt=models.OuterRef("timestamp"),
        )
        thread = {"root_type": models.OuterRef("type"), "root_content_id": models.OuterRef("content_id")}
        return WorkingChange.objects.filter(~models.Exists(later), **thread, actor=user, authored=True)

    def _requests_of(self, user):
        """Return requests that this user made in the outer thread since it was last published."""
        thread = {"type": models.OuterRef("type"), "content_id": models.OuterRef("content_id")}
        published = self.model.objects.filter(**thread, verb=ReviewVerb.PUBLISHED, pk__gt=models.OuterRef("pk"))
        return self.model.objects.filter(~models.Exists(published), **thread, verb=ReviewVerb.REQUESTED, by=user)


class ReviewEntry(models.Model):
    """One step in the review thread of a root. Threads are kept as long as the root."""

    type = models.CharField(max_length=20)
    content_id = models.UUIDField()
    verb = models.CharField(_("what"), max_length=10, choices=ReviewVerb)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    asked = models.ForeignKey(  # None: everybody who may review
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked")
    )
    note = models.TextField(_("note"), blank=True, default="")
    at = models.DateTimeField(_("when"), auto_now_add=True)
    frozen = models.ForeignKey(FrozenDraft, models.PROTECT, related_name="+")  # the state of the text that it is about

    objects = ReviewEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("word of a review")
        verbose_name_plural = _("reviews")
        indexes = [models.Index(fields=["type", "content_id", "-id"], name="review_threads")]

    def __str__(self):
        return f"{self.get_verb_display()}: {self.type} {self.content_id}"
