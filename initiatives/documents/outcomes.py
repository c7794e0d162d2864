"""Documents of outcomes, with their targets and observations."""

from django.utils.translation import gettext as _

from publishing.documents import Builder, bare, goes_back, register
from publishing.languages import language_of

from ..models import Observation, Outcome, Target
from .parts import citations, day, number, shown


def target(row: Target) -> dict:
    return {
        "content_id": str(row.content_id),
        "kind": row.kind,
        "value": number(row.value),
        "words": row.words,
        "words_language": language_of(row.words) if row.words else None,
        "due_on": day(row.due_on),
        "set_by": row.set_by,
        "set_on": row.set_on.as_document(),
        "citations": citations(row),
    }


def observation(row: Observation) -> dict:
    return {
        "content_id": str(row.content_id),
        "observed": row.observed.as_document(),
        "value": number(row.value),
        "qualifier": row.qualifier,
        "status": row.status,
        "method_break": row.method_break,
        "note": row.text("note"),
        "citations": citations(row),
    }


def outcome(row: Outcome) -> dict:
    baseline = None
    if row.baseline_value is not None or row.text("baseline_note"):
        baseline = {
            "value": number(row.baseline_value),
            "date": row.baseline.as_document(),
            "note": row.text("baseline_note"),
        }
    return {
        "initiative": bare(row.initiative),
        "title": row.text("title"),
        "summary": row.text("summary"),
        "unit": row.unit,
        "direction": row.direction,
        "aggregation": row.aggregation,
        "expected_every": row.expected_every,
        "baseline": baseline,
        "targets": [target(each) for each in shown(row, "targets")],
        "observations": [observation(each) for each in shown(row, "observations")],
        "position": row.position,
        "citations": citations(row),
    }


def problems(row: Outcome, document: dict):
    if document["baseline"] and not document["citations"]:
        yield "citations", _("The baseline has no citation.")


def unfolded(document: dict) -> dict:
    baseline = document["baseline"] or {"value": None, "date": None, "note": None}
    parts = {"baseline_value": baseline["value"], "baseline": baseline["date"], "baseline_note": baseline["note"]}
    return document | parts


BASELINE = {"baseline_value": "baseline/value", "baseline": "baseline/date", "baseline_note": "baseline/note"}
goes_back(Outcome, unfolded=unfolded, within=BASELINE)
register(
    "outcome",
    Builder(
        Outcome,
        outcome,
        prefetch=("initiative",),
        parts={"targets": (), "observations": ()},
        parents=("initiative",),
        problems=problems,
        wanted=lambda document: ("unit", "targets", "observations"),
        done=("observations.observed",),
        cited=False,
    ),
)
