"""Documents of initiatives, their funding and verdicts."""

from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from publishing.documents import Builder, bare, goes_back, register

from ..choices import RatedBy
from ..models import Funding, Initiative, InitiativeRelation, Verdict
from .milestones import STATEMENTS, statements
from .parts import citations, day, lines, shown


def initiative(row: Initiative) -> dict:
    return {
        "slug": row.slug,
        "title": row.text("title"),
        "aliases": lines(row.aliases),
        "summary": row.text("summary"),
        "body": row.text("body"),
        "lead": bare(row.lead),
        "partners": [bare(each, relation="partner") for each in row.partners.all()],
        "areas": [bare(each, relation="area") for each in row.areas.all()],
        "stage": row.stage,
        "announced": row.announced.as_document(),
        "announced_in": bare(row.announced_in),
        "relations": [bare(each.other, relation=each.relation) for each in shown(row, "relations")],
        "attested_on": day(row.attested_on),
        "statements": statements(row)[0],
        "citations": citations(row),
    }


def funding(row: Funding) -> dict:
    return {
        "initiative": bare(row.initiative),
        "announcement": bare(row.announcement),
        "title": row.text("title"),
        "note": row.text("note"),
        "stage": row.stage,
        "payer": row.payer,
        "amount_hkd": row.amount_hkd,
        "qualifier": row.qualifier,
        "dated": row.dated.as_document(),
        "fiscal_year": row.fiscal_year,
        "part_of": bare(row.part_of),
        "restates": bare(row.restates),
        "position": row.position,
        "citations": citations(row),
    }


def funding_problems(row: Funding, document: dict):
    if row.amount_hkd is None:
        yield "amount_hkd", _("The amount is missing.")


def verdict(row: Verdict) -> dict:
    target = row.target
    return {
        "initiative": bare(row.initiative),
        "announcement": bare(row.announcement),
        "outcome": target and bare(target.outcome),
        "target": target and str(target.content_id),
        "rating": row.rating,
        "clarity": row.clarity or None,
        "confidence": row.confidence or None,
        "rated_by": row.rated_by,
        "monitor": bare(row.monitor),
        "rated_on": day(row.rated_on),
        "reasons": row.text("reasons"),
        "citations": citations(row),
    }


def verdict_problems(row: Verdict, document: dict):
    if row.rated_on is None:
        yield "rated_on", _("The day of the rating is missing.")
    if row.rated_by == RatedBy.US and row.checked_by_id is None:
        yield "checked_by", _("A verdict of ours needs a second person.")


def relations_unfolded(document: dict) -> dict:
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


def target_unfolded(document: dict) -> dict:
    return document | {"target": document["target"] and {"content_id": document["target"]}}


def verdict_rewritten(row: Verdict, changed: set[str], by) -> None:
    if changed.intersection(Verdict.JUDGED):
        row.set_by, row.checked_by = by, None


goes_back(Initiative, unfolded=relations_unfolded)
goes_back(Verdict, computed=("outcome",), unfolded=target_unfolded, rewritten=verdict_rewritten)
register(
    "initiative",
    Builder(
        Initiative,
        initiative,
        prefetch=("lead", "partners", "areas", "announced_in"),
        parts=STATEMENTS | {"relations": ("other",)},
        done=("statements.stated",),
        wanted=lambda document: ("summary", "lead", "areas", "announced", "citations"),
        wanted_children=("milestone", "outcome"),
    ),
)
register(
    "funding",
    Builder(
        Funding,
        funding,
        prefetch=("initiative", "announcement", "part_of", "restates"),
        parents=("initiative",),
        problems=funding_problems,
        wanted=lambda document: ("dated",),
    ),
)
register(
    "verdict",
    Builder(
        Verdict,
        verdict,
        prefetch=("initiative", "announcement", "target__outcome", "monitor"),
        parents=("initiative", "announcement"),
        problems=verdict_problems,
        done=("rated_on",),
    ),
)
