"""Documents of initiatives, their funding and verdicts."""

from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from newsroom.documents.registry import make_reference

from ..choices import RatedBy
from ..models import Funding, Initiative, InitiativeRelation, Verdict
from .milestones import build_statements_with_history
from .parts import build_citations, split_lines, to_iso_day, visible_rows


def build_initiative_document(row: Initiative) -> dict:
    return {
        "slug": row.slug,
        "title": row.text("title"),
        "aliases": split_lines(row.aliases),
        "summary": row.text("summary"),
        "body": row.text("body"),
        "lead": make_reference(row.lead),
        "partners": [make_reference(each, relation="partner") for each in row.partners.all()],
        "areas": [make_reference(each, relation="area") for each in row.areas.all()],
        "stage": row.stage,
        "announced": row.announced.to_document(),
        "announced_in": make_reference(row.announced_in),
        "relations": [make_reference(each.other, relation=each.relation) for each in visible_rows(row, "relations")],
        "attested_on": to_iso_day(row.attested_on),
        "statements": build_statements_with_history(row)[0],
        "citations": build_citations(row),
    }


def build_funding_document(row: Funding) -> dict:
    return {
        "initiative": make_reference(row.initiative),
        "announcement": make_reference(row.announcement),
        "title": row.text("title"),
        "note": row.text("note"),
        "stage": row.stage,
        "payer": row.payer,
        "amount_hkd": row.amount_hkd,
        "qualifier": row.qualifier,
        "dated": row.dated.to_document(),
        "fiscal_year": row.fiscal_year,
        "part_of": make_reference(row.part_of),
        "restates": make_reference(row.restates),
        "position": row.position,
        "citations": build_citations(row),
    }


def find_funding_problems(row: Funding, document: dict):
    if row.amount_hkd is None:
        yield "amount_hkd", _("The amount is missing.")


def build_verdict_document(row: Verdict) -> dict:
    target = row.target
    return {
        "initiative": make_reference(row.initiative),
        "announcement": make_reference(row.announcement),
        "outcome": target and make_reference(target.outcome),
        "target": target and str(target.content_id),
        "rating": row.rating,
        "clarity": row.clarity or None,
        "confidence": row.confidence or None,
        "rated_by": row.rated_by,
        "monitor": make_reference(row.monitor),
        "rated_on": to_iso_day(row.rated_on),
        "reasons": row.text("reasons"),
        "citations": build_citations(row),
    }


def find_verdict_problems(row: Verdict, document: dict):
    if row.rated_on is None:
        yield "rated_on", _("The day of the rating is missing.")
    if row.rated_by == RatedBy.US and row.checked_by_id is None:
        yield "checked_by", _("A verdict of ours needs a second person.")


def unfold_relations(document: dict) -> dict:
    """Return the document with a row for each relation: {"content_id", "relation", "other"}.

    Documents hold the other initiative in place of the row that relates to it; content_ids of rows that are gone are
    derived from the pair.
    """
    rows = InitiativeRelation.objects.filter(initiative__content_id=document["content_id"])
    known = {
        (relation, str(other)): str(content_id)
        for relation, other, content_id in rows.values_list("relation", "other__content_id", "content_id")
    }
    relations = []
    for each in document["relations"]:
        pair = each["relation"], each["content_id"]
        content_id = known.get(pair) or str(uuid5(UUID(document["content_id"]), " ".join(pair)))
        relations.append({"content_id": content_id, "relation": pair[0], "other": each})
    return document | {"relations": relations}


def unfold_target(document: dict) -> dict:
    return document | {"target": document["target"] and {"content_id": document["target"]}}


def reset_changed_verdict(row: Verdict, changed: set[str], by) -> None:
    if changed.intersection(Verdict.JUDGED_FIELDS):
        row.set_by, row.checked_by = by, None
