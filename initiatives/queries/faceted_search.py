"""Faceted search of initiatives: those that match, and how many would match each other choice.

Sets are combined in the database: two queries for all counts, whatever the number of initiatives.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from record.queries import Moment, editions_at, filter_words

from ..choices import INITIATIVE_FACETS, NO_SUM, SCHEDULE_OPTIONS, is_year
from ..editions import FundingEdition, InitiativeEdition, MilestoneEdition
from . import facet_options
from .calendar import schedule_condition, upcoming_condition
from .facet_options import THING_FACETS
from .selectors import find_initiatives

CHILD_OPTIONS = {
    "schedule": facet_options.schedule_options,
    "verdict": facet_options.rating_options,
    "money": facet_options.money_options,
    "amount": facet_options.amount_options,
}
INITIATIVE_SORTS = {
    "newest": (F("announced_from").desc(nulls_last=True), "id"),
    "oldest": (F("announced_from").asc(nulls_last=True), "id"),
    "name": ("slug", "id"),
    "checked": (F("attested_on").desc(nulls_last=True), "slug", "id"),
    "due": (F("order").asc(nulls_last=True), "slug", "id"),
    "moved": (F("order").desc(nulls_last=True), "slug", "id"),
    "money": (F("order").desc(nulls_last=True), "slug", "id"),
}
MAX_INLINE_IDS = 1000  # repeated in each count; some databases take at most 32,766 parameters per query


@dataclass(frozen=True)
class FacetCounts:
    """Numbers of matching initiatives: in all, and for each option that could be chosen.

    total: how many match everything that was asked. options: {facet: {value: how many match it and the other facets}}.
    titles: {facet: {slug: title}} for facets whose options are things.
    """

    total: int
    options: dict[str, dict[str, int]]
    titles: dict[str, dict[str, dict]]


class InitiativeSearch:
    """A search of initiatives at a moment. chosen: {facet: values}.

    Any value of a facet is enough, every facet must match, and an unknown value matches nothing.
    """

    def __init__(self, moment: Moment, *, chosen: Mapping[str, Collection[str]] | None = None, words: str = ""):
        self.moment = moment
        self.conditions = {name: self._condition(name, values) for name, values in (chosen or {}).items() if values}
        if words:
            self.conditions["words"] = Q(
                pk__in=_inline_if_few(filter_words(self._all_initiatives(), words).values_list("pk", flat=True))
            )

    def results(self, *, sort: str = "newest") -> QuerySet:
        return self._annotate_order(self._matching_except(None), sort).order_by(*INITIATIVE_SORTS[sort])

    def counts(self) -> FacetCounts:
        found: dict[str, dict[str, int]] = {name: {} for name in ("total", *INITIATIVE_FACETS)}
        titles: dict[str, dict[str, dict]] = {name: {} for name in THING_FACETS}
        words = [self._count_words(name) for name in INITIATIVE_FACETS if name not in THING_FACETS]
        for facet, value, many in self._count_total().union(self._count_without_sum(), *words, all=True):
            found[facet][value] = many
        things = [self._count_things(name) for name in THING_FACETS]
        for facet, slug, title, many in things[0].union(*things[1:], all=True):
            found[facet][slug], titles[facet][slug] = many, title
        return FacetCounts(found.pop("total").get("", 0), found, titles)

    def _all_initiatives(self) -> QuerySet:
        return find_initiatives(self.moment)

    def _matching_except(self, facet: str | None) -> QuerySet:
        """Return the initiatives that match everything asked, except for this facet."""
        rows = self._all_initiatives()
        for name, condition in self.conditions.items():
            rows = rows if name == facet else rows.filter(condition)
        return rows

    def _condition(self, name: str, values: Collection[str]) -> Q:
        if name == "stage":
            return Q(stage__in=values)
        if name == "year":
            return _any_of(Q(announced_from__year=int(value)) for value in values if is_year(value))
        if name in THING_FACETS:
            chosen = facet_options.thing_options(name, self.moment).filter(slug__in=values).values("content_id")
            return Q(
                content_id__in=facet_options.facet_links(name, self.moment)
                .filter(named__in=chosen)
                .values("content_id")
            )
        if name == "schedule":
            return Q(content_id__in=_inline_if_few(self._initiatives_with_schedule(values)))
        rows = CHILD_OPTIONS[name](self.moment).filter(option__in=values)
        fits = Q(content_id__in=rows.values("root_content_id"))
        return fits | ~Q(content_id__in=self._initiatives_with_sum()) if name == "amount" and NO_SUM in values else fits

    def _initiatives_with_schedule(self, values: Collection[str]) -> QuerySet:
        known = [value for value in values if value in SCHEDULE_OPTIONS]
        standing = _any_of(schedule_condition(value, on=self.moment.day) for value in known)
        rows = facet_options.schedule_options(self.moment).filter(standing)
        return rows.values_list("root_content_id", flat=True).distinct()

    def _initiatives_with_sum(self) -> QuerySet:
        return facet_options.money_options(self.moment).values("root_content_id")

    def _count_words(self, name: str) -> QuerySet:
        """Return (facet, value, number of initiatives) for a facet whose options are words or years."""
        if name in CHILD_OPTIONS:
            rows = self._limit_to_matching(CHILD_OPTIONS[name](self.moment), name, "root_content_id")
            return _count_by_option(rows, name, Count("root_content_id", distinct=True))
        rows = {"stage": facet_options.stage_options, "year": facet_options.year_options}[name](
            self._matching_except(name)
        )
        return _count_by_option(rows, name, Count("id"))

    def _count_total(self) -> QuerySet:
        return _count_by_option(self._matching_except(None).annotate(option=Value("")), "total", Count("id"))

    def _count_without_sum(self) -> QuerySet:
        rows = self._matching_except("amount").exclude(content_id__in=self._initiatives_with_sum())
        return _count_by_option(rows.annotate(option=Value(NO_SUM)), "amount", Count("id"))

    def _count_things(self, name: str) -> QuerySet:
        """Return (facet, slug, title, number of initiatives) for a facet whose options are things."""
        links = facet_options.facet_links(name, self.moment).filter(named=OuterRef("content_id"))
        naming = self._limit_to_matching(links, name, "content_id").values("named")
        many = naming.annotate(many=Count("content_id", distinct=True)).values("many")
        rows = facet_options.thing_options(name, self.moment).annotate(
            facet=Value(name), many=Coalesce(Subquery(many), 0)
        )
        return rows.values_list("facet", "slug", "title", "many")

    def _limit_to_matching(self, rows: QuerySet, facet: str, column: str) -> QuerySet:
        """Limit rows to initiatives that match all other facets; return all rows if nothing else is asked."""
        if not self.conditions.keys() - {facet}:
            return rows
        return rows.filter(**{f"{column}__in": self._matching_except(facet).values("content_id")})

    def _annotate_order(self, rows: QuerySet, sort: str) -> QuerySet:
        """Annotate `order` if the sort needs what children say."""
        of_this = {"root_content_id": OuterRef("content_id")}
        if sort == "due":
            to_come = facet_options.schedule_options(self.moment).filter(upcoming_condition(self.moment.day), **of_this)
            return rows.annotate(order=Subquery(to_come.order_by("due_by").values("due_by")[:1]))
        if sort == "moved":
            moved = facet_options.schedule_options(self.moment).filter(moves__gt=0, **of_this).values("root_content_id")
            return rows.annotate(order=Subquery(moved.annotate(moved=Sum("moves")).values("moved")))
        if sort == "money":
            sums = facet_options.money_options(self.moment).filter(**of_this).order_by("-amount_hkd")
            return rows.annotate(order=Subquery(sums.values("amount_hkd")[:1]))
        return rows


def load_list_children(found: Iterable[InitiativeEdition], moment: Moment) -> dict[str, list]:
    """Load what a list shows of these initiatives: {"milestones", "sums", "ratings"}. One query each."""
    roots = [each.content_id for each in found]
    milestones = editions_at(MilestoneEdition, moment).filter(root_content_id__in=roots).defer("tokens")
    sums = editions_at(FundingEdition, moment).filter(root_content_id__in=roots).defer("document", "tokens")
    ratings = facet_options.rating_options(moment).filter(root_content_id__in=roots).defer("document", "tokens")
    return {"milestones": list(milestones.order_by("id")), "sums": list(sums), "ratings": list(ratings)}


def _count_by_option(rows: QuerySet, name: str, many: Count) -> QuerySet:
    rows = rows.order_by().values(facet=Value(name), value=F("option")).annotate(many=many)
    return rows.values_list("facet", "value", "many")


def _inline_if_few(ids: QuerySet) -> Collection:
    """Evaluate once and return the ids if there are at most MAX_INLINE_IDS; else keep the subquery.

    What is slow to find is then found once and not again for each count.
    """
    few = list(ids[: MAX_INLINE_IDS + 1])
    return few if len(few) <= MAX_INLINE_IDS else ids


def _any_of(conditions: Iterable[Q]) -> Q:
    """Combine conditions with OR; without conditions, match nothing."""
    found = Q(pk__in=())
    for each in conditions:
        found |= each
    return found
