"""Cursor pagination: a page starts after the last row of the one before, whatever was published in between."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

import orjson
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext as _
from rest_framework.utils.urls import remove_query_param, replace_query_param

from .exceptions import BadParameter

DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE = 50, 100


@dataclass(frozen=True)
class Cursor:
    """Start of a page: after (or, backwards, before) the row with this value of the ordering column and this id."""

    value: str | int | None
    pk: int
    backwards: bool = False

    def encoded(self) -> str:
        """Return the cursor as URL-safe text."""
        return urlsafe_b64encode(orjson.dumps([self.value, self.pk, self.backwards])).decode().rstrip("=")

    @classmethod
    def decoded(cls, text: str, field) -> "Cursor":
        """Parse a cursor. Raises BadParameter if it is not one of ours for this ordering."""
        try:
            value, pk, backwards = orjson.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            getattr(field, "output_field", field).to_python(value)
            if (
                isinstance(value, float)
                or not (isinstance(pk, int) and 0 < pk < 2**63 and isinstance(backwards, bool))
                or "\0" in str(value)
            ):
                raise ValueError(text)
        except (ValueError, TypeError, ValidationError) as error:
            raise BadParameter(
                "cursor", _("This is no cursor of this list; take it from `next` or `previous`.")
            ) from error
        return cls(value, pk, backwards)


@dataclass(frozen=True)
class CursorOrdering:
    """Order by one column, then by id.

    nullable: rows without a value come last, which costs a descending list the use of its index.
    """

    column: str
    descending: bool = False
    nullable: bool = False

    def order_by_terms(self, *, backwards: bool) -> list:
        """Return the arguments of `order_by`."""
        column = F(self.column)
        descending = self.descending != backwards
        modifier = {} if not self.nullable else {"nulls_first": True} if backwards else {"nulls_last": True}
        return [column.desc(**modifier) if descending else column.asc(**modifier), "-pk" if backwards else "pk"]

    def after_cursor(self, cursor: Cursor) -> Q:
        """Return the condition for rows after the cursor, or before it if it goes backwards."""
        ids = Q(pk__lt=cursor.pk) if cursor.backwards else Q(pk__gt=cursor.pk)
        none = Q(**{f"{self.column}__isnull": True})
        if cursor.value is None:
            return ~none | ids if cursor.backwards else none & ids
        way = "lt" if self.descending != cursor.backwards else "gt"
        # "not before, and …" lets the database start in the middle of its index
        rows = Q(**{f"{self.column}__{way}e": cursor.value}) & (Q(**{f"{self.column}__{way}": cursor.value}) | ids)
        return rows | none if self.nullable and not cursor.backwards else rows


@dataclass(frozen=True)
class CursorPage:
    """One page of rows, with the URLs of its neighbours."""

    rows: list
    next: str | None
    previous: str | None


def parse_page_size(parameters) -> int:
    """Parse `page_size`. Raises BadParameter unless it is a whole number from 1 to MAX_PAGE_SIZE."""
    given = parameters.get("page_size", "")
    if not given:
        return DEFAULT_PAGE_SIZE
    if not (given.isascii() and given.isdigit() and len(given) < 4 and 0 < int(given) <= MAX_PAGE_SIZE):
        raise BadParameter("page_size", _("A whole number from 1 to %(most)d.") % {"most": MAX_PAGE_SIZE})
    return int(given)


def paginate_editions(editions, ordering: CursorOrdering, resource, *, parameters, address: str) -> CursorPage:
    """Return one page of rows, with the URLs of the pages beside it. One query."""
    size, cursor = parse_page_size(parameters), None
    if parameters.get("cursor"):
        cursor = Cursor.decoded(parameters["cursor"], editions.model._meta.get_field(ordering.column))
        editions = editions.filter(ordering.after_cursor(cursor))
    backwards = bool(cursor and cursor.backwards)
    ordered = editions.order_by(*ordering.order_by_terms(backwards=backwards))
    rows = list(resource.select_columns(ordered, ordering.column)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    return CursorPage(
        rows=rows,
        next=_build_neighbour_url(rows, -1, ordering, False, address) if (more or backwards) else None,
        previous=_build_neighbour_url(rows, 0, ordering, True, address) if (more if backwards else cursor) else None,
    )


def _build_neighbour_url(rows: list, at: int, ordering: CursorOrdering, backwards: bool, address: str) -> str:
    """Return the URL of a neighbouring page, which starts at the row `at`."""
    if not rows:  # nothing beyond the cursor: link to the first page
        return remove_query_param(address, "cursor")
    value = getattr(rows[at], ordering.column)
    value = value if value is None or isinstance(value, (str, int)) else str(value)
    return replace_query_param(address, "cursor", Cursor(value, rows[at].pk, backwards).encoded())
