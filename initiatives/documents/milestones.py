"""Documents of milestones, with their statements and evidence."""

from django.utils.translation import gettext as _

from publishing.documents import Builder, bare, goes_back, register
from publishing.languages import language_of

from ..choices import CHECKED_RESULTS, MilestoneKind, Supports
from ..models import Evidence, Milestone, Statement
from ..rules.schedule import PromiseHistory, promise_history
from .parts import citations, day, lines, shown

STATEMENTS = {"statements": ("person", "organisation")}


def statements(row) -> tuple[list[dict], PromiseHistory]:
    """Return the documents of a row's statements in the order in which they were made, and their `PromiseHistory`."""
    history = promise_history(shown(row, "statements"))
    return [statement(each) for each in history.ordered], history


def as_made(rows: list[Statement]) -> list[Statement]:
    return list(promise_history(rows).ordered)


def statement(row: Statement) -> dict:
    return {
        "content_id": str(row.content_id),
        "person": bare(row.person, relation="said_by"),
        "organisation": bare(row.organisation, relation="said_by"),
        "stated": row.stated.as_document(),
        "claim": row.claim,
        "promised": row.promised.as_document(),
        "phrase_language": language_of(row.promised_phrase) if row.promised_phrase else None,
        "inferred": row.inferred,
        "citations": citations(row),
    }


def evidence(row: Evidence) -> dict:
    return {
        "content_id": str(row.content_id),
        "summary": row.text("summary"),
        "supports": row.supports,
        "dated": row.dated.as_document(),
        "searched": lines(row.searched),
        "holds_until": day(row.holds_until),
        "citations": citations(row),
    }


def milestone(row: Milestone) -> dict:
    said, history = statements(row)
    return {
        "initiative": bare(row.initiative),
        "title": row.text("title"),
        "summary": row.text("summary"),
        "note": row.text("note"),
        "kind": row.kind,
        "result": row.result,
        "actual": row.actual.as_document(),
        "first_promise": history.first and history.first.promised.as_document(),
        "current_promise": history.current and history.current.promised.as_document(),
        "moves": history.moves,
        "statements": said,
        "evidence": [evidence(each) for each in shown(row, "evidence")],
        "position": row.position,
        "citations": citations(row),
    }


def _needs_no_citation(fact: dict) -> bool:
    return fact.get("supports") == Supports.NOTHING_FOUND


def problems(row: Milestone, document: dict):
    """Yield (field, message) for what keeps a milestone from being published.

    A result needs evidence and a check by a second person; “nothing found” needs where was searched, and until when
    that holds. A search that found nothing needs no citation; without one it supports neither the milestone nor a
    result.
    """
    evidence = [each for each in document["evidence"] if each["citations"] or not _needs_no_citation(each)]
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


def result_rewritten(row: Milestone, changed: set[str], by) -> None:
    if any(name == "result" or name.startswith("actual_") for name in changed):
        row.said_anew(by)


goes_back(Milestone, computed=("first_promise", "current_promise", "moves"), rewritten=result_rewritten)
goes_back(Statement, ordered=as_made)
register(
    "milestone",
    Builder(
        Milestone,
        milestone,
        prefetch=("initiative",),
        parts=STATEMENTS | {"evidence": ()},
        parents=("initiative",),
        problems=problems,
        wanted=lambda document: ("statements",) if document["kind"] == MilestoneKind.PROMISE else ("actual",),
        uncited=_needs_no_citation,
        done=("actual", "statements.stated", "evidence.dated"),
        cited=False,
    ),
)
