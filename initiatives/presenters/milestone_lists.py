"""Lists of milestones as readers see them: their titles and descriptions, tabs, facets, and rows by month."""

from datetime import date
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from readers.list_query import Facet, FacetOption, ListQuery
from record.dates import FuzzyDate

from .facets import facet_labels
from .milestones import present_milestone

# {list: (label of its tab, title, description)}
MILESTONE_LISTS = {
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


def build_list_tabs(counts: dict[str, int], asked: ListQuery, *, current: str) -> list[dict]:
    """Return [{"name", "view", "label", "count", "query", "current"}].

    The list of what was not met, which is rare, has a tab only if it is not empty or is the one that is open.
    """
    query = asked.without_param()
    return [
        {
            "name": name,
            "view": "milestones" if name == "upcoming" else f"milestones-{name.replace('_', '-')}",
            "label": label,
            "count": counts[name],
            "query": query,
            "current": name == current,
        }
        for name, (label, _title, _about) in MILESTONE_LISTS.items()
        if name != "missed" or counts[name] or name == current
    ]


def build_milestone_facets(choices: dict[str, dict[str, dict]], asked: ListQuery) -> list[Facet]:
    """Build the facets of the lists of milestones; their options have no counts."""
    found = []
    for name, titles in choices.items():
        chosen = asked.filters.get(name, [])
        options = [FacetOption(slug, None, slug in chosen, title=title) for slug, title in titles.items()]
        unknown = [
            FacetOption(each, 0, chosen=True, label=each, is_valid=False) for each in chosen if each not in titles
        ]
        found.append(Facet.from_options(name, facet_labels()[name], [*options, *unknown]))
    return [facet for facet in found if facet.shown]


def present_milestone_row(document: dict, *, on: date) -> dict:
    """Present a milestone as `present_milestone` does, with `left`: the days left of its running window, or None."""
    told = present_milestone(document, on=on)
    until = FuzzyDate.from_document(document["current_promise"]).last_day
    return told | {"left": (until - on).days if told["schedule"] == "in_window" and until else None}


def has_happened(told: dict) -> bool:
    return FuzzyDate.from_document(told["document"]["actual"]).is_known()


def group_by_month(told: list[dict], name: str) -> list[tuple[date | None, list[dict]]]:
    """Group milestones by month, in their order: [(first of the month or None, milestones)].

    The month is None if the promised window has no last day.
    """
    return [(month, list(rows)) for month, rows in groupby(told, lambda each: _get_month(each, name))]


def _get_month(told: dict, name: str) -> date | None:
    key = "actual" if name == "met" else "current_promise"
    fuzzy = FuzzyDate.from_document(told["document"][key])
    day = fuzzy.latest if name == "met" else fuzzy.last_day
    return day and day.replace(day=1)
