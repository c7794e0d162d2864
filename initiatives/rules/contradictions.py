"""Contradictions between what officials say, what evidence shows and what the calendar says. They are never merged."""

CONTRADICTIONS = (
    "said_done_shown_not",
    "said_done_shown_partly",
    "said_done_not_confirmed",
    "said_done_nothing_found",
    "said_on_time_calendar_late",
    "said_on_time_calendar_unknown",
    "said_not_done_shown_done",
    "evidence_conflicts",
)
SAID_DONE = ("complete", "complete_or_on_schedule")
SAID_ON_TIME = ("on_schedule", "planned", "in_progress")


def find_contradictions(*, claim, supports, result, schedule):
    """Return which of CONTRADICTIONS hold, in their order.

    claim: the latest status that officials claimed, "" if none. supports: what each piece of evidence shows. result: as
    checked by the editors. schedule: the milestone's schedule on the day asked about.
    """
    shown_done = result == "met" or "met" in supports
    found = {
        "said_done_shown_not": claim in SAID_DONE and (result == "not_met" or "not_met" in supports),
        "said_done_shown_partly": claim in SAID_DONE and (result == "partially_met" or "partly" in supports),
        "said_done_nothing_found": claim in SAID_DONE and not shown_done and "nothing_found" in supports,
        "said_done_not_confirmed": claim in SAID_DONE and not shown_done and not supports and result == "scheduled",
        "said_on_time_calendar_late": claim in SAID_ON_TIME and schedule in ("overdue", "missed"),
        "said_on_time_calendar_unknown": claim == "on_schedule" and schedule == "unknown",
        "said_not_done_shown_done": claim == "dropped" and shown_done,
        "evidence_conflicts": "met" in supports and "not_met" in supports,
    }
    return [name for name in CONTRADICTIONS if found[name]]
