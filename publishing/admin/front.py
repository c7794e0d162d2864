"""Worklists of the dashboard: what needs an editor. Each app registers its own and decides who sees them.

A worklist costs the same number of queries whatever its length: it is counted, and only the rows of a page are read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

FIRST = 10  # items of each worklist on the dashboard
MANY = 50  # items on a page of one worklist
AT_MOST = 1000  # items read of a worklist whose count is expensive


@dataclass(frozen=True)
class Asker:
    """The user who looks at the dashboard, and the day in Hong Kong."""

    user: Any
    on: date

    def may_see(self, *models) -> list:
        """Return those of the models that the user may view."""
        return [each for each in models if self.user.has_perm(f"{each._meta.app_label}.view_{each._meta.model_name}")]


@dataclass(frozen=True)
class Row:
    """One item of a worklist.

    `url`: where to work on it. `tells`: why it is listed. `noted`: the URL to POST to that it was seen, "" for none.
    """

    title: str
    url: str
    kind: str = ""
    tells: tuple[str, ...] = ()
    urgent: bool = False
    noted: str = ""


@dataclass(frozen=True)
class Need:
    """A worklist.

    `name`: its part of the URL. `yours`: it is about the user rather than about the content. `find`: returns its
    items, countable and sliceable, or None if it is not for this user. `rows`: describes a page of these items.
    `note`: returns a sentence to show above them, or "". `empty`: the sentence for no items. `dear`: counting is
    expensive, so at most MAX_WORKLIST_ROWS items are read, in one query.
    """

    name: str
    title: str
    empty: str
    find: Callable[[Asker], Any]
    rows: Callable[[list, Asker], Sequence[Row]]
    note: Callable[[], str] = lambda: ""
    yours: bool = False
    order: int = 50
    dear: bool = False  # expensive to count: read in one query, and only up to AT_MOST


@dataclass(frozen=True)
class Listed:
    """A page of a worklist."""

    need: Need
    page: Page
    rows: Sequence[Row]

    @property
    def count(self) -> int:
        """The number of items in the worklist."""
        return self.page.paginator.count

    @property
    def counted(self) -> str:
        """The count as shown: “1000+” for an expensive worklist that was not read to its end."""
        return f"{self.count}+" if self.need.dear and self.count == AT_MOST else str(self.count)


_needs: dict[str, Need] = {}


def register(need: Need) -> None:
    """Add a worklist to the dashboard; one of the same name is replaced."""
    _needs[need.name] = need


def listed(asker: Asker) -> list[Listed]:
    """Return the first page of every worklist of this user, those about the user first."""
    in_order = sorted(_needs.values(), key=lambda need: (not need.yours, need.order))
    found = [listing(need.name, asker, number=1, size=FIRST) for need in in_order]
    return [each for each in found if each]


def listing(name: str, asker: Asker, *, number, size: int = MANY) -> Listed | None:
    """Return one page of one worklist; None if the user has no such worklist."""
    need = _needs.get(name)
    found = need.find(asker) if need else None
    if found is None:
        return None
    page = Paginator(list(found[:AT_MOST]) if need.dear else found, size).get_page(number)
    return Listed(need, page, need.rows(list(page.object_list), asker))
