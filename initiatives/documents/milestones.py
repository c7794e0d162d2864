"""Documents of milestones, with their statements and evidence."""

from django.utils.translation import gettext as _

from newsroom.documents.registry import make_reference
from record.languages import detect_language

from ..choices import CHECKED_RESULTS, Supports
from ..models import Evidence, Milestone, Statement
from ..rules.schedule import PromiseHistory, build_promise_history
from .parts import build_citations, split_lines, to_iso_day, visible_rows


def build_statements_with_history(row) -> tuple[list[dict], PromiseHistory]:
    """Return the documents of a row's statements in the order in which they were made, and their `PromiseHistory`."""
    history = build_promise_history(visible_rows(row, "statements"))
    return [build_statement_document(each) for each in history.ordered], history


def in_stated_order(rows: list[Statement]) -> list[Statement]:
    return list(build_promise_history(rows).ordered)


def build_statement_document(row: Statement) -> dict:
    return {
        "content_id": str(row.content_id),
        "person": make_reference(row.person, relation="said_by"),
        "organisation": make_reference(row.organisation, relation="said_by"),
        "stated": row.stated.to_document(),
        "claim": row.claim,
        "promised": row.promised.to_document(),
        "phrase_language": detect_language(row.promised_phrase) if row.promised_phrase else None,
        "inferred": row.inferred,
        "citations": build_citations(row),
    }


def build_evidence_document(row: Evidence) -> dict:
    return {
        "content_id": str(row.content_id),
        "summary": row.text("summary"),
        "supports": row.supports,
        "dated": row.dated.to_document(),
        "searched": split_lines(row.searched),
        "holds_until": to_iso_day(row.holds_until),
        "citations": build_citations(row),
    }


def build_milestone_document(row: Milestone) -> dict:
    said, history = build_statements_with_history(row)
    return {
        "initiative": make_reference(row.initiative),
        "title": row.text("title"),
        "summary": row.text("summary"),
        "note": row.text("note"),
        "kind": row.kind,
        "result": row.result,
        "actual": row.actual.to_document(),
        "first_promise": history.first and history.first.promised.to_document(),
        "current_promise": history.current and history.current.promised.to_document(),
        "moves": history.moves,
        "statements": said,
        "evidence": [build_evidence_document(each) for each in visible_rows(row, "evidence")],
        "position": row.position,
        "citations": build_citations(row),
    }


def needs_no_citation(fact: dict) -> bool:
    return fact.get("supports") == Supports.NOTHING_FOUND


def find_milestone_problems(row: Milestone, document: dict):
    """Yield (field, message) for what keeps a milestone from being published.

    A result needs evidence and a check by a second person; “nothing found” needs where was searched, and until when
    that holds. A search that found nothing needs no citation; without one it supports neither the milestone nor a
    result.
    """
    evidence = [each for each in document["evidence"] if each["citations"] or not needs_no_citation(each)]
    if not (document["citations"] or document["statements"] or evidence):
        yield "citations", _("A stated fact has no citation.")
    if row.result in CHECKED_RESULTS:
        if not evidence:
            yield "evidence", _("A result needs evidence.")
        if row.checked_by_id is None:
            yield "checked_by", _("A result needs to be checked by a second person.")
    for each in document["evidence"]:
        if each["supports"] == Supports.NOTHING_FOUND and not (each["searched"] and each["holds_until"]):
            yield "evidence", _("“Nothing found” needs where was searched, and until when that holds.")


def reset_changed_result(row: Milestone, changed: set[str], by) -> None:
    if any(name == "result" or name.startswith("actual_") for name in changed):
        row.reset_check(by)
