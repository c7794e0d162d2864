"""Documents as API answers: stored JSON, never decoded, with computed fields put in front and children joined in."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from .. import rules
from ..editions import Edition, upgraded
from ..queries import Moment

COMMON = (
    "content_id",
    "root_content_id",
    "number",
    "slug",
    "document",
    "shape",
    "live_from",
    "first_published_at",
)


def _nothing(*_) -> dict:
    return {}


@dataclass(frozen=True)
class Served:
    """Declaration of how editions of one type are answered.

    reads: extra columns that `computed` and the root's `summed` need. computed(row, day): fields put in front.
    children: types joined in, each under its plural. summed({plural: rows}, day): fields made from the children. order:
    columns by which children are ordered.
    """

    edition: type[Edition]
    reads: tuple[str, ...] = ()
    computed: Callable[[Any, date], dict] = _nothing
    children: tuple["Served", ...] = ()
    summed: Callable[[dict[str, list], date], dict] = _nothing
    order: tuple[str, ...] = ("position", "first_published_at", "content_id")

    def rows(self, editions, *more: str):
        """Select the columns that an answer needs, and `more`, as named tuples."""
        return editions.values_list(*dict.fromkeys(("pk", *COMMON, *self.reads, *more)), named=True)

    def address(self, row, base: str) -> str:
        """Return the API URL of a row."""
        return f"{base}{self.edition.plural}/{row.slug or row.content_id}/"


def bodies(served: Served, rows: Iterable, *, moment: Moment, base: str) -> list[bytes]:
    """Return the JSON of rows of one type, in their order, with one query for each type of child.

    base: the API's root URL.
    """
    rows = list(rows)
    families = {child.edition.plural: _families(child, rows, moment, base) for child in served.children}
    return [_body(served, row, families, moment, base) for row in rows]


def _families(child: Served, roots: list, moment: Moment, base: str) -> dict:
    """Return {content_id of the root: (rows, JSON) of its children in order}. One query."""
    editions = child.edition.objects.at(moment.instant).filter(root_content_id__in=[row.content_id for row in roots])
    found = defaultdict(lambda: ([], []))
    for row in child.rows(editions.order_by(*child.order)):
        rows, texts = found[row.root_content_id]
        rows.append(row)
        texts.append(_body(child, row, {}, moment, base))
    return found


def _body(served: Served, row, families: dict, moment: Moment, base: str) -> bytes:
    """Return the JSON of one row with its computed fields and children."""
    own = {name: family[row.content_id] for name, family in families.items()}
    front = {"url": served.address(row, base)} if served.edition.addressed else {}
    front |= {"edition": row.number, "published_at": row.live_from, "first_published_at": row.first_published_at}
    front |= served.computed(row, moment.day)
    front |= served.summed({name: rows for name, (rows, _) in own.items()}, moment.day)
    parts = [orjson.dumps(front, option=orjson.OPT_UTC_Z)[:-1]]
    parts += [b'"%b":[%b]' % (name.encode(), b",".join(texts)) for name, (_, texts) in own.items()]
    parts.append(_current(served.edition, row)[1:].encode())
    return b",".join(parts)


def _current(edition: type[Edition], row) -> str:
    """Return the stored JSON, upgraded if it has an older shape."""
    if row.shape == edition.shape_version:
        return row.document
    return rules.canonical(upgraded(edition, rules.decoded(row.document), row.shape))
