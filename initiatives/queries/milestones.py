"""Lists of milestones: which promises are in each, in which order, and how many."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value

from publishing.queries import Moment, editions, with_words

from ..editions import MilestoneEdition
from . import options
from .calendar import scheduled_as, upcoming
from .finding import Search

FACETS = ("area", "organisation")
ORDERS = {  # open windows: the first to end first, open ends last; past ones: the latest first
    "upcoming": ("due_by", "due_from", "id"),
    "in_window": ("due_by", "due_from", "id"),
    "overdue": ("due_until", "id"),
    "unknown": (F("due_until").desc(nulls_last=True), "id"),
    "met": (F("actual_until").desc(nulls_last=True), "id"),
    "missed": (F("due_until").desc(nulls_last=True), "id"),
}


class Milestones:
    """Promises that contain the search words, of initiatives that match the chosen facets (see `InitiativeSearch`)."""

    def __init__(self, moment: Moment, *, chosen: dict[str, list[str]], words: str = ""):
        self.moment = moment
        self.rows = with_words(editions(MilestoneEdition, moment), words)
        if chosen:
            initiatives = Search(moment, chosen=chosen).found(sort="name").order_by().values("content_id")
            self.rows = self.rows.filter(root_content_id__in=initiatives)

    def counts(self) -> dict[str, int]:
        """Return {list: number of milestones in it}. One query."""
        return self.rows.aggregate(**{name: Count("id", filter=self._in(name)) for name in ORDERS})

    def listed(self, name: str) -> QuerySet:
        return self.rows.filter(self._in(name)).order_by(*ORDERS[name])

    def _in(self, name: str) -> Q:
        if name == "upcoming":
            return upcoming(self.moment.day)
        if name == "met":
            return Q(kind="promise", result__in=("met", "partially_met"))
        return scheduled_as(name, on=self.moment.day)


def choices(moment: Moment) -> dict[str, dict[str, dict]]:
    """Return {facet: {slug: title}} of the things that initiatives name, sorted by slug. One query."""
    found: dict[str, dict[str, dict]] = {name: {} for name in FACETS}
    named = [
        options.things(name, moment)
        .filter(Exists(options.naming(name, moment).filter(named=OuterRef("content_id"))))
        .annotate(facet=Value(name))
        .values_list("facet", "slug", "title")
        for name in FACETS
    ]
    for facet, slug, title in named[0].union(*named[1:], all=True):
        found[facet][slug] = title
    return {facet: dict(sorted(titles.items())) for facet, titles in found.items()}
