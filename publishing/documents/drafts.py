"""Drafts: a root and its children as documents, frozen from the working copy in one consistent read.

Apps register a `Builder` for each type. A builder writes bare references ({"type", "content_id"}); names are filled in
from the record when the Draft is published or shown, so a Draft never carries a neighbour's unpublished name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import languages, rules
from ..dates import hong_kong_day
from ..editions import LIVE, children_of, edition_classes
from ..models import Redaction
from ..models.places import types
from ..rules import Key
from ..rules.days import ahead, out_of_order


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


Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Builder:
    """How rows of one model become documents.

    named, cited: it needs a title or name, a citation of its own. along: small roots that are published together
    with the first root that names them, when `checked`. problems gives (field, message) pairs beside the general ones.
    done: paths of days that cannot be still to come; ordered: of beginnings and their ends (`rules.days`).
    wanted: keys that a complete document has, wanted_children: types of which a complete root has one; none stops it.
    """

    model: type[models.Model]
    build: Callable[[models.Model], dict]
    prefetch: tuple = ()
    parents: tuple[str, ...] = ()
    problems: Callable[[models.Model, dict], Pairs] = lambda row, document: ()
    done: tuple[str, ...] = ()
    ordered: tuple[tuple[str, str], ...] = ()
    wanted: Callable[[dict], Iterable[str]] = lambda document: ()
    wanted_children: tuple[str, ...] = ()
    named: bool = True
    cited: bool = True
    along: bool = False


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
        return rules.digest(list(self.documents), ignoring=FROM_THE_RECORD)

    def stopped(self, *, on: date) -> list[Problem]:
        """What stops its publication on that day in Hong Kong."""
        return [each for each in self.problems if each.until is None or each.until > on.isoformat()]


FROM_THE_RECORD = ("attested_on",)  # taken from the live edition when publishing, never from the working copy
_builders: dict[str, Builder] = {}


def register(type: str, builder: Builder) -> None:
    _builders[type] = builder
    types[builder.model] = type


def builder_of(type: str) -> Builder:
    return _builders[type]


def models_by_type() -> dict[str, type[models.Model]]:
    """{type: model} of everything that is published with editions of its own."""
    return {type: builder.model for type, builder in _builders.items()}


def type_of(row: models.Model) -> str:
    return next(type for type, builder in _builders.items() if builder.model is row._meta.concrete_model)


def row_of(type: str, content_id) -> models.Model:
    return _builders[type].model.objects.get(content_id=content_id)


def rows_of(keys: Iterable[Key]) -> dict[Key, models.Model]:
    """The working rows of these things, one query a type; without those there are not."""
    wanted = defaultdict(set)
    for type, content_id in keys:
        wanted[type].add(content_id)
    return {
        (type, str(row.content_id)): row
        for type, ids in wanted.items()
        for row in _builders[type].model.objects.filter(content_id__in=ids)
    }


def root_row(row: models.Model) -> models.Model:
    """The root a row is published with: itself, or its parent's."""
    parents = _builders[type_of(row)].parents
    parent = next((getattr(row, name) for name in parents if getattr(row, f"{name}_id")), None)
    return parent or row


def bare(row: models.Model | None, **extra) -> dict | None:
    """A reference without its names, which the record gives."""
    if row is None:
        return None
    return {"type": type_of(row), "content_id": str(row.content_id), **extra}


@contextmanager
def one_reading():
    """All reads inside see the same instant of the working copy."""
    if connection.in_atomic_block or connection.vendor != "postgresql":
        with transaction.atomic():
            yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def draft_of(root: models.Model, *, on: date | None = None) -> Draft:
    return drafts_of(type_of(root), [root.content_id], on=on)[0]


def drafts_of(type: str, content_ids: Iterable, *, on: date | None = None) -> list[Draft]:
    """Drafts of roots of one type, in a number of queries that does not grow with theirs. Unknown ids are left out.

    on: the day in Hong Kong by which impossible dates are told; today, unless given.
    """
    with one_reading():
        return _read(type, [str(content_id) for content_id in content_ids], on or hong_kong_day(timezone.now()))


def _read(type: str, content_ids: list[str], on: date) -> list[Draft]:
    read_at, redactions = timezone.now(), redactions_until_now()
    roots = {row.pk: row for row in _rows(type, content_id__in=content_ids)}
    documents = {pk: [_document(type, row)] for pk, row in roots.items()}
    problems = {pk: _problems(type, row, documents[pk][0], on) for pk, row in roots.items()}
    warnings = {pk: _warnings(type, row, documents[pk][0]) for pk, row in roots.items()}
    for edition_class in children_of(type):
        parent = f"{type}_id"
        for child in _rows(edition_class.type, known=type, held_back=False, **{f"{parent}__in": list(roots)}):
            setattr(child, type, roots[getattr(child, parent)])
            document = _document(edition_class.type, child)
            documents[getattr(child, parent)].append(document)
            problems[getattr(child, parent)] += _problems(edition_class.type, child, document, on)
            warnings[getattr(child, parent)] += _warnings(edition_class.type, child, document)
    revisions = live_revisions(type, [row.content_id for row in roots.values()])
    drafts = {
        str(row.content_id): Draft(
            type=type,
            content_id=str(row.content_id),
            documents=tuple(documents[pk]),
            based_on=revisions[str(row.content_id)],
            problems=tuple(problems[pk]),
            read_at=read_at,
            warnings=tuple(warnings[pk]),
            redactions=redactions,
        )
        for pk, row in roots.items()
    }
    return [drafts[content_id] for content_id in content_ids if content_id in drafts]


def redactions_until_now() -> int:
    return Redaction.objects.filter(confirmed_by__isnull=False).count()


def _rows(type: str, *, known: str = "", **lookup):
    """known: the key to what the caller has read already."""
    builder = _builders[type]
    prefetch = [each for each in builder.prefetch if each != known]
    return builder.model.objects.filter(**lookup).prefetch_related(*prefetch).order_by("pk")


def _document(type: str, row: models.Model) -> dict:
    return {"type": type, "content_id": str(row.content_id)} | _builders[type].build(row)


def _problems(type: str, row: models.Model, document: dict, on: date) -> list[Problem]:
    builder = _builders[type]
    found = [
        *(_unnamed(row) if builder.named else ()),
        *_uncited(type, document),
        *builder.problems(row, document),
        *_backwards(builder, document),
    ]
    return [
        *(Problem(type, str(row.content_id), str(row), field, str(message)) for field, message in found),
        *(
            Problem(type, str(row.content_id), str(row), field, _("This day is still to come."), day.isoformat())
            for field, day in ahead(document, builder.done, on=on)
        ),
    ]


def _warnings(type: str, row: models.Model, document: dict) -> list[Problem]:
    found = [
        *(
            (path, _("A translation is stale: the text it was made from has changed."))
            for path in rules.stale(document)
        ),
        *((path, _("Only reposts (tier 3) are cited for it.")) for path in rules.weakly_cited(document)),
    ]
    return [Problem(type, str(row.content_id), str(row), field, str(message)) for field, message in found]


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


def _uncited(type: str, document: dict) -> Pairs:
    for path in rules.uncited(document):
        if path or _builders[type].cited:
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
