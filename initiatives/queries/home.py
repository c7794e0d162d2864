"""Reads of the home page: how all promises stand, all money, and a promise beside earlier ones like it."""

from datetime import date

from django.db.models import Count, F, Q

from record.models import Link
from record.queries import Moment, editions_at

from ..editions import FundingEdition, InitiativeEdition, MilestoneEdition
from ..vocabulary import ScheduleValue
from . import calendar
from .selectors import find_most_moved

PRECEDENT_RELATIONS = ("predecessor", "comparable")
FUNDING_COLUMNS = ("content_id", "root_content_id", "stage", "payer", "amount_hkd", "qualifier", "part_of", "restates")


def count_promises_by_standing(moment: Moment) -> dict[str, int]:
    """Return {standing: number of promises} on the moment's day, as `classify_delivery` counts them. One query.

    In place of "ahead" alone there are "in_window" (running now) and "ahead" (not begun).
    """
    counts = {name: Count("pk", filter=condition) for name, condition in standing_conditions(moment.day).items()}
    return editions_at(MilestoneEdition, moment).filter(kind="promise").aggregate(**counts)


def standing_conditions(day: date) -> dict[str, Q]:
    """Return `classify_delivery` as conditions; "in_window" (running now) stands apart from "ahead" (not begun)."""
    word = {each: calendar.schedule_condition(each, on=day) for each in ScheduleValue}
    by_the_current = word["met_early"] | word["met_on_time"]
    after_the_first = Q(actual_from__gt=F("first_until"))
    by_the_first = Q(first_until=None) | Q(actual_until__lte=F("first_until"))
    not_known_by = Q(actual_until=None) | Q(actual_until__gt=F("first_until"))
    not_known_after = Q(actual_from=None) | Q(actual_from__lte=F("first_until"))
    uncertain = Q(first_until__isnull=False) & not_known_by & not_known_after
    return {
        "on_time": by_the_current & by_the_first,
        "late": word["met_late"] | (by_the_current & after_the_first),
        "in_window": word["in_window"],
        "ahead": word["due_soon"] | word["not_due"],
        "undated": word["no_date"] | word["met_undated"] | (by_the_current & uncertain),
        "unknown": word["unknown"],
        "overdue": word["overdue"],
        "missed": word["missed"],
    }


def load_funding_rows(moment: Moment):
    """Return all funding with the columns that `compute_totals` reads, and the initiative to which each row belongs."""
    return editions_at(FundingEdition, moment).values_list(*FUNDING_COLUMNS, named=True)


def most_moved_with_precedents(moment: Moment) -> MilestoneEdition | None:
    """Return the open promise whose date moved most, among initiatives with predecessors or comparable ones."""
    links = Link.objects.at(moment.instant).filter(
        type="initiative", named_type="initiative", relation__in=PRECEDENT_RELATIONS
    )
    return find_most_moved(moment).filter(root_content_id__in=links.values("content_id")).first()


def find_with_precedents(content_id, moment: Moment) -> list[InitiativeEdition]:
    """Return an initiative and those it continues or is compared with, the oldest first."""
    named = (
        Link.objects.at(moment.instant).filter(content_id=content_id, relation__in=PRECEDENT_RELATIONS).values("named")
    )
    rows = editions_at(InitiativeEdition, moment)
    return list(rows.filter(content_id=content_id).union(rows.filter(content_id__in=named)).order_by("announced_from"))


def find_promises_of(initiatives, moment: Moment) -> list[MilestoneEdition]:
    """Return the promises of these initiatives, in the order of their dates."""
    roots = [each.content_id for each in initiatives]
    return list(
        editions_at(MilestoneEdition, moment).filter(kind="promise", root_content_id__in=roots).order_by("due_by")
    )
