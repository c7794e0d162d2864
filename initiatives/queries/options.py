"""Facet options of initiatives: rows of editions, each annotated with its `option` of one facet."""

from datetime import date

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, ExtractYear

from publishing.editions import Link
from publishing.queries import Moment, editions

from ..choices import BANDS, PUBLIC_MONEY, Payer, RatedBy
from ..editions import (
    AnnouncementEdition,
    AreaEdition,
    FundingEdition,
    MilestoneEdition,
    OrganisationEdition,
    VerdictEdition,
)
from .calendar import schedule_word

THINGS = {  # {facet: (edition class of the options, the relations by which initiatives name them)}
    "area": (AreaEdition, ("area",)),
    "organisation": (OrganisationEdition, ("lead", "partner")),
    "announcement": (AnnouncementEdition, ("announced_in",)),
}


def stages(rows: QuerySet) -> QuerySet:
    return rows.annotate(option=F("stage"))


def years(rows: QuerySet) -> QuerySet:
    """Annotate initiatives with the year in which they were announced, or the first in which they may have been."""
    known = rows.filter(announced_from__isnull=False)
    return known.annotate(option=Cast(ExtractYear("announced_from"), CharField()))


def milestones(moment: Moment) -> QuerySet:
    """Return promises annotated with their schedule on the moment's day."""
    rows = editions(MilestoneEdition, moment).filter(kind="promise").exclude(result__in=("withdrawn", "superseded"))
    return rows.annotate(option=schedule_word(on=moment.day))


def ratings(moment: Moment) -> QuerySet:
    """Return the last rating by our editors of each initiative as a whole."""
    of_outcomes = Link.objects.at(moment.instant).filter(type="verdict", relation="outcome").values("content_id")
    ours = editions(VerdictEdition, moment).filter(rated_by=RatedBy.US).exclude(content_id__in=of_outcomes)
    ours = ours.annotate(day=Coalesce("rated_on", Value(date.min)), option=F("rating"))
    later = Q(day__gt=OuterRef("day")) | Q(day=OuterRef("day"), id__gt=OuterRef("id"))
    return ours.exclude(Exists(ours.filter(later, root_content_id=OuterRef("root_content_id"))))


def sums(moment: Moment) -> QuerySet:
    """Return public funding of known amount, annotated with its stage; no estimates, pledges and returned sums."""
    rows = editions(FundingEdition, moment).filter(payer=Payer.PUBLIC, stage__in=PUBLIC_MONEY)
    return rows.filter(amount_hkd__isnull=False).annotate(option=F("stage"))


def largest_sums(moment: Moment) -> QuerySet:
    """Return the largest single public sum of each initiative, annotated with its band. Nothing is added up."""
    rows = sums(moment)
    larger = Q(amount_hkd__gt=OuterRef("amount_hkd")) | Q(amount_hkd=OuterRef("amount_hkd"), id__lt=OuterRef("id"))
    rows = rows.exclude(Exists(rows.filter(larger, root_content_id=OuterRef("root_content_id"))))
    bands = [When(amount_hkd__lt=below, then=Value(name)) for name, (_least, below) in BANDS.items() if below]
    return rows.annotate(option=Case(*bands, default=Value(list(BANDS)[-1]), output_field=CharField()))


def things(facet: str, moment: Moment) -> QuerySet:
    """Return all things that can be chosen in a facet."""
    edition_class, _relations = THINGS[facet]
    return editions(edition_class, moment)


def naming(facet: str, moment: Moment) -> QuerySet:
    """Return the links by which initiatives name the things of a facet."""
    _edition_class, relations = THINGS[facet]
    return Link.objects.at(moment.instant).filter(relation__in=relations)
