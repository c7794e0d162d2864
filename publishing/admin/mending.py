"""Problems as an editor reads them: each with a link to the field where it is fixed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .. import rules
from ..documents import Problem, rows_of
from . import summaries


@dataclass(frozen=True)
class Blocker:
    """A problem of a root or child, with the URL of its field."""

    kind: str
    title: str
    url: str
    message: str


@dataclass(frozen=True)
class _Place:
    """Where a field stands: in the form of a fact (`fact`: its model and content_id), or else in that of its owner."""

    field: str
    fact: tuple[type, str] | None = None


def blockers(problems: Iterable[Problem], documents: Iterable[dict]) -> list[Blocker]:
    """Return one link for each problem of these documents; the number of queries grows with the models only."""
    problems = list(problems)
    rows = rows_of((each.type, each.content_id) for each in problems)
    by_key = {rules.key_of(document): document for document in documents}
    places = [_place(each.field, by_key.get((each.type, each.content_id), {})) for each in problems]
    facts = dict(_keys_of_facts(places))
    found = []
    for each, place in zip(problems, places, strict=True):
        row = rows[each.type, each.content_id]
        model, pk = (place.fact[0], facts[place.fact]) if place.fact in facts else (type(row), row.pk)
        url = summaries.form_url(model, pk)
        address = f"{url}#{summaries.anchor(model, place.field)}" if place.field else url
        found.append(Blocker(summaries.kind_of(each.type), str(row), address, each.message))
    return found


def _place(path: str, document: dict) -> _Place:
    """Locate a path in a document ("title_en", "statements.0.citations", "baseline.note_zh_hant")."""
    head, *rest = path.split(".")
    if not rest:
        return _Place(path)
    if not isinstance(document.get(head), list):
        return _Place("_".join([head, *rest]))
    if head not in summaries.fact_models or len(rest) < 2:
        return _Place(head)
    return _Place(rest[-1], (summaries.fact_models[head], document[head][int(rest[0])]["content_id"]))


def _keys_of_facts(places: list[_Place]) -> Iterator[tuple]:
    """Yield ((model, content_id), primary key) of the facts among these places; one query for each model."""
    wanted = defaultdict(set)
    for place in places:
        if place.fact:
            wanted[place.fact[0]].add(place.fact[1])
    for model, ids in wanted.items():
        for pk, content_id in model.objects.filter(content_id__in=ids).values_list("pk", "content_id"):
            yield (model, str(content_id)), pk
