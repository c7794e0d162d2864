"""Lists of milestones: which promises are in each, in which order, and how many."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value

from record.queries import Moment, editions_at, filter_words

from ..editions import MilestoneEdition
from . import facet_options
from .calendar import schedule_condition, upcoming_condition
from .faceted_search import InitiativeSearch

MILESTONE_FACETS = ("area", "organisation")
LIST_ORDERS = {  # open windows: the first to end first, open ends last; past ones: the latest first
    "upcoming": ("due_by", "due_from", "id"),
    "in_window": ("due_by", "due_from", "id"),
    "overdue": ("due_until", "id"),
    "unknown": (F("due_until").desc(nulls_last=True), "id"),
    "met": (F("actual_until").desc(nulls_last=True), "id"),
    "missed": (F("due_until").desc(nulls_last=True), "id"),
}


class MilestoneSearch:
    """Promises that contain the search words, of initiatives that match the chosen facets (see `InitiativeSearch`)."""

    def __init__(self, moment: Moment, *, chosen: dict[str, list[str]], words: str = ""):
        self.moment = moment
        self.rows = filter_words(editions_at(MilestoneEdition, moment), words)
        if chosen:
            initiatives = InitiativeSearch(moment, chosen=chosen).results(sort="name").order_by().values("content_id")
            self.rows = self.rows.filter(root_content_id__in=initiatives)

    def count_by_list(self) -> dict[str, int]:
        """Return {list: number of milestones in it}. One query."""
        return self.rows.aggregate(**{name: Count("id", filter=self._list_condition(name)) for name in LIST_ORDERS})

    def in_list(self, name: str) -> QuerySet:
        return self.rows.filter(self._list_condition(name)).order_by(*LIST_ORDERS[name])

    def _list_condition(self, name: str) -> Q:
        if name == "upcoming":
            return upcoming_condition(self.moment.day)
        if name == "met":
            return Q(kind="promise", result__in=("met", "partially_met"))
        return schedule_condition(name, on=self.moment.day)


def load_facet_choices(moment: Moment) -> dict[str, dict[str, dict]]:
    """Return {facet: {slug: title}} of the things that initiatives name, sorted by slug. One query."""
    found: dict[str, dict[str, dict]] = {name: {} for name in MILESTONE_FACETS}
    named = [
        facet_options.thing_options(name, moment)
        .filter(Exists(facet_options.facet_links(name, moment).filter(named=OuterRef("content_id"))))
        .annotate(facet=Value(name))
        .values_list("facet", "slug", "title")
        for name in MILESTONE_FACETS
    ]
    for facet, slug, title in named[0].union(*named[1:], all=True):
        found[facet][slug] = title
    return {facet: dict(sorted(titles.items())) for facet, titles in found.items()}
