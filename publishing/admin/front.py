"""The lists of the front page: what needs an editor. Each app registers its own, and says who is shown them.

A list costs the same number of queries whatever its length: it is counted, and only the rows of a page are read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

FIRST = 10  # rows on the front page
MANY = 50  # rows of a page of the whole list
AT_MOST = 1000  # how far a list is read that is dear to count


@dataclass(frozen=True)
class Asker:
    """Who looks, and on which day in Hong Kong."""

    user: Any
    on: date

    def may_see(self, *models) -> list:
        """Those of the models that they may look at."""
        return [each for each in models if self.user.has_perm(f"{each._meta.app_label}.view_{each._meta.model_name}")]


@dataclass(frozen=True)
class Row:
    """One thing to be done. url: where. tells: why it is here. noted: where to POST that one took note."""

    title: str
    url: str
    kind: str = ""
    tells: tuple[str, ...] = ()
    urgent: bool = False
    noted: str = ""


@dataclass(frozen=True)
class Need:
    """One list. name: its address. yours: it is about the asker rather than about the record.

    find: what is in it, countable and sliceable; None where it is not for this asker. rows: a page of that, told.
    note: a sentence above them, "" for none.
    """

    name: str
    title: str
    empty: str
    find: Callable[[Asker], Any]
    rows: Callable[[list, Asker], Sequence[Row]]
    note: Callable[[], str] = lambda: ""
    yours: bool = False
    order: int = 50
    dear: bool = False  # to count: it is found in one query, and not beyond AT_MOST


@dataclass(frozen=True)
class Listed:
    """A page of a list."""

    need: Need
    page: Page
    rows: Sequence[Row]

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def counted(self) -> str:
        """The number of rows as it is shown; a list that is not read to its end has that many or more."""
        return f"{self.count}+" if self.need.dear and self.count == AT_MOST else str(self.count)


_needs: dict[str, Need] = {}


def register(need: Need) -> None:
    _needs[need.name] = need


def listed(asker: Asker) -> list[Listed]:
    """The beginning of every list that is for them."""
    in_order = sorted(_needs.values(), key=lambda need: (not need.yours, need.order))
    found = [listing(need.name, asker, number=1, size=FIRST) for need in in_order]
    return [each for each in found if each]


def listing(name: str, asker: Asker, *, number, size: int = MANY) -> Listed | None:
    """One page of one list; None where there is no such list for them."""
    need = _needs.get(name)
    found = need.find(asker) if need else None
    if found is None:
        return None
    page = Paginator(list(found[:AT_MOST]) if need.dear else found, size).get_page(number)
    return Listed(need, page, need.rows(list(page.object_list), asker))
