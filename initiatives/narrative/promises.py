"""The narrative: one sentence that says for when something was promised, and how that stands on the day.

Clauses are translated whole, so that each language keeps its own order. What is unknown is called neither late nor
done.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from record.dates import FuzzyDate
from record.formatting import format_time_in_sentence, format_window_in_sentence

from ..rules.contradictions import SAID_DONE
from .money import money_sentence

AHEAD_SCHEDULES = ("due_soon", "not_due")
FAR_DAYS = 730  # longer times are given in years
UNRESOLVED_SCHEDULES = ("in_window", *AHEAD_SCHEDULES, "overdue", "unknown")


def milestone_sentence(told: dict) -> str:
    """Return the sentence, with its full stop, about a milestone from `present_milestone`."""
    if told["document"]["kind"] == "event" or not told["current"]:
        return _undated_sentence(told)
    return _join_clauses([_promise_clause(told), *_state_clauses(told)])


def days_left(told: dict) -> str:
    """Return a sentence that says how much of the promised window is left, or when it begins; "" in any other case."""
    if told["schedule"] not in (*AHEAD_SCHEDULES, "in_window"):
        return ""
    words = _join_clauses(
        [_time_until_clause(told) if told["schedule"] in AHEAD_SCHEDULES else _time_left_clause(told)]
    )
    return words[0].upper() + words[1:]


def initiative_sentence(told: dict | None, money: list[dict]) -> str:
    """Say of an initiative how its `headline_milestone` stands, and its money (see `present_money`)."""
    if told is None:
        dates = _("No date has been promised.")
    elif told["document"]["kind"] == "event":
        when = format_time_in_sentence(FuzzyDate.from_document(told["document"]["actual"]))
        form = _("No date has been promised; the latest event on record was %(when)s.")
        dates = form % {"when": when} if when else _("No date has been promised.")
    else:
        dates = milestone_sentence(told)
    return _("%(dates)s %(money)s") % {"dates": dates, "money": money_sentence(money)}


def headline_milestone(milestones: list[dict]) -> dict | None:
    """Return the milestone that stands for its initiative in lists and headlines, or None if there is none.

    Of the open promises with a date, it is the one moved most often; of those, one said to be late before one that is
    due, the next due first, before one whose date passed in silence. Else it is the promise settled last, else an
    undated promise, else the last event.
    """
    ranked = [(_headline_rank(told), -at, told) for at, told in enumerate(milestones)]
    return max(ranked, key=lambda each: each[:2])[2] if ranked else None


def _headline_rank(told: dict) -> tuple:
    word, document = told["schedule"], told["document"]
    current, actual = (FuzzyDate.from_document(document[key]) for key in ("current_promise", "actual"))
    if document["kind"] == "event":
        return 0, _day_ordinal(actual)
    if word in UNRESOLVED_SCHEDULES:
        due = _day_ordinal(current)
        urgency = {"overdue": 2, "unknown": 0}.get(word, 1)
        return 3, document["moves"], urgency, due if word == "unknown" else -due
    return (1, 0) if word == "no_date" else (2, _day_ordinal(actual))


def _day_ordinal(fuzzy: FuzzyDate) -> int:
    day = fuzzy.latest or fuzzy.earliest
    return day.toordinal() if day else 0


def _join_clauses(clauses: list[str]) -> str:
    forms = {
        1: _("%(first)s."),
        2: _("%(first)s; %(second)s."),
        3: _("%(first)s; %(second)s, %(third)s."),
        4: _("%(first)s; %(second)s, %(third)s, %(fourth)s."),
    }
    return forms[len(clauses)] % dict(zip(("first", "second", "third", "fourth"), clauses, strict=False))


def _promise_clause(told: dict) -> str:
    document = told["document"]
    first, current = (FuzzyDate.from_document(document[key]) for key in ("first_promise", "current_promise"))
    words = {
        "first": format_window_in_sentence(first),
        "current": format_window_in_sentence(current),
        "moves": document["moves"],
    }
    if not words["moves"]:
        return _("Promised for %(current)s") % words
    if words["first"] == words["current"]:
        return _("Promised for %(current)s, moved %(moves)d times and back to that") % words
    settled = told["schedule"] not in UNRESOLVED_SCHEDULES
    if words["moves"] == 1:
        form = _("First promised for %(first)s, then for %(current)s")
        return (form if settled else _("First promised for %(first)s, now for %(current)s")) % words
    form = _("First promised for %(first)s, moved %(moves)d times, at last for %(current)s")
    return (form if settled else _("First promised for %(first)s, moved %(moves)d times, now for %(current)s")) % words


def _state_clauses(told: dict) -> list[str]:
    """Return how it stands, in one clause or more."""
    word = told["schedule"]
    if word in AHEAD_SCHEDULES:
        return [_time_until_clause(told), *_past_first_clauses(told)]
    if word == "in_window":
        return [_time_left_clause(told), *_past_first_clauses(told)]
    if word == "unknown":
        return [_passed_clause(told)]
    if word == "overdue":
        return _overdue_clauses(told)
    if word == "missed":
        return [_("it was not done")]
    if word == "closed":
        superseded = told["document"]["result"] == "superseded"
        return [_("another promise has replaced it") if superseded else _("officials have dropped it")]
    return [_done_clause(told), *_timeliness_clauses(told)]


def _time_until_clause(told: dict) -> str:
    current = _current_promise(told)
    days = (current.earliest - told["on"]).days
    if days > FAR_DAYS:
        return _("that time begins in about %(years)s years") % {"years": round(days / 365.25)}
    if current.earliest == current.latest and current.last_day:
        form = ngettext("that day is %(days)s day away", "that day is %(days)s days away", days)
    else:
        form = ngettext("that time begins in %(days)s day", "that time begins in %(days)s days", days)
    return form % {"days": f"{days:,}"}


def _time_left_clause(told: dict) -> str:
    current = _current_promise(told)
    if current.last_day is None:
        return _("that time has come, and no latest day was named")
    days = (current.last_day - told["on"]).days
    if current.earliest == current.last_day:
        return _("this is that day")
    if days == 0:
        return _("this is the last day of it")
    if current.earliest is None:
        form = ngettext("%(days)s day is left until then", "%(days)s days are left until then", days)
    else:
        form = ngettext("%(days)s day of that window is left", "%(days)s days of that window are left", days)
    return form % {"days": f"{days:,}"}


def _past_first_clauses(told: dict) -> list[str]:
    """Return a clause if the first promise's window is over while the current one's is not."""
    days = told["late_first"]
    if not days:
        return []
    form = ngettext("%(days)s day past the first promise already", "%(days)s days past the first promise already", days)
    return [form % {"days": f"{days:,}"}]


def _passed_clause(told: dict) -> str:
    """Say that nothing settles it; claims and evidence that it is done are named all the same."""
    if any(each["supports"] == "met" for each in told["document"]["evidence"]):
        return _("that time has passed, and some evidence says it is done, but nothing settles it")
    if told["said"] and told["said"]["claim"] in SAID_DONE:
        return _("that time has passed, and officials say it is done, but nothing else confirms it")
    return _("that time has passed, and nothing since says whether it is done")


def _overdue_clauses(told: dict) -> list[str]:
    """Say how many days have passed since the window ended, and when it was last heard of."""
    days, first = told["late_current"], told["late_first"]
    form = ngettext(
        "not done when last heard of %(when)s, and that time passed %(days)s day ago",
        "not done when last heard of %(when)s, and that time passed %(days)s days ago",
        days,
    )
    words = form % {"when": format_time_in_sentence(told["not_done"]), "days": f"{days:,}"}
    return [words, *(_past_first_clauses(told) if first != days else [])]


def _done_clause(told: dict) -> str:
    partly = told["document"]["result"] == "partially_met"
    words = format_time_in_sentence(FuzzyDate.from_document(told["document"]["actual"]))
    if not words:
        return _("done in part, on a day not recorded") if partly else _("done, on a day not recorded")
    return (_("done in part %(when)s") if partly else _("done %(when)s")) % {"when": words}


def _timeliness_clauses(told: dict) -> list[str]:
    """Compare what happened with what was promised; return nothing if the day is not recorded."""
    word, late = told["schedule"], told["late_first"]
    if not FuzzyDate.from_document(told["document"]["actual"]).is_known():
        return []
    if word == "met_early":
        return [_("before that time"), *_after_first_clauses(late, True, least=told["at_least"])]
    if word == "met_late":
        days = told["late_current"]
        form = ngettext("%(days)s day late", "%(days)s days late", days)
        if told["at_least"]:
            form = ngettext("at least %(days)s day late", "at least %(days)s days late", days)
        return [form % {"days": f"{days:,}"}, *_after_first_clauses(late, late != days, least=told["at_least"])]
    if _current_promise(told).last_day is None:
        words = _("when no latest day had been named")
    elif not _happened_by(_current_promise(told), told):
        words = _("on no day certain enough to say whether in time")
    elif _happened_by(_first_promise(told), told):
        words = _("on time")
    else:
        words = _("on time by the last promise")
    return [words, *_after_first_clauses(late, True, least=told["at_least"])]


def _happened_by(promised: FuzzyDate, told: dict) -> bool:
    """Return True if it happened for certain before the promised window was over; one without an end is never over."""
    actual = FuzzyDate.from_document(told["document"]["actual"])
    return promised.last_day is None or (actual.latest is not None and actual.latest <= promised.last_day)


def _after_first_clauses(days: int | None, differs: bool, *, least: bool = False) -> list[str]:
    if not (days and differs):
        return []
    form = ngettext("%(days)s day later than first promised", "%(days)s days later than first promised", days)
    if least:
        form = ngettext(
            "at least %(days)s day later than first promised", "at least %(days)s days later than first promised", days
        )
    return [form % {"days": f"{days:,}"}]


def _undated_sentence(told: dict) -> str:
    document, word = told["document"], told["schedule"]
    when = {"when": format_time_in_sentence(FuzzyDate.from_document(document["actual"]))}
    if document["kind"] == "event":
        form = _("Happened %(when)s; nobody had said when it would.")
        return (form if when["when"] else _("It happened; nobody had said when it would.")) % when
    if word == "met_undated" and document["result"] == "partially_met":
        form = _("Done in part %(when)s; no date had been promised.")
        return (form if when["when"] else _("Done in part; no date had been promised.")) % when
    if word == "met_undated":
        form = _("Done %(when)s; no date had been promised.")
        return (form if when["when"] else _("Done; no date had been promised.")) % when
    return {
        "missed": _("Not done; no date had been promised."),
        "superseded": _("Replaced by another promise; no date had been promised."),
        "withdrawn": _("Dropped by officials; no date had been promised."),
    }.get(document["result"] if word == "closed" else word, _("No date has been promised."))


def _first_promise(told: dict) -> FuzzyDate:
    return FuzzyDate.from_document(told["document"]["first_promise"])


def _current_promise(told: dict) -> FuzzyDate:
    return FuzzyDate.from_document(told["document"]["current_promise"])
