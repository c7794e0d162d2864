"""Editions of announcements and their figures."""

from datetime import date

from django.db import models
from django.db.models import Q

from record.models import LIVE, Edition

READABLE = Q(tombstone=False)
LIVE_AND_READABLE = LIVE & READABLE


class AnnouncementEdition(Edition):
    type = "announcement"
    url_prefix = "announcements"
    search_rank = 3
    kind = models.CharField(max_length=14, default="")
    fiscal_year = models.CharField(max_length=9, default="")
    delivered_on = models.DateField(null=True)

    class Meta(Edition.Meta):
        indexes = [
            *Edition.Meta.indexes,
            models.Index(fields=["-delivered_on", "id"], condition=LIVE_AND_READABLE, name="announcements_by_day"),
        ]

    @classmethod
    def typed_columns(cls, document):
        day = document["delivered_on"]
        return {
            "kind": document["kind"],
            "fiscal_year": document["fiscal_year"],
            "delivered_on": day and date.fromisoformat(day),
        }


class FigureEdition(Edition):
    type = "figure"
    url_prefix = "figures"
    has_url = False
    search_rank = None
    parents = ("announcement",)
    position = models.PositiveSmallIntegerField(default=0)
    fiscal_year = models.CharField(max_length=9, default="")
    vintage = models.CharField(max_length=12, default="")

    class Meta(Edition.Meta):
        pass

    @classmethod
    def typed_columns(cls, document):
        return {key: document[key] for key in ("position", "fiscal_year", "vintage")}
