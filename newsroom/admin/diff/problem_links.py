"""Problems as an editor reads them: each with a link to the field where it is fixed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from record.documents.canonical_json import get_reference_key

from ...documents.drafts import DraftProblem
from ...documents.registry import get_published_type, get_working_rows
from . import labels


@dataclass(frozen=True)
class ProblemLink:
    """A problem of a root or child, with the URL of its field."""

    kind: str
    title: str
    url: str
    message: str


@dataclass(frozen=True)
class _FieldLocation:
    """Where a field stands: in the form of a fact (`fact`: its model and content_id), or else in that of its owner."""

    field: str
    fact: tuple[type, str] | None = None


def build_problem_links(problems: Iterable[DraftProblem], documents: Iterable[dict]) -> list[ProblemLink]:
    """Return one link for each problem of these documents; the number of queries grows with the models only."""
    problems = list(problems)
    rows = get_working_rows((each.type, each.content_id) for each in problems)
    by_key = {get_reference_key(document): document for document in documents}
    places = [_locate_field(each.field, by_key.get((each.type, each.content_id), {})) for each in problems]
    facts = dict(_find_fact_keys(places))
    found = []
    for each, place in zip(problems, places, strict=True):
        row = rows[each.type, each.content_id]
        model, pk = (place.fact[0], facts[place.fact]) if place.fact in facts else (type(row), row.pk)
        url = labels.change_form_url(model, pk)
        address = f"{url}#{labels.field_anchor(model, place.field)}" if place.field else url
        found.append(ProblemLink(labels.kind_of_type(each.type), str(row), address, each.message))
    return found


def _locate_field(path: str, document: dict) -> _FieldLocation:
    """Locate a path in a document ("title_en", "statements.0.citations", "baseline.note_zh_hant")."""
    head, *rest = path.split(".")
    if not rest:
        return _FieldLocation(path)
    if not isinstance(document.get(head), list):
        return _FieldLocation("_".join([head, *rest]))
    fact_model = labels.find_fact_model(get_published_type(document["type"]).model, head)
    if fact_model is None or len(rest) < 2:
        return _FieldLocation(head)
    return _FieldLocation(rest[-1], (fact_model, document[head][int(rest[0])]["content_id"]))


def _find_fact_keys(places: list[_FieldLocation]) -> Iterator[tuple]:
    """Yield ((model, content_id), primary key) of the facts among these places; one query for each model."""
    wanted = defaultdict(set)
    for place in places:
        if place.fact:
            wanted[place.fact[0]].add(place.fact[1])
    for model, ids in wanted.items():
        for pk, content_id in model.objects.filter(content_id__in=ids).values_list("pk", "content_id"):
            yield (model, str(content_id)), pk
