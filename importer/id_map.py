"""Maps the sections and ids of files to the newsroom's rows."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model

from experts.models import Commentary, Expert
from initiatives.models import (
    Announcement,
    Context,
    Figure,
    Funding,
    Initiative,
    Milestone,
    Organisation,
    Outcome,
    Person,
    PolicyArea,
    Source,
)
from newsroom.documents.registry import get_row_type
from newsroom.models import Page, Root
from record.documents.canonical_json import ReferenceKey

from .mapping.targets import FileRef, make_content_id

SECTION_MODELS: dict[str, type[Model]] = {
    "sources": Source,
    "organisations": Organisation,
    "people": Person,
    "experts": Expert,
    "areas": PolicyArea,
    "budgets": Announcement,
    "headline_figures": Figure,
    "initiatives": Initiative,
    "allocations": Funding,
    "milestones": Milestone,
    "outcomes": Outcome,
    "commentary": Commentary,
    "context_facts": Context,
    "known_conflicts": Context,
    "pages": Page,
}


class IdMap:
    """Primary keys and content ids of existing rows.

    They are read once for each model, with one query, and kept current while a file is written.
    """

    def __init__(self):
        self._pks: dict[type[Model], dict[str, int]] = {}
        self._ids: dict[type[Model], dict[int, str]] = {}
        self._slugs: dict[type[Model], dict[str, str]] = {}
        self._expected: set[str] = set()

    def expect(self, content_ids: Iterable[str]) -> None:
        """Allow references to rows that do not exist yet and will once the file is written."""
        self._expected |= set(content_ids)

    def known(self, section: str, id: str) -> bool:
        """Return True if a row may be referred to; for people, also if there is only an expert."""
        return bool(self.content_id((section, id)) or (section == "people" and self.content_id(("experts", id))))

    def content_id(self, ref: FileRef) -> str | None:
        """Return the content id of the row made under this id (by a file) or slug (by an editor), or None."""
        section, id = ref
        model = SECTION_MODELS[section]
        self._read(model)
        own = make_content_id(f"{section}:{id}")
        if own in self._pks[model]:
            return own
        return self._slugs[model].get(id) or (own if own in self._expected else None)

    def pk(self, ref: FileRef) -> int | None:
        """Return the primary key of the row that a reference names; None if there is none."""
        return self._pks[SECTION_MODELS[ref[0]]].get(self.content_id(ref) or "")

    def content_id_of(self, model: type[Model], pk: int | None) -> str | None:
        """Return the content id of the row of a model with this primary key."""
        self._read(model)
        return self._ids[model].get(pk)

    def root(self, ref: FileRef) -> ReferenceKey:
        """Return (type, content id) of a root, whether it exists already or will."""
        section, id = ref
        return get_row_type(SECTION_MODELS[section]), self.content_id(ref) or make_content_id(f"{section}:{id}")

    def saved(self, row: Model) -> None:
        """Register a row that was just created."""
        model = type(row)
        if model in self._pks:
            self._learn(model, row.pk, str(row.content_id), getattr(row, "slug", ""))

    def _read(self, model: type[Model]) -> None:
        if model in self._pks:
            return
        self._pks[model], self._ids[model], self._slugs[model] = {}, {}, {}
        columns = ("pk", "content_id", "slug") if issubclass(model, Root) else ("pk", "content_id")
        for pk, found, *slug in model.objects.values_list(*columns):
            self._learn(model, pk, str(found), slug[0] if slug else "")

    def _learn(self, model, pk, content_id, slug):
        self._pks[model][content_id] = pk
        self._ids[model][pk] = content_id
        if slug:
            self._slugs[model][slug] = content_id


def load_rows_by_content_id(things: Iterable[tuple[type[Model], str]]) -> dict[str, Model]:
    """Return {content id: row} of rows of several models, with their many-to-many relations prefetched.

    One query, and one for each relation, per model and 500 rows.
    """
    wanted = defaultdict(set)
    for model, its_id in things:
        wanted[model].add(its_id)
    found = {}
    for model, content_ids in wanted.items():
        many = [field.name for field in model._meta.many_to_many]
        for part in _split_batches(sorted(content_ids)):
            rows = model.objects.filter(content_id__in=part).prefetch_related(*many)
            found |= {str(row.content_id): row for row in rows}
    return found


def _split_batches(content_ids: list[str], size: int = 500):
    for start in range(0, len(content_ids), size):
        yield content_ids[start : start + size]
