"""Facet options of initiatives: rows of editions, each annotated with its `option` of one facet."""

from datetime import date

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, ExtractYear

from record.models import Link
from record.queries import Moment, editions_at

from ..choices import AMOUNT_BANDS, PUBLIC_MONEY_STAGES, Payer, RatedBy
from ..editions import (
    AnnouncementEdition,
    AreaEdition,
    FundingEdition,
    MilestoneEdition,
    OrganisationEdition,
    VerdictEdition,
)
from .calendar import schedule_expression

THING_FACETS = {  # {facet: (edition class of the options, the relations by which initiatives name them)}
    "area": (AreaEdition, ("area",)),
    "organisation": (OrganisationEdition, ("lead", "partner")),
    "announcement": (AnnouncementEdition, ("announced_in",)),
}


def stage_options(rows: QuerySet) -> QuerySet:
    return rows.annotate(option=F("stage"))


def year_options(rows: QuerySet) -> QuerySet:
    """Annotate initiatives with the year in which they were announced, or the first in which they may have been."""
    known = rows.filter(announced_from__isnull=False)
    return known.annotate(option=Cast(ExtractYear("announced_from"), CharField()))


def schedule_options(moment: Moment) -> QuerySet:
    """Return promises annotated with their schedule on the moment's day."""
    rows = editions_at(MilestoneEdition, moment).filter(kind="promise").exclude(result__in=("withdrawn", "superseded"))
    return rows.annotate(option=schedule_expression(on=moment.day))


def rating_options(moment: Moment) -> QuerySet:
    """Return the last rating by our editors of each initiative as a whole."""
    of_outcomes = Link.objects.at(moment.instant).filter(type="verdict", relation="outcome").values("content_id")
    ours = editions_at(VerdictEdition, moment).filter(rated_by=RatedBy.US).exclude(content_id__in=of_outcomes)
    ours = ours.annotate(day=Coalesce("rated_on", Value(date.min)), option=F("rating"))
    later = Q(day__gt=OuterRef("day")) | Q(day=OuterRef("day"), id__gt=OuterRef("id"))
    return ours.exclude(Exists(ours.filter(later, root_content_id=OuterRef("root_content_id"))))


def money_options(moment: Moment) -> QuerySet:
    """Return public funding of known amount, annotated with its stage; no estimates, pledges and returned sums."""
    rows = editions_at(FundingEdition, moment).filter(payer=Payer.PUBLIC, stage__in=PUBLIC_MONEY_STAGES)
    return rows.filter(amount_hkd__isnull=False).annotate(option=F("stage"))


def amount_options(moment: Moment) -> QuerySet:
    """Return the largest single public sum of each initiative, annotated with its band. Nothing is added up."""
    rows = money_options(moment)
    larger = Q(amount_hkd__gt=OuterRef("amount_hkd")) | Q(amount_hkd=OuterRef("amount_hkd"), id__lt=OuterRef("id"))
    rows = rows.exclude(Exists(rows.filter(larger, root_content_id=OuterRef("root_content_id"))))
    bands = [When(amount_hkd__lt=below, then=Value(name)) for name, (_least, below) in AMOUNT_BANDS.items() if below]
    return rows.annotate(option=Case(*bands, default=Value(list(AMOUNT_BANDS)[-1]), output_field=CharField()))


def thing_options(facet: str, moment: Moment) -> QuerySet:
    """Return all things that can be chosen in a facet."""
    edition_class, _relations = THING_FACETS[facet]
    return editions_at(edition_class, moment)


def facet_links(facet: str, moment: Moment) -> QuerySet:
    """Return the links by which initiatives name the things of a facet."""
    _edition_class, relations = THING_FACETS[facet]
    return Link.objects.at(moment.instant).filter(relation__in=relations)
