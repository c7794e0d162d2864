"""Maps a file's rows to the newsroom's rows they become. Nothing is read from or written to the database."""

from ..reading import RecordFile
from . import bodies, milestones, promises, results
from .things import Row, Thing, content_id

__all__ = ["Row", "Thing", "content_id", "rows_of"]


def rows_of(record: RecordFile, areas: dict[str, dict]) -> list[Row]:
    """Return all rows of a checked file in the order in which they can be written: referenced rows come first.

    areas: {slug: {"en", "zh-hant"}}, the names of policy areas.
    """
    return [
        *bodies.sources(record),
        *bodies.organisations(record),
        *bodies.people(record),
        *bodies.areas(record, areas),
        *promises.budgets(record),
        *promises.figures(record),
        *promises.initiatives(record),
        *promises.allocations(record),
        *milestones.milestones(record),
        *results.outcomes(record),
        *results.commentary(record),
        *results.contexts(record),
        *results.conflicts(record),
    ]
