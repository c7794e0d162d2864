"""Drafts: a root and its children as documents, taken from the working copy in one consistent read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import languages, rules
from ..dates import hong_kong_day
from ..editions import LIVE, children_of, edition_classes
from ..models import Redaction
from ..rules import Key
from ..rules.days import ahead, out_of_order
from .builders import Builder, Pairs, builder_of, type_of
from .reading import Read, one_reading, read

FROM_THE_RECORD = ("attested_on",)  # taken from the live edition, never from the working copy, when publishing


@dataclass(frozen=True)
class Problem:
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
    problems: what prevents its publication, some of it only until a day (see `stopped`). warnings: what is only
    published if somebody says why. read_at: when it was read; it contains no later change. redactions: how many there
    had been by then; a later one may have removed words that it still contains.
    """

    type: str
    content_id: str
    documents: tuple[dict, ...]
    based_on: dict[str, int]
    problems: tuple[Problem, ...]
    read_at: datetime
    warnings: tuple[Problem, ...] = ()
    redactions: int = 0

    @property
    def key(self) -> Key:
        """Return (type, content_id) of the root."""
        return self.type, self.content_id

    @property
    def digest(self) -> str:
        """Return the digest of its documents, which approvals are about."""
        return digest_of(self.documents)

    def stopped(self, *, on: date) -> list[Problem]:
        """Return the problems that prevent its publication on that day in Hong Kong."""
        return [each for each in self.problems if each.until is None or each.until > on.isoformat()]


def draft_of(root: models.Model, *, on: date | None = None) -> Draft:
    """Build the Draft of one root. Raises IndexError if it is not in the database.

    on: see `build_drafts`.
    """
    return drafts_of(type_of(root), [root.content_id], on=on)[0]


def drafts_of(type: str, content_ids: Iterable, *, on: date | None = None) -> list[Draft]:
    """Build Drafts of roots of one type, in the order of the ids. Unknown ids are left out.

    The number of queries does not depend on how many there are. on: the day in Hong Kong by which dates that are still
    to come are recognised; today unless given.
    """
    content_ids, on = [str(content_id) for content_id in content_ids], on or hong_kong_day(timezone.now())
    with one_reading():
        read_at, redactions = timezone.now(), redactions_until_now()
        found = read(type, content_ids)
        revisions = live_revisions(type, found)
    drafts = {
        content_id: _draft(thing, on, based_on=revisions[content_id], read_at=read_at, redactions=redactions)
        for content_id, thing in found.items()
    }
    return [drafts[content_id] for content_id in content_ids if content_id in drafts]


def documents_of(type: str, content_ids: Iterable) -> dict[str, tuple[dict, ...]]:
    """Return {content_id: the documents of its Draft} of roots of one type.

    Cheaper than `build_drafts`, since problems and warnings are not looked for.
    """
    with one_reading():
        found = read(type, [str(content_id) for content_id in content_ids])
    return {content_id: tuple(document for _row, document in thing) for content_id, thing in found.items()}


def digest_of(documents: Iterable[dict]) -> str:
    """Return the digest of a Draft's documents, ignoring the keys that are taken from the record."""
    return rules.digest(list(documents), ignoring=FROM_THE_RECORD)


def _draft(thing: list[Read], on: date, **found) -> Draft:
    """Make a Draft of the rows and documents of one root, the root's first."""
    root, *_rest = documents = tuple(document for _row, document in thing)
    return Draft(
        type=root["type"],
        content_id=root["content_id"],
        documents=documents,
        problems=tuple(problem for row, document in thing for problem in _problems(row, document, on)),
        warnings=tuple(warning for row, document in thing for warning in _warnings(row, document)),
        **found,
    )


def redactions_until_now() -> int:
    """Return how many redactions have been confirmed."""
    return Redaction.objects.filter(confirmed_by__isnull=False).count()


def _problems(row: models.Model, document: dict, on: date) -> list[Problem]:
    """Return what prevents the publication of one document on that day."""
    builder = builder_of(document["type"])
    found = [
        *(_unnamed(row) if builder.named else ()),
        *_uncited(builder, document),
        *builder.problems(row, document),
        *_backwards(builder, document),
    ]
    coming = ((path, _("This day is still to come."), day) for path, day in ahead(document, builder.done, on=on))
    return [*_told(row, document, found), *(_problem(row, document, path, said, day) for path, said, day in coming)]


def _warnings(row: models.Model, document: dict) -> list[Problem]:
    """Return the stale translations of a document and the facts for which only reposts are cited."""
    found = [
        *(
            (path, _("A translation is stale: the text it was made from has changed."))
            for path in rules.stale(document)
        ),
        *((path, _("Only reposts (tier 3) are cited for it.")) for path in rules.weakly_cited(document)),
    ]
    return _told(row, document, found)


def _told(row: models.Model, document: dict, found: Pairs) -> list[Problem]:
    """Make a problem of each (field, message) pair."""
    return [_problem(row, document, field, message) for field, message in found]


def _problem(row: models.Model, document: dict, field: str, message: str, until: date | None = None) -> Problem:
    """Make the problem of one field of a document."""
    return Problem(*rules.key_of(document), str(row), field, str(message), until and until.isoformat())


def _unnamed(row: models.Model) -> Pairs:
    """Yield the name columns that are empty, if the row has no name at all or none in a required language."""
    name = row.text(row.name_text) or {}
    what = {"what": row._meta.get_field(languages.column(row.name_text, "en")).verbose_name}
    if not (name.get("en") or name.get("zh-hant")):
        yield languages.column(row.name_text, "en"), _("Missing in every language: %(what)s.") % what
    for language in settings.REQUIRED_LANGUAGES:
        if not name.get(language):
            yield languages.column(row.name_text, language), _("Missing in a required language: %(what)s.") % what


def _backwards(builder: Builder, document: dict) -> Pairs:
    """Yield the paths of date ranges that end before they begin."""
    for path in out_of_order(document, builder.ordered):
        yield path, _("It ends before it begins.")


def _uncited(builder: Builder, document: dict) -> Pairs:
    """Yield the paths at which a citation is missing: of the document itself and of facts inside it."""
    for path, fact in rules.uncited(document):
        if (path or builder.cited) and not builder.uncited(fact):
            yield f"{path}.citations" if path else "citations", _("A stated fact has no citation.")


def live_revisions(type: str, root_content_ids: Iterable) -> dict[str, dict[str, int]]:
    """Return {root: {content_id: revision}} of everything live under these roots, tombstones included. One query."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    columns = ("root_content_id", "content_id", "revision")
    own, *children = (
        edition_class.history.filter(LIVE, root_content_id__in=root_content_ids).values_list(*columns)
        for edition_class in [edition_classes()[type], *children_of(type)]
    )
    for root, content_id, revision in own.union(*children, all=True):
        found[str(root)][str(content_id)] = revision
    return found


def named_keys(documents: Iterable[dict]) -> set[Key]:
    """Return (type, content_id) of everything that these documents reference."""
    return {rules.key_of(reference) for document in documents for _, reference in rules.references(document)}
