"""Reads of experts and commentary for readers: editions only, at a moment."""

from collections import defaultdict
from functools import reduce
from operator import or_

from django.db.models import Case, CharField, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, ExtractYear

from initiatives.choices import is_year
from record.queries import Moment, count_facets, editions_at, filter_words, linking_to

from .editions import CommentaryEdition, ExpertEdition

EXPERT_STANDING = Case(
    When(unverified=True, then=Value("unverified")), default=Value("traced"), output_field=CharField()
)


def find_experts(moment: Moment | None, *, chosen: dict[str, list[str]], words="", sort=""):
    """Return experts that match the search words and the chosen facet values.

    sort: "most" (the experts with most commentary first), anything else by slug. chosen: see `count_experts_by_facet`.
    """
    rows = filter_words(editions_at(ExpertEdition, moment), words).filter(*_expert_conditions(chosen).values())
    if sort != "most":
        return rows.order_by("slug", "id")
    said = editions_at(CommentaryEdition, moment).filter(expert=OuterRef("content_id")).order_by().values("expert")
    many = Coalesce(Subquery(said.annotate(many=Count("id")).values("many")), 0)
    return rows.annotate(many=many).order_by("-many", "slug", "id")


def count_experts_by_facet(moment: Moment | None, *, chosen: dict[str, list[str]], words="") -> dict[str, dict]:
    """Count experts by facet, see `count_facets`. The facet "standing" has the values "traced" and "unverified"."""
    rows = filter_words(editions_at(ExpertEdition, moment), words)
    return count_facets(rows, conditions=_expert_conditions(chosen), options={"standing": EXPERT_STANDING})


def _expert_conditions(chosen: dict[str, list[str]]) -> dict[str, Q]:
    values = chosen.get("standing", [])
    known = [each == "unverified" for each in values if each in ("traced", "unverified")]
    return {"standing": Q(unverified__in=known)} if values else {}


def count_stances_by_expert(rows, moment: Moment | None) -> dict:
    """Return {content_id of an expert: {stance: number of commentaries}}. One query."""
    found: dict = defaultdict(dict)
    said = editions_at(CommentaryEdition, moment).filter(expert__in=[each.content_id for each in rows]).order_by()
    for expert, stance, many in said.values_list("expert", "stance").annotate(many=Count("id")):
        found[expert][stance] = many
    return found


def find_commentary_about(content_id, moment: Moment | None) -> list[CommentaryEdition]:
    """Return the commentary about an initiative or an announcement, newest first."""
    rows = editions_at(CommentaryEdition, moment).filter(
        content_id__in=linking_to(content_id, moment, type="commentary", relations=["about"])
    )
    return list(_order_newest_first(rows))


def find_commentary_by(content_id, moment: Moment | None) -> list[CommentaryEdition]:
    return list(_order_newest_first(editions_at(CommentaryEdition, moment).filter(expert=content_id)))


def find_commentary(moment: Moment | None, *, chosen: dict[str, list[str]] | None = None, words="", sort="newest"):
    """Return commentary that matches the search words and the chosen stances and years. sort: "newest" or "oldest"."""
    rows = filter_words(editions_at(CommentaryEdition, moment), words).filter(
        *_commentary_conditions(chosen or {}).values()
    )
    return _order_newest_first(rows) if sort == "newest" else rows.order_by(F("dated_from").asc(nulls_last=True), "id")


def count_commentary_by_facet(moment: Moment | None, *, chosen: dict[str, list[str]], words="") -> dict[str, dict]:
    rows = filter_words(editions_at(CommentaryEdition, moment), words)
    options = {"stance": "stance", "year": ExtractYear("dated_from")}
    return count_facets(rows, conditions=_commentary_conditions(chosen), options=options)


def _commentary_conditions(chosen: dict[str, list[str]]) -> dict[str, Q]:
    conditions = {"stance": Q(stance__in=chosen["stance"])} if chosen.get("stance") else {}
    if chosen.get("year"):
        years = [Q(dated_from__year=int(year)) for year in chosen["year"] if is_year(year)]
        conditions["year"] = reduce(or_, years, Q(pk__in=()))
    return conditions


def count_unverified(moment: Moment | None) -> dict[str, int]:
    """Return {"experts", "comments"}: how many could not be traced."""
    kinds = {"experts": ExpertEdition, "comments": CommentaryEdition}
    return {name: editions_at(kind, moment).filter(unverified=True).count() for name, kind in kinds.items()}


def find_experts_speaking_as(content_id, moment: Moment | None) -> list[ExpertEdition]:
    """Return the experts that are this person or this organisation."""
    rows = editions_at(ExpertEdition, moment).filter(
        content_id__in=linking_to(content_id, moment, type="expert", relations=["person", "organisation"])
    )
    return list(rows.order_by("slug"))


def _order_newest_first(rows):
    return rows.order_by(F("dated_from").desc(nulls_last=True), "id")
