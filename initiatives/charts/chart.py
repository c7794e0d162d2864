"""One chart: its words, its drawing at any width, and the same as a table of raw values."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .primitives import NARROW, WIDE, Drawing


@dataclass(frozen=True)
class Chart:
    """A chart, drawn at any width, with its words and its table.

    name and params: its URL, `/charts/<name>.svg?of=…`. title: a sentence that says what one sees. subject and unit:
    what is measured, and in what; the subject in whatever language the record has it. description: the drawing in
    words, for those who do not see it. columns and rows: what `.csv` holds: ISO days, whole HKD, stored words. sources:
    names of publishers. wide: True if it is drawn anew for wide pages.
    """

    name: str
    params: dict[str, str]
    title: str
    subject: str
    unit: str
    description: str
    draw: Callable[[int], Drawing]
    columns: list[str]
    rows: list[list]
    sources: list[str] = field(default_factory=list)
    wide: bool = False

    @property
    def drawings(self) -> list[tuple[str, Drawing]]:
        """[(CSS class of its size, drawing)]"""
        if not self.wide:
            return [("any", self.draw(NARROW))]
        return [("narrow", self.draw(NARROW)), ("wide", self.draw(WIDE))]


def list_publishers(documents: list[dict]) -> list[str]:
    """Return the publishers of all sources that these documents cite, each once, in order."""
    cited = [citation["source"]["publisher"] for each in documents for citation in each["citations"]]
    return list(dict.fromkeys(name for name in cited if name))


def join_list(parts: Iterable[str]) -> str:
    return _(", ").join(parts)


def join_sentences(parts: Iterable[str]) -> str:
    return "".join(each + _(". ") for each in parts).strip()


def format_span(first: str, last: str) -> str:
    return _("%(first)s to %(last)s") % {"first": first, "last": last}
