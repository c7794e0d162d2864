"""The calendar as conditions on the columns of editions. The day is always an argument."""

from datetime import date

from django.db.models import Case, CharField, F, Q, Value, When

from ..rules.schedule import DUE_SOON_PERIOD

OPEN_PROMISE = Q(kind="promise", result="scheduled")
MET_PROMISE = Q(kind="promise", result__in=("met", "partially_met"), due_known=True)

# Each with its opposite spelt out: in SQL, NOT of NULL is NULL.
EARLY = Q(actual_until__lt=F("due_from"))
NOT_EARLY = Q(due_from=None) | Q(actual_until=None) | Q(actual_until__gte=F("due_from"))
LATE = Q(actual_from__gt=F("due_until"))
NOT_LATE = Q(due_until=None) | Q(actual_from=None) | Q(actual_from__lte=F("due_until"))
SAID_NOT_DONE = Q(not_done_on__gt=F("due_until"))
NOT_SAID_NOT_DONE = Q(not_done_on=None) | Q(not_done_on__lte=F("due_until"))


def schedule_expression(*, on: date) -> Case:
    """Return `compute_schedule` as an expression: its rules in order, so that the first that fits decides."""
    met = Q(result__in=("met", "partially_met"))
    rules = (
        (Q(kind="event") | Q(result__in=("withdrawn", "superseded")), "closed"),
        (Q(result="not_met"), "missed"),
        (met & Q(due_known=False), "met_undated"),
        (met & EARLY, "met_early"),
        (met & LATE, "met_late"),
        (met, "met_on_time"),
        (Q(due_known=False), "no_date"),
        (Q(due_from__gt=on + DUE_SOON_PERIOD), "not_due"),
        (Q(due_from__gt=on), "due_soon"),
        (Q(due_by__gte=on), "in_window"),
        (SAID_NOT_DONE, "overdue"),
    )
    cases = (When(condition, then=Value(word)) for condition, word in rules)
    return Case(*cases, default=Value("unknown"), output_field=CharField())


def upcoming_condition(on: date) -> Q:
    """Return the condition for open promises whose window has not passed; those without a date are left out."""
    return OPEN_PROMISE & Q(due_known=True, due_by__gte=on)


def closing_condition(day: date) -> Q:
    """Return the condition for open promises whose window ends on or before that day."""
    return OPEN_PROMISE & Q(due_known=True, due_by__lte=day)


def still_asked_condition(on: date) -> Q:
    """Return the condition for milestones about which editors are still asked, see `is_silent`.

    Left out are those of unknown outcome of which a search found nothing, as long as that holds.
    """
    over = Q(nothing_found_until=None) | Q(nothing_found_until__lte=on)
    return over | Q(due_by__gte=on) | SAID_NOT_DONE


def schedule_condition(name: str, *, on: date) -> Q:
    """Return the condition for milestones whose `compute_schedule` gives `name` on that day."""
    begun = Q(due_from=None) | Q(due_from__lte=on)
    dated = OPEN_PROMISE & Q(due_known=True)
    over = dated & begun & Q(due_by__lt=on)
    conditions = {
        "closed": Q(kind="event") | Q(result__in=("withdrawn", "superseded")),
        "missed": Q(kind="promise", result="not_met"),
        "met_undated": Q(kind="promise", result__in=("met", "partially_met"), due_known=False),
        "met_early": MET_PROMISE & EARLY,
        "met_late": MET_PROMISE & NOT_EARLY & LATE,
        "met_on_time": MET_PROMISE & NOT_EARLY & NOT_LATE,
        "no_date": OPEN_PROMISE & Q(due_known=False),
        "due_soon": dated & Q(due_from__gt=on, due_from__lte=on + DUE_SOON_PERIOD),
        "not_due": dated & Q(due_from__gt=on + DUE_SOON_PERIOD),
        "in_window": dated & begun & Q(due_by__gte=on),
        "overdue": over & SAID_NOT_DONE,
        "unknown": over & NOT_SAID_NOT_DONE,
    }
    return conditions[name]
