"""Drafts: a root and its children as documents, taken from the working copy in one consistent read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from record import languages
from record.dates import today
from record.documents.canonical_json import (
    ReferenceKey,
    find_stale_texts,
    find_uncited,
    find_weakly_cited,
    get_reference_key,
    hash_documents,
    iter_references,
)
from record.models import LIVE, edition_classes, get_child_editions

from ..models import Redaction
from .date_checks import find_future_dates, find_reversed_dates
from .prefetch import RowDocument, read_roots, repeatable_read
from .registry import FieldMessages, PublishedType, get_published_type, get_row_type

KEYS_FROM_RECORD = ("attested_on",)  # taken from the live edition, never from the working copy, when publishing


@dataclass(frozen=True)
class DraftProblem:
    """A reason why something cannot be published, or needs an explanation.

    name: what the thing is called. field: a path such as "statements.0.citations". message: what to correct.
    until: the ISO date from which on the problem no longer exists; None if somebody has to correct it.
    """

    type: str
    content_id: str
    name: str
    field: str
    message: str
    until: str | None = None


@dataclass(frozen=True)
class Draft:
    """A frozen root with its children.

    documents: the root's first, with bare references. based_on: {content_id: revision} of what was live when it was
    built.
    problems: what prevents its publication, some of it only until a day (see `blocking_problems`). warnings: what is
    only published if somebody says why. read_at: when it was read; it contains no later change. redactions: how many
    there had been by then; a later one may have removed words that it still contains.
    """

    type: str
    content_id: str
    documents: tuple[dict, ...]
    based_on: dict[str, int]
    problems: tuple[DraftProblem, ...]
    read_at: datetime
    warnings: tuple[DraftProblem, ...] = ()
    redactions: int = 0

    @property
    def key(self) -> ReferenceKey:
        """Return (type, content_id) of the root."""
        return self.type, self.content_id

    @property
    def digest(self) -> str:
        """Return the digest of its documents, which approvals are about."""
        return digest_documents(self.documents)

    def blocking_problems(self, *, on: date) -> list[DraftProblem]:
        """Return the problems that prevent its publication on that day in Hong Kong."""
        return [each for each in self.problems if each.until is None or each.until > on.isoformat()]


def build_draft(root: models.Model, *, on: date | None = None) -> Draft:
    """Build the Draft of one root. Raises IndexError if it is not in the database.

    on: see `build_drafts`.
    """
    return build_drafts(get_row_type(root), [root.content_id], on=on)[0]


def build_drafts(type: str, content_ids: Iterable, *, on: date | None = None) -> list[Draft]:
    """Build Drafts of roots of one type, in the order of the ids. Unknown ids are left out.

    The number of queries does not depend on how many there are. on: the day in Hong Kong by which dates that are still
    to come are recognised; today unless given.
    """
    content_ids, on = [str(content_id) for content_id in content_ids], on or today()
    with repeatable_read():
        read_at, redactions = timezone.now(), count_redactions()
        found = read_roots(type, content_ids)
        revisions = get_live_revisions(type, found)
    drafts = {
        content_id: _make_draft(thing, on, based_on=revisions[content_id], read_at=read_at, redactions=redactions)
        for content_id, thing in found.items()
    }
    return [drafts[content_id] for content_id in content_ids if content_id in drafts]


def build_documents(type: str, content_ids: Iterable) -> dict[str, tuple[dict, ...]]:
    """Return {content_id: the documents of its Draft} of roots of one type.

    Cheaper than `build_drafts`, since problems and warnings are not looked for.
    """
    with repeatable_read():
        found = read_roots(type, [str(content_id) for content_id in content_ids])
    return {content_id: tuple(document for _row, document in thing) for content_id, thing in found.items()}


def digest_documents(documents: Iterable[dict]) -> str:
    """Return the digest of a Draft's documents, ignoring the keys that are taken from the record."""
    return hash_documents(list(documents), ignoring=KEYS_FROM_RECORD)


