"""Editions of initiatives, of verdicts on them, and of context."""

from datetime import date

from django.db import models

from record.dates import FuzzyDate
from record.models import Edition

from .announcements import LIVE_AND_READABLE, READABLE


class InitiativeEdition(Edition):
    type = "initiative"
    url_prefix = "initiatives"
    search_rank = 1
    stage = models.CharField(max_length=12, default="")
    announced_from = models.DateField(null=True)
    announced_until = models.DateField(null=True)
    lead = models.UUIDField(null=True)
    attested_on = models.DateField(null=True)

    class Meta(Edition.Meta):
        indexes = [
            *Edition.Meta.indexes,
            models.Index(fields=["slug", "id"], condition=LIVE_AND_READABLE, name="initiatives_by_slug"),
            models.Index(fields=["slug", "id"], condition=READABLE, name="initiatives_ever"),
            models.Index(fields=["stage", "slug", "id"], condition=LIVE_AND_READABLE, name="initiatives_by_stage"),
            models.Index(fields=["lead", "slug", "id"], condition=LIVE_AND_READABLE, name="initiatives_by_lead"),
            models.Index(fields=["-announced_from", "id"], condition=LIVE_AND_READABLE, name="initiatives_by_day"),
        ]

    @classmethod
    def typed_columns(cls, document):
        announced = FuzzyDate.from_document(document["announced"])
        return {
            "stage": document["stage"],
            "announced_from": announced.earliest,
            "announced_until": announced.latest,
            "lead": document["lead"] and document["lead"]["content_id"],
            "attested_on": document["attested_on"] and date.fromisoformat(document["attested_on"]),
        }


class VerdictEdition(Edition):
    type = "verdict"
    url_prefix = "verdicts"
    has_url = False
    search_rank = None
    parents = ("initiative", "announcement")
    rating = models.CharField(max_length=11, default="")
    rated_by = models.CharField(max_length=13, default="")
    rated_on = models.DateField(null=True)

    class Meta(Edition.Meta):
        pass

    @classmethod
    def typed_columns(cls, document):
        return {
            "rating": document["rating"],
            "rated_by": document["rated_by"],
            "rated_on": document["rated_on"] and date.fromisoformat(document["rated_on"]),
        }

    @classmethod
    def slug_and_title(cls, document):
        return {"slug": "", "title": document["reasons"]}

    @classmethod
    def searchable(cls, document):
        return [document["reasons"]]


class ContextEdition(Edition):
    type = "context"
    url_prefix = "context"
    search_rank = 10
    kind = models.CharField(max_length=8, default="")
    about = models.UUIDField(null=True)  # an initiative or an announcement; null means the whole record

    class Meta(Edition.Meta):
        indexes = [
            *Edition.Meta.indexes,
            models.Index(fields=["about"], condition=LIVE_AND_READABLE, name="contexts_about"),
        ]

    @classmethod
    def typed_columns(cls, document):
        about = document["initiative"] or document["announcement"]
        return {"kind": document["kind"], "about": about and about["content_id"]}

    @classmethod
    def slug_and_title(cls, document):
        return {"slug": document["slug"], "title": document["body"]}

    @classmethod
    def searchable(cls, document):
        return [document["body"]]
