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

    extra_columns: those that `computed` and the root's `aggregates` need. computed(row, day): fields put in front.
    children: types joined in, each under its `url_prefix`. aggregates({url_prefix: rows}, day): fields made from the
    children. order: columns by which children are ordered.
    """

    edition_class: type[Edition]
    extra_columns: tuple[str, ...] = ()
    computed: Callable[[Any, date], dict] = _no_fields
    children: tuple["Resource", ...] = ()
    aggregates: Callable[[dict[str, list], date], dict] = _no_fields
    order: tuple[str, ...] = ("position", "first_published_at", "content_id")

    def select_columns(self, editions, *more: str):
        """Select the columns that an answer needs, and `more`, as named tuples."""
        return editions.values_list(*dict.fromkeys(("pk", *COMMON_COLUMNS, *self.extra_columns, *more)), named=True)

    def build_url(self, row, base: str) -> str:
        """Return the API URL of a row."""
        return f"{base}{self.edition_class.url_prefix}/{row.slug or row.content_id}/"


def render_resources(resource: Resource, rows: Iterable, *, moment: Moment, base: str) -> list[bytes]:
    """Return the JSON of rows of one type, in their order, with one query for each type of child.

    base: the API's root URL.
    """
    rows = list(rows)
    families = {
        child.edition_class.url_prefix: _render_children(child, rows, moment, base) for child in resource.children
    }
    return [_render_row(resource, row, families, moment, base) for row in rows]


def _render_children(child: Resource, roots: list, moment: Moment, base: str) -> dict:
    """Return {content_id of the root: (rows, JSON) of its children in order}. One query."""
    editions = child.edition_class.objects.at(moment.instant).filter(
        root_content_id__in=[row.content_id for row in roots]
    )
    found = defaultdict(lambda: ([], []))
    for row in child.select_columns(editions.order_by(*child.order)):
        rows, texts = found[row.root_content_id]
        rows.append(row)
        texts.append(_render_row(child, row, {}, moment, base))
    return found


def _render_row(resource: Resource, row, families: dict, moment: Moment, base: str) -> bytes:
    """Return the JSON of one row with its computed fields and children."""
    own = {name: family[row.content_id] for name, family in families.items()}
    front = {"url": resource.build_url(row, base)} if resource.edition_class.has_url else {}
    front |= {"edition": row.number, "published_at": row.live_from, "first_published_at": row.first_published_at}
    front |= resource.computed(row, moment.day)
    front |= resource.aggregates({name: rows for name, (rows, _) in own.items()}, moment.day)
    parts = [orjson.dumps(front, option=orjson.OPT_UTC_Z)[:-1]]
    parts += [b'"%b":[%b]' % (name.encode(), b",".join(texts)) for name, (_, texts) in own.items()]
    parts.append(_get_current_text(resource.edition_class, row)[1:].encode())
    return b",".join(parts)


def _get_current_text(edition: type[Edition], row) -> str:
    """Return the stored JSON, upgraded if it has an older shape."""
    if row.shape == edition.shape_version:
        return row.document
    return to_canonical_json(upgrade_document(edition, decode_document(row.document), row.shape))