def _make_draft(thing: list[RowDocument], on: date, **found) -> Draft:
    """Make a Draft of the rows and documents of one root, the root's first."""
    root, *_rest = documents = tuple(document for _row, document in thing)
    return Draft(
        type=root["type"],
        content_id=root["content_id"],
        documents=documents,
        problems=tuple(problem for row, document in thing for problem in _find_problems(row, document, on)),
        warnings=tuple(warning for row, document in thing for warning in _find_warnings(row, document)),
        **found,
    )


def count_redactions() -> int:
    """Return how many redactions have been confirmed."""
    return Redaction.objects.filter(confirmed_by__isnull=False).count()


def _find_problems(row: models.Model, document: dict, on: date) -> list[DraftProblem]:
    """Return what prevents the publication of one document on that day."""
    declared = get_published_type(document["type"])
    found = [
        *(_find_missing_names(row) if declared.requires_title else ()),
        *_find_missing_citations(declared, document),
        *declared.problems(row, document),
        *_find_reversed_dates(declared, document),
    ]
    future = find_future_dates(document, declared.past_dates, on=on)
    coming = ((path, _("This day is still to come."), day) for path, day in future)
    return [
        *_to_problems(row, document, found),
        *(_make_problem(row, document, path, said, day) for path, said, day in coming),
    ]


def _find_warnings(row: models.Model, document: dict) -> list[DraftProblem]:
    """Return the stale translations of a document and the facts for which only reposts are cited."""
    found = [
        *(
            (path, _("A translation is stale: the text it was made from has changed."))
            for path in find_stale_texts(document)
        ),
        *((path, _("Only reposts (tier 3) are cited for it.")) for path in find_weakly_cited(document)),
    ]
    return _to_problems(row, document, found)


def _to_problems(row: models.Model, document: dict, found: FieldMessages) -> list[DraftProblem]:
    """Make a problem of each (field, message) pair."""
    return [_make_problem(row, document, field, message) for field, message in found]


def _make_problem(
    row: models.Model, document: dict, field: str, message: str, until: date | None = None
) -> DraftProblem:
    """Make the problem of one field of a document."""
    return DraftProblem(*get_reference_key(document), str(row), field, str(message), until and until.isoformat())


def _find_missing_names(row: models.Model) -> FieldMessages:
    """Yield the name columns that are empty, if the row has no name at all or none in a required language."""
    name = row.text(row.name_text) or {}
    what = {"what": row._meta.get_field(languages.get_text_column(row.name_text, "en")).verbose_name}
    if not (name.get("en") or name.get("zh-hant")):
        yield languages.get_text_column(row.name_text, "en"), _("Missing in every language: %(what)s.") % what
    for language in settings.REQUIRED_LANGUAGES:
        if not name.get(language):
            yield (
                languages.get_text_column(row.name_text, language),
                _("Missing in a required language: %(what)s.") % what,
            )


def _find_reversed_dates(declared: PublishedType, document: dict) -> FieldMessages:
    """Yield the paths of date ranges that end before they begin."""
    for path in find_reversed_dates(document, declared.date_ranges):
        yield path, _("It ends before it begins.")


def _find_missing_citations(declared: PublishedType, document: dict) -> FieldMessages:
    """Yield the paths at which a citation is missing: of the document itself and of facts inside it."""
    for path, fact in find_uncited(document):
        if (path or declared.requires_citation) and not declared.may_lack_citation(fact):
            yield f"{path}.citations" if path else "citations", _("A stated fact has no citation.")


def get_live_revisions(type: str, root_content_ids: Iterable) -> dict[str, dict[str, int]]:
    """Return {root: {content_id: revision}} of everything live under these roots, tombstones included. One query."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    columns = ("root_content_id", "content_id", "revision")
    own, *children = (
        edition_class.history.filter(LIVE, root_content_id__in=root_content_ids).values_list(*columns)
        for edition_class in [edition_classes()[type], *get_child_editions(type)]
    )
    for root, content_id, revision in own.union(*children, all=True):
        found[str(root)][str(content_id)] = revision
    return found


def get_referenced_keys(documents: Iterable[dict]) -> set[ReferenceKey]:
    """Return (type, content_id) of everything that these documents reference."""
    return {get_reference_key(reference) for document in documents for _, reference in iter_references(document)}
