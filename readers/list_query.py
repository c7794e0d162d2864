"""Query string of a list page: search words, chosen facets, sort order and page number; and the filter form."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

MAX_CHOSEN_OPTIONS, MAX_VALUE_LENGTH = 20, 200
OPTIONS_SHOWN_FIRST, MAX_OPTIONS = 8, 60


@dataclass(frozen=True)
class ListQuery:
    """Parsed query string of a list.

    effective: the parameters that have an effect, in the order given. raw: all parameters.
    """

    effective: tuple[tuple[str, str], ...]
    raw: tuple[tuple[str, str], ...]
    facets: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ("",)

    @classmethod
    def from_querydict(cls, query, *, facets: Sequence[str] = (), sorts: Sequence[str] = ("",)) -> "ListQuery":
        """Parse a QueryDict; empty, unknown and redundant parameters are left out of `effective`.

        sorts: the allowed sort orders, of which the first is the default.
        """
        given = tuple((name, value) for name, values in query.lists() for value in values)
        once = {"q": query.get("q"), "sort": query.get("sort"), "page": query.get("page"), "as_of": query.get("as_of")}
        idle = {("sort", sorts[0]), ("page", "1")}
        pairs = dict.fromkeys(
            (name, value)
            for name, value in given
            if value.strip() and (name in facets or once.get(name) == value) and (name, value) not in idle
        )
        known = (pair for pair in pairs if pair[0] != "sort" or pair[1] in sorts)
        return cls(tuple(known), given, tuple(facets), tuple(sorts))

    @property
    def search(self) -> str:
        """The search words, with single spaces, cut to the allowed length."""
        return " ".join(self._get_first("q").split())[:MAX_VALUE_LENGTH]

    @property
    def sort(self) -> str:
        """The sort order, else the default."""
        return self._get_first("sort") or self.sorts[0]

    @property
    def filters(self) -> dict[str, list[str]]:
        """{facet: chosen values}, for facets of which any was chosen."""
        found: dict[str, list[str]] = {}
        for name, value in self.effective:
            if name in self.facets and len(found.setdefault(name, [])) < MAX_CHOSEN_OPTIONS:
                found[name].append(value[:MAX_VALUE_LENGTH])
        return found

    @property
    def canonical(self) -> str | None:
        """The canonical query string of the same list; None if it was given so."""
        return None if self.effective == self.raw else urlencode(self.effective)

    def without_param(self, *dropped: tuple[str, str]) -> str:
        """Return the query string without these (name, value) parameters, starting at the first page."""
        return urlencode([pair for pair in self.effective if pair not in dropped and pair[0] != "page"])

    def reset(self) -> str:
        """Return the query string of the unfiltered list, at the same moment and in the same order."""
        return urlencode([pair for pair in self.effective if pair[0] in ("as_of", "sort")])

    def _get_first(self, name: str) -> str:
        return next((value for key, value in self.effective if key == name), "")


@dataclass(frozen=True)
class FacetOption:
    """One value of a facet.

    count: how many rows choosing it would leave, or None if that is not counted. title: a text of the record, or else
    label: words of the interface. is_valid: False if there is no such thing or word.
    """

    value: str
    count: int | None
    chosen: bool = False
    label: str = ""
    title: dict | None = None
    is_valid: bool = True


@dataclass(frozen=True)
class Facet:
    """One facet of a list with its options.

    shown: the first options, and all that were chosen. more: the others, up to as many as a reader can look through.
    """

    name: str
    label: str
    shown: list[FacetOption]
    more: list[FacetOption]

    @classmethod
    def from_options(cls, name: str, label: str, options: list[FacetOption]) -> "Facet":
        """Build a facet from all its options, splitting them into `shown` and `more`."""
        first = options if len(options) <= OPTIONS_SHOWN_FIRST + 2 else options[:OPTIONS_SHOWN_FIRST]
        late = [each for each in options[len(first) :] if each.chosen]
        return cls(
            name, label, [*first, *late], [each for each in options[len(first) : MAX_OPTIONS] if not each.chosen]
        )

    @classmethod
    def from_counts(
        cls, name: str, label: str, numbers: dict[str, int], chosen: list[str], *, values, words=str, titles=None
    ):
        """Build a facet from {value: count}.

        values: all that there are, in order. words: gives the label of a value. titles: {value: text} if the values are
        things. A value that would leave no rows is shown only if it was chosen.
        """
        titles = titles or {}
        shown = [value for value in values if numbers.get(value) or value in chosen]
        options = [
            FacetOption(
                value, numbers.get(value, 0), value in chosen, words(value) if not titles else "", titles.get(value)
            )
            for value in shown
        ]
        unknown = [
            FacetOption(each, 0, chosen=True, label=each, is_valid=False) for each in chosen if each not in shown
        ]
        return cls.from_options(name, label, [*options, *unknown])

    @property
    def chosen(self) -> list[FacetOption]:
        """The chosen options."""
        return [each for each in self.shown if each.chosen]


@dataclass(frozen=True)
class ListFilters:
    """Filter form of a list. sort_choices: [(sort, its label)]."""

    query: ListQuery
    facets: list[Facet]
    sort_choices: list[tuple[str, str]]

    @property
    def active_filters(self) -> list[dict]:
        """[{"facet", "option", "without"}] of the active filters, each with the query string that drops it."""
        return [
            {"facet": facet, "option": option, "without": self.query.without_param((facet.name, option.value))}
            for facet in self.facets
            for option in facet.chosen
        ]

    @property
    def invalid_filters(self) -> list[dict]:
        """The active filters whose option does not exist."""
        return [chip for chip in self.active_filters if not chip["option"].is_valid]

    @property
    def active_count(self) -> int:
        """The number of active filters, with the search words as one."""
        return len(self.active_filters) + bool(self.query.search)

    @property
    def without_search(self) -> str:
        """The query string without the search words."""
        return self.query.without_param(*(pair for pair in self.query.effective if pair[0] == "q"))
