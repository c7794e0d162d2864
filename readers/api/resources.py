"""Documents as API answers: stored JSON, never decoded, with computed fields put in front and children joined in."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from record.documents.canonical_json import decode_document, to_canonical_json
from record.models import Edition, upgrade_document
from record.queries import Moment

COMMON_COLUMNS = (
    "content_id",
    "root_content_id",
    "number",
    "slug",
    "document",
    "shape",
    "live_from",
    "first_published_at",
)


def _no_fields(*_) -> dict:
    return {}


@dataclass(frozen=True)
class Resource:
    """Declaration of how editions of one type are answered.

    reads: extra columns that `computed` and the root's `summed` need. computed(row, day): fields put in front.
    children: types joined in, each under its plural. summed({plural: rows}, day): fields made from the children. order:
    columns by which children are ordered.
    """

    edition: type[Edition]
    reads: tuple[str, ...] = ()
    computed: Callable[[Any, date], dict] = _no_fields
    children: tuple["Resource", ...] = ()
    summed: Callable[[dict[str, list], date], dict] = _no_fields
    order: tuple[str, ...] = ("position", "first_published_at", "content_id")

    def rows(self, editions, *more: str):
        """Select the columns that an answer needs, and `more`, as named tuples."""
        return editions.values_list(*dict.fromkeys(("pk", *COMMON_COLUMNS, *self.reads, *more)), named=True)

    def address(self, row, base: str) -> str:
        """Return the API URL of a row."""
        return f"{base}{self.edition.plural}/{row.slug or row.content_id}/"


def render_resources(served: Resource, rows: Iterable, *, moment: Moment, base: str) -> list[bytes]:
    """Return the JSON of rows of one type, in their order, with one query for each type of child.

    base: the API's root URL.
    """
    rows = list(rows)
    families = {child.edition.plural: _render_children(child, rows, moment, base) for child in served.children}
    return [_render_row(served, row, families, moment, base) for row in rows]


def _render_children(child: Resource, roots: list, moment: Moment, base: str) -> dict:
    """Return {content_id of the root: (rows, JSON) of its children in order}. One query."""
    editions = child.edition.objects.at(moment.instant).filter(root_content_id__in=[row.content_id for row in roots])
    found = defaultdict(lambda: ([], []))
    for row in child.rows(editions.order_by(*child.order)):
        rows, texts = found[row.root_content_id]
        rows.append(row)
        texts.append(_render_row(child, row, {}, moment, base))
    return found


def _render_row(served: Resource, row, families: dict, moment: Moment, base: str) -> bytes:
    """Return the JSON of one row with its computed fields and children."""
    own = {name: family[row.content_id] for name, family in families.items()}
    front = {"url": served.address(row, base)} if served.edition.addressed else {}
    front |= {"edition": row.number, "published_at": row.live_from, "first_published_at": row.first_published_at}
    front |= served.computed(row, moment.day)
    front |= served.summed({name: rows for name, (rows, _) in own.items()}, moment.day)
    parts = [orjson.dumps(front, option=orjson.OPT_UTC_Z)[:-1]]
    parts += [b'"%b":[%b]' % (name.encode(), b",".join(texts)) for name, (_, texts) in own.items()]
    parts.append(_get_current_text(served.edition, row)[1:].encode())
    return b",".join(parts)


def _get_current_text(edition: type[Edition], row) -> str:
    """Return the stored JSON, upgraded if it has an older shape."""
    if row.shape == edition.shape_version:
        return row.document
    return to_canonical_json(upgrade_document(edition, decode_document(row.document), row.shape))
