"""Review: what was asked, approved or sent back, of which state of the text. Nothing here is changed once written."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..states import ReviewVerb
from ..editions import Change
from .log import WorkingChange


class FrozenDraft(models.Model):
    """A Draft as it was, with the small roots that go along. `text`: canonical JSON, read by `documents.thaw`."""

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
    def of(self, type: str, content_id):
        """The thread of one root, oldest first."""
        return self.filter(type=type, content_id=content_id).select_related("frozen").order_by("pk")

    def last_of(self, type: str, content_ids: Iterable) -> dict[str, "ReviewEntry"]:
        """{content_id: the last entry of its thread} of roots of one type; one query."""
        newest = self.filter(type=type, content_id=models.OuterRef("content_id")).order_by("-pk")
        last = self.filter(
            type=type, content_id__in=content_ids, pk=models.Subquery(newest.values("pk")[:1])
        ).select_related("frozen", "by", "asked")
        return {str(entry.content_id): entry for entry in last}

    def ended_by(self, verb: ReviewVerb):
        """The last entries of all threads whose last word is this one, the first said first."""
        thread = {"type": models.OuterRef("type"), "content_id": models.OuterRef("content_id")}
        later = models.Exists(self.model.objects.filter(**thread, pk__gt=models.OuterRef("pk")))
        ended = self.filter(~later, verb=verb).select_related("frozen", "by", "asked")
        return ended.defer("frozen__text").order_by("pk")

    def waiting_for(self, user):
        """Open requests that this person, or whoever may review, was asked to answer; not what they wrote since."""
        asked = Q(asked=user) | Q(asked=None)
        not_asked_for, not_written = ~models.Exists(self._requests_of(user)), ~models.Exists(self._work_of(user))
        return self.ended_by(ReviewVerb.REQUESTED).filter(asked, not_asked_for, not_written)

    def sent_back_to(self, user):
        """What this person asked a review of, and has back with a note that nothing was said to since."""
        return self.ended_by(ReviewVerb.SENT_BACK).filter(models.Exists(self._requests_of(user))).order_by("-pk")

    def _work_of(self, user):
        """On the root of the thread outside, since it was last published."""
        later = Change.objects.filter(
            root_type=models.OuterRef("root_type"),
            root_content_id=models.OuterRef("root_content_id"),
            taken_at__gt=models.OuterRef("timestamp"),
        )
        thread = {"root_type": models.OuterRef("type"), "root_content_id": models.OuterRef("content_id")}
        return WorkingChange.objects.filter(~models.Exists(later), **thread, actor=user, authored=True)

    def _requests_of(self, user):
        """Of the thread outside: what they asked for since it was last published."""
        thread = {"type": models.OuterRef("type"), "content_id": models.OuterRef("content_id")}
        published = self.model.objects.filter(**thread, verb=ReviewVerb.PUBLISHED, pk__gt=models.OuterRef("pk"))
        return self.model.objects.filter(~models.Exists(published), **thread, verb=ReviewVerb.REQUESTED, by=user)


class ReviewEntry(models.Model):
    """One word in the thread that stays with a root."""

    type = models.CharField(max_length=20)
    content_id = models.UUIDField()
    verb = models.CharField(_("what"), max_length=10, choices=ReviewVerb)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    asked = models.ForeignKey(  # None: whoever may review
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked")
    )
    note = models.TextField(_("note"), blank=True, default="")
    at = models.DateTimeField(_("when"), auto_now_add=True)
    frozen = models.ForeignKey(FrozenDraft, models.PROTECT, related_name="+")  # the state of the text it is about

    objects = ReviewEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("word of a review")
        verbose_name_plural = _("reviews")
        indexes = [models.Index(fields=["type", "content_id", "-id"], name="review_threads")]

    def __str__(self):
        return f"{self.get_verb_display()}: {self.type} {self.content_id}"
