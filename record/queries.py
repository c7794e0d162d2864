"""Read queries shared by all readers' pages and the API. They know editions only."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import CharField, Count, Max, Min, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from .choices import ChangeAction
from .dates import end_of_hong_kong_day, hong_kong_day
from .documents.canonical_json import ReferenceKey
from .languages import HAN_PATTERN, STALE, UNREVIEWED, tokenize_texts
from .models import Change, Edition, Link, Publication, PublishLock, Slug, edition_classes, get_child_editions

SUMMARY_COLUMNS = (
    "id",
    "publication_id",
    "content_id",
    "root_type",
    "root_content_id",
    "action",
    "update_type",
    "note",
)
UUID_PATTERN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class InvalidAsOf(ValueError):
    """Raised when `as_of` is neither a date nor a timestamp with offset, or lies in the future."""


@dataclass(frozen=True)
class Moment:
    """The point in time that a reader asks about.

    instant: None means now, read from what is live. day: the Hong Kong calendar day. raw: `as_of` as the reader gave
    it, for links.
    """

    instant: datetime | None
    day: date
    raw: str = ""  # as_of as the reader gave it, for links


def parse_as_of(as_of: str | None, *, now: datetime | None = None) -> Moment:
    """Parse the `as_of` parameter; a date means the end of that day in Hong Kong, today or nothing means now.

    Raises InvalidAsOf if it is neither a date nor a timestamp with offset, or lies in the future.
    """
    now = now or timezone.now()
    if not as_of:
        return Moment(None, hong_kong_day(now))
    try:
        day, instant = parse_date(as_of), parse_datetime(as_of)
    except ValueError as error:
        raise InvalidAsOf(as_of) from error
    if day:
        if day == hong_kong_day(now):
            return Moment(None, day, as_of)
        instant = end_of_hong_kong_day(day)
    if instant is None or instant.tzinfo is None or instant > now:
        raise InvalidAsOf(as_of)
    try:
        instant = instant.astimezone(UTC)
    except OverflowError as error:  # the first hours of the year 1
        raise InvalidAsOf(as_of) from error
    return Moment(instant, hong_kong_day(instant), as_of)


@dataclass(frozen=True)
class FoundEdition:
    """Result of looking up a thing at a moment.

    edition: None if nothing was published then. moved_to: the slug that the thing had by then, if it was asked for by
    another one; else "".
    """

    edition: Edition | None
    moved_to: str = ""


def find_edition(edition_class: type[Edition], name: str, moment: Moment) -> FoundEdition:
    """Find a thing's edition by slug (former ones too) or `content_id`.

    Tombstones are found too: the caller answers 410 with their reason.
    """
    by_slug = not UUID_PATTERN.fullmatch(name)
    owner = Slug.objects.filter(type=edition_class.type, slug=name).values("content_id")
    edition = edition_class.history.at(moment.instant).filter(content_id__in=owner if by_slug else [name]).first()
    if edition is None:
        return FoundEdition(None)
    return FoundEdition(edition, edition.slug if by_slug and edition.slug != name else "")


def first_live_at(edition_class: type[Edition]) -> datetime | None:
    """Return when the first edition of this type went live; None if there is none."""
    return edition_class.history.order_by("live_from").values_list("live_from", flat=True).first()


def get_last_publication_id() -> int:
    """Return the id of the latest publication, for ETags and cache keys; 0 before the first. One query."""
    return PublishLock.objects.values_list("last_publication_id", flat=True).first() or 0


def cache_version(moment: Moment | None) -> str:
    """Return a cache key part that is equal for all moments that show the same record and release. One query."""
    shown = Value("now")
    if moment and moment.instant:
        until = Publication.objects.filter(published_at__lte=moment.instant)
        shown = Subquery(until.order_by("-published_at").values("id")[:1])
    last = PublishLock.objects.values_list("last_publication_id", "last_published_at", shown).first()
    return f"{settings.RELEASE}:{last}".replace(" ", "")


def get_last_published_at() -> datetime | None:
    """Return the time of the latest publication; None before the first."""
    return Publication.objects.order_by("-id").values_list("published_at", flat=True).first()


def get_last_change_id(instant: datetime | None) -> int:
    """Return the id of the last change published by `instant`; 0 if there was none, or if `instant` is None."""
    changes = Change.objects.filter(publication__published_at__lte=instant) if instant else Change.objects.none()
    return changes.order_by("-publication_id", "-id").values_list("id", flat=True).first() or 0


def publication_range(moment: Moment | None = None) -> tuple[datetime | None, datetime | None]:
    """Return the times of the first and the latest publication up to that moment; None each before the first."""
    rows = Publication.objects.all()
    if moment and moment.instant:
        rows = rows.filter(published_at__lte=moment.instant)
    found = rows.aggregate(first=Min("published_at"), latest=Max("published_at"))
    return found["first"], found["latest"]


def coverage_counts(moment: Moment | None = None) -> dict[str, dict[str, int]]:
    """Return {type: {"things", "untranslated", "unreviewed"}} of what is shown, for every type, with one query.

    untranslated: titled in one language only. unreviewed: with a text whose translation no editor has confirmed, or is
    older than the text it was made from.
    """
    both = Q(title__has_key="en") & Q(title__has_key="zh-hant")
    behind = [Q(document__contains=f':"{state}"') for state in (UNREVIEWED, STALE)]  # quotes in a text are escaped
    counts = {
        "things": Count("pk"),
        "untranslated": Count("pk", filter=Q(title__isnull=False) & ~both),
        "unreviewed": Count("pk", filter=behind[0] | behind[1]),
    }
    selects = [
        editions_at(each, moment).order_by().annotate(of=Value(type)).values("of").annotate(**counts)
        for type, each in edition_classes().items()
    ]
    rows = selects[0].union(*selects[1:], all=True)
    found = {row["of"]: {name: row[name] for name in counts} for row in rows}
    return {type: found.get(type, dict.fromkeys(counts, 0)) for type in edition_classes()}


def list_changes_after(last_seen: int, *, limit: int) -> list[Change]:
    """Return the next changes after the one with this id, in commit order, with their publications. One query."""
    return list(Change.objects.filter(id__gt=last_seen).select_related("publication").order_by("id")[:limit])


def editions_for_changes(changes: Iterable[Change], *columns: str) -> dict[int, tuple]:
    """Return {change id: values of these columns of the edition that it made}, with one query for all types.

    Changes that made no edition are left out.
    """
    ids = defaultdict(list)
    for change in changes:
        if change.action != ChangeAction.REDACTED:
            ids[change.type].append(change.pk)
    selects = [
        edition_classes()[type].history.filter(change__in=pks).values_list("change_id", *columns)
        for type, pks in ids.items()
    ]
    rows = selects[0].union(*selects[1:], all=True) if selects else []
    return {change_id: tuple(values) for change_id, *values in rows}


def editions_at(edition_class: type[Edition], moment: Moment | None):
    """Return the editions of a type that readers see at a moment; None means now."""
    return edition_class.objects.at(moment.instant if moment else None)


def documents_at(root: ReferenceKey, instant: datetime | None = None) -> list[dict]:
    """Return the documents of a root and of what belonged to it at that instant, the root's first. None means now.

    The list is empty if the root was not public then.
    """
    type, content_id = root
    edition = edition_classes()[type].objects.at(instant).filter(content_id=content_id).first()
    return load_published_documents(edition, instant) if edition else []


def load_published_documents(edition: Edition, instant: datetime | None = None) -> list[dict]:
    """Return a root's document followed by its children's, at that instant. One query for each type of child."""
    found = [edition.load_document()]
    for child_class in get_child_editions(edition.type):
        children = child_class.objects.at(instant).filter(root_content_id=edition.content_id).order_by("pk")
        found += [child.load_document() for child in children]
    return found


def linking_to(content_id, moment: Moment | None, *, type: str, relations: Iterable[str]):
    """Return a subquery of the `content_id`s of things of `type` that refer to this one by any of these relations."""
    links = Link.objects.at(moment.instant if moment else None)
    return links.filter(named=content_id, type=type, relation__in=relations).values("content_id")


def list_root_changes(root_content_id, moment: Moment | None, *, most: int = 200) -> list[Change]:
    """Return the latest changes to a root and its children until that moment, newest first, with their publications."""
    changes = Change.objects.filter(root_content_id=root_content_id).select_related("publication")
    if moment and moment.instant:
        changes = changes.filter(publication__published_at__lte=moment.instant)
    return list(changes.order_by("-id")[:most])


def filter_words(rows: QuerySet, words: str) -> QuerySet:
    """Filter to rows whose search tokens include every word and every pair of Chinese characters in `words`."""
    return filter_tokens(rows, list(dict.fromkeys(tokenize_texts(words))))


def filter_tokens(rows: QuerySet, wanted: list[str]) -> QuerySet:
    """Filter to rows that have all of these search tokens.

    A single Chinese character is searched for inside the pairs, without help from any index.
    """
    single = [token for token in wanted if is_single_han(token)]
    whole = [token for token in wanted if not is_single_han(token)]
    for token in single:
        rows = rows.filter(tokens__contains=token)
    if connection.vendor != "postgresql":
        for token in whole:
            rows = rows.filter(tokens__contains=f" {token} ")
    elif whole:
        query = SearchQuery(" ".join(whole), config="simple")
        rows = rows.alias(vector=SearchVector("tokens", config="simple")).filter(vector=query)
    return rows


def count_facets(rows: QuerySet, *, conditions: dict[str, Q], options: dict[str, str | Combinable]) -> dict[str, dict]:
    """Count the rows of every facet's values, each facet under the other facets' conditions. One query.

    Return {facet: {value: count}}, with the number of rows that fit all conditions under "". conditions: what was
    chosen, by facet. options: the column or expression that gives each facet's values.
    """

    def besides(facet):
        asked = [condition for name, condition in conditions.items() if name != facet]
        return rows.filter(*asked).order_by()

    def grouped(facet, option):
        values = besides(facet).annotate(facet=Value(facet), option=Cast(option, CharField()))
        return values.values("facet", "option").annotate(many=Count("pk")).values_list("facet", "option", "many")

    total, *others = (grouped(name, option) for name, option in [("", Value("")), *options.items()])
    found: dict[str, dict] = {name: {} for name in ("", *options)}
    for facet, value, many in total.union(*others, all=True):
        if value is not None:
            found[facet][value] = many
    return found


def is_single_han(token: str) -> bool:
    """Return True if the token is a single Chinese character."""
    return len(token) == 1 and bool(HAN_PATTERN.match(token))


def list_publications(
    moment: Moment | None = None, *, before: int | None = None, most: int = 20, of=None
) -> list[Publication]:
    """Return the latest publications, newest first. One query.

    before: only those with a smaller id. of: the `content_id` of a root, for only those that changed it.
    """
    rows = Publication.objects.order_by("-id")
    if of:
        rows = rows.filter(pk__in=Change.objects.filter(root_content_id=of).values("publication"))
    if moment and moment.instant:
        rows = rows.filter(published_at__lte=moment.instant)
    return list((rows.filter(pk__lt=before) if before else rows)[:most])


def changes_with_history(
    publications: Iterable[Publication], *, of=None
) -> tuple[list, dict[str, list[tuple[int, str]]]]:
    """Return the changes that these publications made and the history of the roots they touched. One query.

    (rows of `SUMMARY_COLUMNS` in commit order, {root's content_id: [(publication's id, action)] of all that was ever
    done to the root itself}). of: the `content_id` of a root, to leave out changes of other roots.
    """
    own = Change.objects.filter(publication__in=[each.pk for each in publications])
    own = own.filter(root_content_id=of) if of else own
    roots = Change.objects.filter(content_id__in=own.values("root_content_id"))
    selects = [
        rows.annotate(own=Value(mine)).values_list("own", *SUMMARY_COLUMNS, named=True)
        for rows, mine in ((own, 1), (roots, 0))
    ]
    changes, acts = [], defaultdict(list)
    for row in selects[0].union(selects[1], all=True).order_by("id"):
        if row.own:
            changes.append(row)
        else:
            acts[str(row.content_id)].append((row.publication_id, row.action))
    return changes, acts


def load_references(keys: Iterable[ReferenceKey], moment: Moment | None = None) -> dict[ReferenceKey, dict]:
    """Return {(type, content_id): reference} with the names that the record had at that moment. One query.

    A reference has "withdrawn": True where the thing was withdrawn; things that were not published are left out.
    """
    by_type = defaultdict(set)
    for type, content_id in keys:
        by_type[type].add(content_id)
    selects = [
        edition_classes()[type]
        .history.at(moment.instant if moment else None)
        .filter(content_id__in=content_ids)
        .annotate(named_type=Value(type))
        .values_list("named_type", "content_id", "slug", "title", "tombstone")
        for type, content_ids in by_type.items()
    ]
    found = {}
    for type, content_id, slug, title, tombstone in selects[0].union(*selects[1:], all=True) if selects else []:
        reference = {"type": type, "content_id": str(content_id), "slug": slug or None, "title": title}
        found[type, str(content_id)] = reference | ({"withdrawn": True} if tombstone else {})
    return found
