"""Editions of experts, commentary and forecasts: one table per type."""

from datetime import date

from django.db import models

from initiatives.editions.announcements import LIVE_AND_READABLE
from record.dates import FuzzyDate
from record.models import Edition


class ExpertEdition(Edition):
    type = "expert"
    url_prefix = "experts"
    unverified = models.BooleanField(default=False)

    class Meta(Edition.Meta):
        pass

    @classmethod
    def typed_columns(cls, document):
        return {"unverified": document["unverified"]}

    @classmethod
    def slug_and_title(cls, document):
        return {"slug": document["slug"], "title": document["name"]}

    @classmethod
    def searchable(cls, document):
        return [document["name"], document["field"]]


class CommentaryEdition(Edition):
    type = "commentary"
    url_prefix = "commentary"
    expert = models.UUIDField(null=True)
    stance = models.CharField(max_length=10, default="")
    dated_from = models.DateField(null=True)
    unverified = models.BooleanField(default=False)

    class Meta(Edition.Meta):
        indexes = [
            *Edition.Meta.indexes,
            models.Index(fields=["-dated_from", "id"], condition=LIVE_AND_READABLE, name="commentary_by_day"),
            models.Index(fields=["expert"], condition=LIVE_AND_READABLE, name="commentary_by_expert"),
        ]

    @classmethod
    def typed_columns(cls, document):
        return {
            "expert": document["expert"] and document["expert"]["content_id"],
            "stance": document["stance"],
            "dated_from": FuzzyDate.from_document(document["dated"]).earliest,
            "unverified": document["unverified"],
        }

    @classmethod
    def searchable(cls, document):
        return [document["title"], document["summary"], [document["quote"]]]


class ForecastEdition(Edition):
    type = "forecast"
    url_prefix = "forecasts"
    search_rank = None
    parents = ("expert",)
    milestone = models.UUIDField(null=True)
    made_on = models.DateField(null=True)
    by_day = models.DateField(null=True)
    probability = models.FloatField(null=True)

    class Meta(Edition.Meta):
        pass

    @classmethod
    def typed_columns(cls, document):
        days = {key: document[key] and date.fromisoformat(document[key]) for key in ("made_on", "by_day")}
        milestone = document["milestone"]
        return days | {"probability": document["probability"], "milestone": milestone and milestone["content_id"]}
