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

BATCH_SIZE = 500
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
        self._slugs: dict[type[Model], dict[str, str]] = {}
        self._expected: set[str] = set()

    def expect(self, content_ids: Iterable[str]) -> None:
        """Allow references to rows that do not exist yet and will once the file is written."""
        self._expected |= set(content_ids)

    def is_known(self, section: str, id: str) -> bool:
        """Return True if a row may be referred to; for people, also if there is only an expert."""
        return bool(self.content_id((section, id)) or (section == "people" and self.content_id(("experts", id))))

    def content_id(self, ref: FileRef) -> str | None:
        """Return the content id of the row made under this id (by a file) or slug (by an editor), or None."""
        section, id = ref
        model, own = SECTION_MODELS[section], make_content_id(f"{section}:{id}")
        if model not in self._pks:
            self._read(model)
        if own in self._pks[model]:
            return own
        return self._slugs[model].get(id) or (own if own in self._expected else None)

    def pk(self, ref: FileRef) -> int | None:
        """Return the primary key of the row that a reference names; None if there is none."""
        content_id = self.content_id(ref)
        return self._pks[SECTION_MODELS[ref[0]]].get(content_id)

    def root(self, ref: FileRef) -> ReferenceKey:
        """Return (type, content id) of a root, whether it exists already or will."""
        section, id = ref
        return get_row_type(SECTION_MODELS[section]), self.content_id(ref) or make_content_id(f"{section}:{id}")

    def register(self, row: Model) -> None:
        """Register a row that was just created."""
        if type(row) in self._pks:
            self._pks[type(row)][str(row.content_id)] = row.pk

    def _read(self, model: type[Model]) -> None:
        named = issubclass(model, Root)
        rows = list(model.objects.values_list("pk", "content_id", "slug" if named else "content_id"))
        self._pks[model] = {str(content_id): pk for pk, content_id, _slug in rows}
        self._slugs[model] = {slug: str(content_id) for _pk, content_id, slug in rows} if named else {}


def load_rows_by_content_id(things: Iterable[tuple[type[Model], str]]) -> dict[str, Model]:
    """Return {content id: row} of rows of several models, with their many-to-many relations prefetched.

    One query, and one for each relation, per model and 500 rows.
    """
    wanted = defaultdict(set)
    for model, content_id in things:
        wanted[model].add(content_id)
    found = {}
    for model, content_ids in wanted.items():
        rows = model.objects.prefetch_related(*(field.name for field in model._meta.many_to_many))
        wanted_ids = sorted(content_ids)
        for start in range(0, len(wanted_ids), BATCH_SIZE):
            part = rows.filter(content_id__in=wanted_ids[start : start + BATCH_SIZE])
            found |= {str(row.content_id): row for row in part}
    return found
