"""Drafts: a root and its children as documents, frozen from the working copy in one consistent read."""

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

FROM_THE_RECORD = ("attested_on",)  # taken from the live edition when publishing, never from the working copy


@dataclass(frozen=True)
class Problem:
    """Why something cannot be published: where ("milestone", its name, "statements.0.citations") and what to mend.

    until: the ISO day from which on it is none any more; None where somebody has to mend it.
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

    documents: the root's first; references bare. based_on: {content_id: revision} of what was live when it was built.
    problems: what stops its publication, some only until a day (`stopped`). warnings: what only goes out when somebody
    says why. read_at: no later edit is in it. redactions: how many there had been by then; a later one may have taken
    words away that it still holds.
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
        return self.type, self.content_id

    @property
    def digest(self) -> str:
        return digest_of(self.documents)

    def stopped(self, *, on: date) -> list[Problem]:
        """What stops its publication on that day in Hong Kong."""
        return [each for each in self.problems if each.until is None or each.until > on.isoformat()]


def draft_of(root: models.Model, *, on: date | None = None) -> Draft:
    return drafts_of(type_of(root), [root.content_id], on=on)[0]


def drafts_of(type: str, content_ids: Iterable, *, on: date | None = None) -> list[Draft]:
    """Drafts of roots of one type, in a number of queries that does not grow with theirs. Unknown ids are left out.

    on: the day in Hong Kong by which impossible dates are told; today, unless given.
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
    """{content_id: the documents of its Draft} of roots of one type, where nobody asks what stops them."""
    with one_reading():
        found = read(type, [str(content_id) for content_id in content_ids])
    return {content_id: tuple(document for _row, document in thing) for content_id, thing in found.items()}


def digest_of(documents: Iterable[dict]) -> str:
    return rules.digest(list(documents), ignoring=FROM_THE_RECORD)


def _draft(thing: list[Read], on: date, **found) -> Draft:
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
    return Redaction.objects.filter(confirmed_by__isnull=False).count()


def _problems(row: models.Model, document: dict, on: date) -> list[Problem]:
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
    found = [
        *(
            (path, _("A translation is stale: the text it was made from has changed."))
            for path in rules.stale(document)
        ),
        *((path, _("Only reposts (tier 3) are cited for it.")) for path in rules.weakly_cited(document)),
    ]
    return _told(row, document, found)


def _told(row: models.Model, document: dict, found: Pairs) -> list[Problem]:
    return [_problem(row, document, field, message) for field, message in found]


def _problem(row: models.Model, document: dict, field: str, message: str, until: date | None = None) -> Problem:
    return Problem(*rules.key_of(document), str(row), field, str(message), until and until.isoformat())


def _unnamed(row: models.Model) -> Pairs:
    name = row.text(row.name_text) or {}
    what = {"what": row._meta.get_field(languages.column(row.name_text, "en")).verbose_name}
    if not (name.get("en") or name.get("zh-hant")):
        yield languages.column(row.name_text, "en"), _("Missing in every language: %(what)s.") % what
    for language in settings.REQUIRED_LANGUAGES:
        if not name.get(language):
            yield languages.column(row.name_text, language), _("Missing in a required language: %(what)s.") % what


def _backwards(builder: Builder, document: dict) -> Pairs:
    for path in out_of_order(document, builder.ordered):
        yield path, _("It ends before it begins.")


def _uncited(builder: Builder, document: dict) -> Pairs:
    for path, fact in rules.uncited(document):
        if (path or builder.cited) and not builder.uncited(fact):
            yield f"{path}.citations" if path else "citations", _("A stated fact has no citation.")


def live_revisions(type: str, root_content_ids: Iterable) -> dict[str, dict[str, int]]:
    """{root: {content_id: revision}} of everything live under these roots, tombstones too."""
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
    return {rules.key_of(reference) for document in documents for _, reference in rules.references(document)}
