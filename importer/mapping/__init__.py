"""Maps a file's rows to the newsroom's rows they become. Nothing is read from or written to the database."""

from ..parser import DataFile
from . import initiatives, milestones, outcomes, parties
from .targets import PlannedObject, PlannedRow, make_content_id

__all__ = ["PlannedObject", "PlannedRow", "make_content_id", "plan_rows"]


def plan_rows(record: DataFile, areas: dict[str, dict]) -> list[PlannedRow]:
    """Return all rows of a checked file in the order in which they can be written: referenced rows come first.

    areas: {slug: {"en", "zh-hant"}}, the names of policy areas.
    """
    return [
        *parties.plan_sources(record),
        *parties.plan_organisations(record),
        *parties.plan_people(record),
        *parties.plan_areas(record, areas),
        *initiatives.plan_budgets(record),
        *initiatives.plan_figures(record),
        *initiatives.plan_initiatives(record),
        *initiatives.plan_allocations(record),
        *milestones.plan_milestones(record),
        *outcomes.plan_outcomes(record),
        *outcomes.plan_commentary(record),
        *outcomes.plan_contexts(record),
        *outcomes.plan_conflicts(record),
    ]
