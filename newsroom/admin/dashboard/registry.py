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
    today: date

    def viewable_models(self, *models) -> list:
        """Return those of the models that the user may view."""
        return [each for each in models if self.user.has_perm(perm(each, "view"))]


@dataclass(frozen=True)
class WorklistRow:
    """One item of a worklist.

    `url`: where to work on it. `details`: why it is listed. `ack_url`: where to POST that it was seen, "" for nowhere.
    """

    title: str
    url: str
    kind: str = ""
    details: tuple[str, ...] = ()
    urgent: bool = False
    ack_url: str = ""


@dataclass(frozen=True)
class Worklist:
    """A worklist.

    `name`: its part of the URL. `personal`: it is about the user rather than about the content. `find_items`: returns
    its items, countable and sliceable, or None if it is not for this user. `build_rows`: describes a page of these
    items. `note`: returns a sentence to show above them, or "". `empty`: the sentence for no items.
    `expensive_count`: at most MAX_WORKLIST_ROWS items are read, in one query, since counting is expensive.
    """

    name: str
    title: str
    empty: str
    find_items: Callable[[DashboardUser], Any]
    build_rows: Callable[[list, DashboardUser], Sequence[WorklistRow]]
    note: Callable[[], str] = lambda: ""
    personal: bool = False
    order: int = 50
    expensive_count: bool = False


@dataclass(frozen=True)
class WorklistPage:
    """A page of a worklist."""

    worklist: Worklist
    page: Page
    rows: Sequence[WorklistRow]

    @property
    def count(self) -> int:
        """The number of items in the worklist."""
        return self.page.paginator.count

    @property
    def count_label(self) -> str:
        """The count as shown: “1000+” for an expensive worklist that was not read to its end."""
        cut_off = self.worklist.expensive_count and self.count == MAX_WORKLIST_ROWS
        return f"{self.count}+" if cut_off else str(self.count)


_worklists: dict[str, Worklist] = {}


def register_worklist(worklist: Worklist) -> None:
    """Add a worklist to the dashboard; one of the same name is replaced."""
    _worklists[worklist.name] = worklist


def load_dashboard(asker: DashboardUser) -> list[WorklistPage]:
    """Return the first page of every worklist of this user, those about the user first."""
    in_order = sorted(_worklists.values(), key=lambda each: (not each.personal, each.order))
    found = [load_worklist_page(each.name, asker, number=1, size=DASHBOARD_ROWS) for each in in_order]
    return [each for each in found if each]


def load_worklist_page(
    name: str, asker: DashboardUser, *, number, size: int = WORKLIST_PAGE_SIZE
) -> WorklistPage | None:
    """Return one page of one worklist; None if the user has no such worklist."""
    worklist = _worklists.get(name)
    found = worklist.find_items(asker) if worklist else None
    if found is None:
        return None
    page = Paginator(list(found[:MAX_WORKLIST_ROWS]) if worklist.expensive_count else found, size).get_page(number)
    return WorklistPage(worklist, page, worklist.build_rows(list(page.object_list), asker))
