"""Selectors of initiatives and what belongs to them, for readers: editions only, at a moment."""

from datetime import date

from django.db.models import Case, Count, F, Max, Min, Q, When
from django.db.models.functions import Coalesce, ExtractMonth

from record.models import Link
from record.queries import Moment, editions_at, linking_to

from ..editions import (
    AnnouncementEdition,
    AreaEdition,
    ContextEdition,
    FigureEdition,
    FundingEdition,
    InitiativeEdition,
    MilestoneEdition,
    OrganisationEdition,
    PersonEdition,
)
from . import calendar


def find_initiatives(moment: Moment | None):
    return editions_at(InitiativeEdition, moment)


def find_areas(moment: Moment | None) -> list[AreaEdition]:
    return list(editions_at(AreaEdition, moment).order_by("slug"))


def find_upcoming_promises(moment: Moment):
    """Return open promises whose window has not passed, the next to close first, open ends last."""
    return _filter_milestones(moment, calendar.upcoming_condition(moment.day)).order_by("due_by", "due_from", "id")


def find_milestones_between(first: date, last: date, moment: Moment):
    """Return milestones that happened between these days, or were due by a day between them."""
    happened = Q(actual_until__range=(first, last))
    due = Q(due_until__range=(first, last), kind="promise", result="scheduled")
    return (
        editions_at(MilestoneEdition, moment)
        .filter(happened | due)
        .order_by(Case(When(actual_until__isnull=False, then=F("actual_until")), default=F("due_until")), "id")
    )


def count_milestones_by_month(year: int, moment: Moment) -> dict[int, int]:
    """Return {month: number of milestones that happened or were due in it}."""
    rows = find_milestones_between(date(year, 1, 1), date(year, 12, 31), moment).order_by()
    months = rows.values_list(ExtractMonth(Coalesce("actual_until", "due_until")))
    return dict(months.annotate(Count("pk")))


def find_milestone_years(moment: Moment) -> tuple[int, int] | None:
    """Return the first and the last year in which a milestone happened or was due, or None if there is none."""
    days = editions_at(MilestoneEdition, moment).aggregate(
        Min("actual_until"), Min("due_until"), Max("actual_until"), Max("due_until")
    )
    known = [day.year for day in days.values() if day]
    return (min(known), max(known)) if known else None


def _filter_milestones(moment: Moment, condition: Q):
    return editions_at(MilestoneEdition, moment).filter(condition)


def find_announcements(moment: Moment | None, *, kind=""):
    rows = editions_at(AnnouncementEdition, moment)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.order_by(F("delivered_on").desc(nulls_last=True), "id")


def find_contexts_about(content_id, moment: Moment | None) -> list[ContextEdition]:
    """Return facts and known conflicts about a thing, or about the whole record if `content_id` is None."""
    about = Q(about=content_id) if content_id else Q(about__isnull=True)
    return list(editions_at(ContextEdition, moment).filter(about).order_by("kind", "slug"))


def find_initiatives_naming(content_id, relation: str, moment: Moment | None) -> list[dict]:
    """Return references to the initiatives that name a thing in this relation, by slug."""
    rows = editions_at(InitiativeEdition, moment).filter(
        content_id__in=linking_to(content_id, moment, type="initiative", relations=[relation])
    )
    return [build_reference(each) for each in rows.defer("document", "tokens").order_by("slug")]


def find_related_initiatives(content_id, named: list, moment: Moment | None) -> list[InitiativeEdition]:
    """Return the initiatives with the ids in `named`, and those that name this one as related."""
    relations = ("predecessor", "comparable", "superseded_by")
    naming_it = Q(content_id__in=linking_to(content_id, moment, type="initiative", relations=relations))
    return list(editions_at(InitiativeEdition, moment).filter(Q(content_id__in=named) | naming_it).order_by("id"))


def load_promises_and_money(initiatives: list[InitiativeEdition], moment: Moment | None) -> list[dict]:
    """Return the documents of the milestones and of the funding of these initiatives. One query each."""
    roots = [each.content_id for each in initiatives]
    rows = [editions_at(kind, moment).filter(root_content_id__in=roots) for kind in (MilestoneEdition, FundingEdition)]
    return [each.load_document() for found in rows for each in found.order_by("id")] if roots else []


def find_figures_of_years(years, moment: Moment | None) -> list[FigureEdition]:
    return list(editions_at(FigureEdition, moment).filter(fiscal_year__in=sorted(years)).order_by("id"))


def find_milestones_said_by(content_id, moment: Moment | None, *, most=50) -> list[MilestoneEdition]:
    """Return at most `most` milestones on which this person or organisation made a statement, the latest due first."""
    rows = editions_at(MilestoneEdition, moment).filter(
        content_id__in=linking_to(content_id, moment, type="milestone", relations=["said_by"])
    )
    return list(rows.order_by(F("due_until").desc(nulls_last=True), "id")[:most])


def find_people_with_posts_at(content_id, moment: Moment | None) -> list[dict]:
    rows = editions_at(PersonEdition, moment).filter(
        content_id__in=linking_to(content_id, moment, type="person", relations=["post"])
    )
    return [build_reference(each) for each in rows.defer("document", "tokens").order_by("slug")]


def find_child_organisations(content_id, moment: Moment | None) -> list[dict]:
    """Return references to the organisations whose parent this one is."""
    rows = editions_at(OrganisationEdition, moment).filter(
        content_id__in=linking_to(content_id, moment, type="organisation", relations=["parent"])
    )
    return [build_reference(each) for each in rows.defer("document", "tokens").order_by("slug")]


def find_announcements_by(content_id, moment: Moment | None) -> list[dict]:
    """Return references to the announcements that a person delivered, the latest first."""
    rows = editions_at(AnnouncementEdition, moment).filter(
        content_id__in=linking_to(content_id, moment, type="announcement", relations=["delivered_by"])
    )
    return [build_reference(each) for each in rows.defer("document", "tokens").order_by("-delivered_on")]


def build_reference(edition) -> dict:
    """Build the reference with which a document would name this edition."""
    return {
        "type": edition.type,
        "content_id": str(edition.content_id),
        "slug": edition.slug or None,
        "title": edition.title,
    }


def find_precedents(moment: Moment | None) -> list[dict]:
    """Return initiatives that another one names as its predecessor or as comparable, the oldest first.

    The form is [{"edition", "reference", "named_by": [reference]}].
    """
    links = Link.objects.at(moment.instant if moment else None).filter(
        type="initiative", named_type="initiative", relation__in=("predecessor", "comparable")
    )
    named_or_naming = Q(content_id__in=links.values("named")) | Q(content_id__in=links.values("content_id"))
    found_there = editions_at(InitiativeEdition, moment).filter(named_or_naming).defer("document", "tokens")
    rows = {each.content_id: each for each in found_there}
    naming_them: dict = {}
    for content_id, named in links.values_list("content_id", "named").order_by("id"):
        if named in rows and content_id in rows:
            naming_them.setdefault(named, {})[content_id] = build_reference(rows[content_id])
    found = [
        {"edition": rows[named], "reference": build_reference(rows[named]), "named_by": list(by.values())}
        for named, by in naming_them.items()
    ]
    return sorted(found, key=lambda each: (each["edition"].announced_from or date.max, each["edition"].slug))


def find_most_moved(moment: Moment):
    """Return open promises whose date changed, most often changed first."""
    return _filter_milestones(moment, calendar.OPEN_PROMISE & Q(moves__gt=0)).order_by(
        "-moves", F("due_until").desc(nulls_last=True), "id"
    )
