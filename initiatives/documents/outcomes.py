"""Documents of outcomes, with their targets and observations."""

from django.utils.translation import gettext as _

from newsroom.documents.registry import make_reference
from record.languages import detect_language

from ..models import Observation, Outcome, Target
from .parts import build_citations, to_iso_day, to_json_number, visible_rows


def build_target_document(row: Target) -> dict:
    return {
        "content_id": str(row.content_id),
        "kind": row.kind,
        "value": to_json_number(row.value),
        "words": row.words,
        "words_language": detect_language(row.words) if row.words else None,
        "due_on": to_iso_day(row.due_on),
        "set_by": row.set_by,
        "set_on": row.set_on.to_document(),
        "citations": build_citations(row),
    }


def build_observation_document(row: Observation) -> dict:
    return {
        "content_id": str(row.content_id),
        "observed": row.observed.to_document(),
        "value": to_json_number(row.value),
        "qualifier": row.qualifier,
        "status": row.status,
        "method_break": row.method_break,
        "note": row.text("note"),
        "citations": build_citations(row),
    }


def build_outcome_document(row: Outcome) -> dict:
    baseline = None
    if row.baseline_value is not None or row.text("baseline_note"):
        baseline = {
            "value": to_json_number(row.baseline_value),
            "date": row.baseline.to_document(),
            "note": row.text("baseline_note"),
        }
    return {
        "initiative": make_reference(row.initiative),
        "title": row.text("title"),
        "summary": row.text("summary"),
        "unit": row.unit,
        "direction": row.direction,
        "aggregation": row.aggregation,
        "expected_every": row.expected_every,
        "baseline": baseline,
        "targets": [build_target_document(each) for each in visible_rows(row, "targets")],
        "observations": [build_observation_document(each) for each in visible_rows(row, "observations")],
        "position": row.position,
        "citations": build_citations(row),
    }


def find_outcome_problems(row: Outcome, document: dict):
    if document["baseline"] and not document["citations"]:
        yield "citations", _("The baseline has no citation.")


def unfold_baseline(document: dict) -> dict:
    baseline = document["baseline"] or {"value": None, "date": None, "note": None}
    parts = {"baseline_value": baseline["value"], "baseline": baseline["date"], "baseline_note": baseline["note"]}
    return document | parts
