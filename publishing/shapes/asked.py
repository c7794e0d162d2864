"""What a reader asks of a list, as its address says it: words, what was chosen, an order, a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

MOST_CHOSEN, LONGEST = 20, 200
SHOWN, MOST = 8, 60


@dataclass(frozen=True)
class Asked:
    """pairs: the parameters that mean something, in the order given."""

    pairs: tuple[tuple[str, str], ...]
    given: tuple[tuple[str, str], ...]
    facets: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ("",)

    @classmethod
    def of(cls, query, *, facets: Sequence[str] = (), sorts: Sequence[str] = ("",)) -> "Asked":
        """query: a QueryDict. The first of the sorts needs no saying; what is empty or unheard of is left out."""
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
    def words(self) -> str:
        return " ".join(self._one("q").split())[:LONGEST]

    @property
    def sort(self) -> str:
        return self._one("sort") or self.sorts[0]

    @property
    def chosen(self) -> dict[str, list[str]]:
        """{facet: what was chosen of it}, only facets of which something was."""
        found: dict[str, list[str]] = {}
        for name, value in self.pairs:
            if name in self.facets and len(found.setdefault(name, [])) < MOST_CHOSEN:
                found[name].append(value[:LONGEST])
        return found

    @property
    def shortest(self) -> str | None:
        """The query of the same question in fewest words; None where it was asked so."""
        return None if self.pairs == self.given else urlencode(self.pairs)

    def without(self, *dropped: tuple[str, str]) -> str:
        """The query without these parameters, from its first page on."""
        return urlencode([pair for pair in self.pairs if pair not in dropped and pair[0] != "page"])

    def plain(self) -> str:
        """The query of the whole list, at the same moment and in the same order."""
        return urlencode([pair for pair in self.pairs if pair[0] in ("as_of", "sort")])

    def _one(self, name: str) -> str:
        return next((value for key, value in self.pairs if key == name), "")


@dataclass(frozen=True)
class Option:
    """title: a text of the record; else label, a word of the interface. known: such a thing or word there is.

    many: how many rows it would leave, None where that is not counted.
    """

    value: str
    many: int | None
    chosen: bool = False
    label: str = ""
    title: dict | None = None
    known: bool = True


@dataclass(frozen=True)
class Facet:
    """shown: the first options, with all that were chosen; more: the others, as many as a reader can look through."""

    name: str
    label: str
    shown: list[Option]
    more: list[Option]

    @classmethod
    def of(cls, name: str, label: str, options: list[Option]) -> "Facet":
        first = options if len(options) <= SHOWN + 2 else options[:SHOWN]
        late = [each for each in options[len(first) :] if each.chosen]
        return cls(name, label, [*first, *late], [each for each in options[len(first) : MOST] if not each.chosen])

    @classmethod
    def counted(
        cls, name: str, label: str, numbers: dict[str, int], chosen: list[str], *, values, words=str, titles=None
    ):
        """values: all there are, in their order; words: of a value; titles: {value: text} where they are things.

        What would leave nothing is shown only where it was chosen.
        """
        titles = titles or {}
        shown = [value for value in values if numbers.get(value) or value in chosen]
        options = [
            Option(value, numbers.get(value, 0), value in chosen, words(value) if not titles else "", titles.get(value))
            for value in shown
        ]
        unknown = [Option(each, 0, chosen=True, label=each, known=False) for each in chosen if each not in shown]
        return cls.of(name, label, [*options, *unknown])

    @property
    def chosen(self) -> list[Option]:
        return [each for each in self.shown if each.chosen]


@dataclass(frozen=True)
class Filters:
    """The form of a list. orders: [(sort, its words)]."""

    asked: Asked
    facets: list[Facet]
    orders: list[tuple[str, str]]

    @property
    def chips(self) -> list[dict]:
        """[{"facet", "option", "without"}]: what was chosen, each with the query that drops it."""
        return [
            {"facet": facet, "option": option, "without": self.asked.without((facet.name, option.value))}
            for facet in self.facets
            for option in facet.chosen
        ]

    @property
    def unknown(self) -> list[dict]:
        return [chip for chip in self.chips if not chip["option"].known]

    @property
    def narrowed(self) -> int:
        """How many things narrow the list."""
        return len(self.chips) + bool(self.asked.words)

    @property
    def without_words(self) -> str:
        return self.asked.without(*(pair for pair in self.asked.pairs if pair[0] == "q"))
