"""Editions of funding, with the columns from which totals are computed."""

from django.db import models

from record.dates import FuzzyDate
from record.models import Edition

from .announcements import LIVE_AND_READABLE, READABLE


class FundingEdition(Edition):
    """An edition of funding. It has the attributes that `compute_totals` reads."""

    type = "funding"
    url_prefix = "funding"
    search_rank = None
    parents = ("initiative",)
    position = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=12, default="")
    payer = models.CharField(max_length=7, default="")
    amount_hkd = models.BigIntegerField(null=True)
    qualifier = models.CharField(max_length=8, default="")
    part_of = models.UUIDField(null=True)
    restates = models.UUIDField(null=True)
    announcement = models.UUIDField(null=True)
    dated_from = models.DateField(null=True)

    class Meta(Edition.Meta):
        indexes = [
            *Edition.Meta.indexes,
            models.Index(fields=["-amount_hkd", "id"], condition=LIVE_AND_READABLE, name="funding_by_amount"),
            models.Index(fields=["-amount_hkd", "id"], condition=READABLE, name="funding_ever"),
            models.Index(fields=["announcement"], condition=LIVE_AND_READABLE, name="funding_by_announcement"),
        ]

    @classmethod
    def typed_columns(cls, document):
        named = {key: document[key] and document[key]["content_id"] for key in ("part_of", "restates", "announcement")}
        return named | {
            "position": document["position"],
            "stage": document["stage"],
            "payer": document["payer"],
            "amount_hkd": document["amount_hkd"],
            "qualifier": document["qualifier"],
            "dated_from": FuzzyDate.from_document(document["dated"]).earliest,
        }
