"""Worklists of the dashboard: what needs an editor. Each app registers its own and decides who sees them.

A worklist costs the same number of queries whatever its length: it is counted, and only the rows of a page are read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

from ...actions.permissions import perm

DASHBOARD_ROWS = 10  # items of each worklist on the dashboard
WORKLIST_PAGE_SIZE = 50  # items on a page of one worklist
MAX_WORKLIST_ROWS = 1000  # items read of a worklist whose count is expensive


@dataclass(frozen=True)
class DashboardUser:
    """The user who looks at the dashboard, and the day in Hong Kong."""

    user: Any
    on: date

    def may_see(self, *models) -> list:
        """Return those of the models that the user may view."""
        return [each for each in models if self.user.has_perm(perm(each, "view"))]


@dataclass(frozen=True)
class WorklistRow:
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
class Worklist:
    """A worklist.

    `name`: its part of the URL. `yours`: it is about the user rather than about the content. `find`: returns its
    items, countable and sliceable, or None if it is not for this user. `rows`: describes a page of these items.
    `note`: returns a sentence to show above them, or "". `empty`: the sentence for no items. `dear`: counting is
    expensive, so at most MAX_WORKLIST_ROWS items are read, in one query.
    """

    name: str
    title: str
    empty: str
    find: Callable[[DashboardUser], Any]
    rows: Callable[[list, DashboardUser], Sequence[WorklistRow]]
    note: Callable[[], str] = lambda: ""
    yours: bool = False
    order: int = 50
    dear: bool = False  # expensive to count: read in one query, and only up to AT_MOST


@dataclass(frozen=True)
class WorklistPage:
    """A page of a worklist."""

    need: Worklist
    page: Page
    rows: Sequence[WorklistRow]

    @property
    def count(self) -> int:
        """The number of items in the worklist."""
        return self.page.paginator.count

    @property
    def counted(self) -> str:
        """The count as shown: “1000+” for an expensive worklist that was not read to its end."""
        return f"{self.count}+" if self.need.dear and self.count == MAX_WORKLIST_ROWS else str(self.count)


_worklists: dict[str, Worklist] = {}


def register_worklist(need: Worklist) -> None:
    """Add a worklist to the dashboard; one of the same name is replaced."""
    _worklists[need.name] = need


def load_dashboard(asker: DashboardUser) -> list[WorklistPage]:
    """Return the first page of every worklist of this user, those about the user first."""
    in_order = sorted(_worklists.values(), key=lambda need: (not need.yours, need.order))
    found = [load_worklist_page(need.name, asker, number=1, size=DASHBOARD_ROWS) for need in in_order]
    return [each for each in found if each]


def load_worklist_page(
    name: str, asker: DashboardUser, *, number, size: int = WORKLIST_PAGE_SIZE
) -> WorklistPage | None:
    """Return one page of one worklist; None if the user has no such worklist."""
    need = _worklists.get(name)
    found = need.find(asker) if need else None
    if found is None:
        return None
    page = Paginator(list(found[:MAX_WORKLIST_ROWS]) if need.dear else found, size).get_page(number)
    return WorklistPage(need, page, need.rows(list(page.object_list), asker))
