"""The lists of milestones as a reader sees them: their names, what each is about, and their lines by month."""

from datetime import date
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from publishing.dates import FuzzyDate
from publishing.shapes.asked import Asked, Facet, Option

from .facets import names
from .milestones import milestone

# list: the word of its tab, its title, what is in it
LISTS = {
    "upcoming": (
        _("Upcoming"),
        _("Upcoming milestones"),
        _("Promises not yet kept whose time has not run out, the next to run out first."),
    ),
    "in_window": (
        _("In their window"),
        _("Milestones in their window"),
        _("The promised time has begun and has not run out, the next to run out first."),
    ),
    "overdue": (
        _("Overdue"),
        _("Overdue milestones"),
        _("The promised time has passed, and a later statement or piece of evidence says it is not done."),
    ),
    "unknown": (
        _("Unknown"),
        _("Milestones whose outcome is unknown"),
        _("The promised time has passed, and nothing confirms either way. It is not called late, and not called done."),
    ),
    "met": (
        _("Met"),
        _("Milestones that were met"),
        _("What was promised and came about, the latest first. What came after its promised time is called late."),
    ),
    "missed": (
        _("Not met"),
        _("Milestones that were not met"),
        _("What was promised and was found not to have come about."),
    ),
}


def tabs(counts: dict[str, int], asked: Asked, *, current: str) -> list[dict]:
    """[{"name", "view", "label", "count", "query", "current"}]; what is empty and rare has no tab until it is open."""
    query = asked.without()
    return [
        {
            "name": name,
            "view": "milestones" if name == "upcoming" else f"milestones-{name.replace('_', '-')}",
            "label": label,
            "count": counts[name],
            "query": query,
            "current": name == current,
        }
        for name, (label, _title, _about) in LISTS.items()
        if name != "missed" or counts[name] or name == current
    ]


def facets(choices: dict[str, dict[str, dict]], asked: Asked) -> list[Facet]:
    """What lists of milestones are narrowed by; nothing is counted beside it."""
    found = []
    for name, titles in choices.items():
        chosen = asked.chosen.get(name, [])
        options = [Option(slug, None, slug in chosen, title=title) for slug, title in titles.items()]
        unknown = [Option(each, 0, chosen=True, label=each, known=False) for each in chosen if each not in titles]
        found.append(Facet.of(name, names()[name], [*options, *unknown]))
    return [facet for facet in found if facet.shown]


def told_in_a_list(document: dict, *, on: date) -> dict:
    """As `milestones.milestone`, with `left`: the days left of a promised time that is running, None where none is."""
    told = milestone(document, on=on)
    until = FuzzyDate.from_document(document["current_promise"]).until
    return told | {"left": (until - on).days if told["schedule"] == "in_window" and until else None}


def happened(told: dict) -> bool:
    return FuzzyDate.from_document(told["document"]["actual"]).known()


def by_month(told: list[dict], name: str) -> list[tuple[date | None, list[dict]]]:
    """[(first of a month, milestones)] as they are ordered; None where no day ends the promised time."""
    return [(month, list(rows)) for month, rows in groupby(told, lambda each: _month(each, name))]


def _month(told: dict, name: str) -> date | None:
    key = "actual" if name == "met" else "current_promise"
    fuzzy = FuzzyDate.from_document(told["document"][key])
    day = fuzzy.latest if name == "met" else fuzzy.until
    return day and day.replace(day=1)
