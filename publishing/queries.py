"""Reads that every reader needs. They know editions only."""

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

from .choices import Action
from .dates import end_of_hong_kong_day, hong_kong_day
from .editions import Change, Edition, Link, Publication, Record, Slug, children_of, edition_classes
from .languages import HAN, STALE, UNREVIEWED, tokens

TOLD = ("id", "publication_id", "content_id", "root_type", "root_content_id", "action", "update_type", "note")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class BadMoment(ValueError):
    """`as_of` is no date and no timestamp with offset, or lies in the future."""


@dataclass(frozen=True)
class Moment:
    """When a reader asks about. instant None: now, from what is live. day: the Hong Kong day of the calendar."""

    instant: datetime | None
    day: date
    asked: str = ""  # as_of as the reader gave it, for links


def moment(as_of: str | None, *, now: datetime | None = None) -> Moment:
    """The moment of `?as_of=`: a date means the end of that day in Hong Kong, today means now. Raises BadMoment."""
    now = now or timezone.now()
    if not as_of:
        return Moment(None, hong_kong_day(now))
    try:
        day, instant = parse_date(as_of), parse_datetime(as_of)
    except ValueError as error:
        raise BadMoment(as_of) from error
    if day:
        if day == hong_kong_day(now):
            return Moment(None, day, as_of)
        instant = end_of_hong_kong_day(day)
    if instant is None or instant.tzinfo is None or instant > now:
        raise BadMoment(as_of)
    try:
        instant = instant.astimezone(UTC)
    except OverflowError as error:  # the first hours of the year 1
        raise BadMoment(as_of) from error
    return Moment(instant, hong_kong_day(instant), as_of)


@dataclass(frozen=True)
class Found:
    """A thing at a moment. `edition` is None where there was nothing; `moved_to` is the slug it answers to by then."""

    edition: Edition | None
    moved_to: str = ""


def find(edition_class: type[Edition], name: str, moment: Moment) -> Found:
    """By slug (also a former one) or `content_id`; a tombstone is found too: the caller answers 410 with its reason."""
    by_slug = not UUID.fullmatch(name)
    owner = Slug.objects.filter(type=edition_class.type, slug=name).values("content_id")
    edition = edition_class.history.at(moment.instant).filter(content_id__in=owner if by_slug else [name]).first()
    if edition is None:
        return Found(None)
    return Found(edition, edition.slug if by_slug and edition.slug != name else "")


def recorded_since(edition_class: type[Edition]) -> datetime | None:
    """When the first edition of this type went live; None before."""
    return edition_class.history.order_by("live_from").values_list("live_from", flat=True).first()


def last_publication() -> int:
    """The id of the latest publication, for ETags and cache keys; 0 before the first."""
    return Record.objects.values_list("last_publication_id", flat=True).first() or 0


def state_of(moment: Moment | None) -> str:
    """For cache keys: the same for all moments that show the same record, however exactly they were asked for.

    One query.
    """
    shown = Value("now")
    if moment and moment.instant:
        until = Publication.objects.filter(published_at__lte=moment.instant)
        shown = Subquery(until.order_by("-published_at").values("id")[:1])
    last = Record.objects.values_list("last_publication_id", "last_published_at", shown).first()
    return f"{settings.RELEASE}:{last}".replace(" ", "")


def latest_instant() -> datetime | None:
    """When the record was last published to; None before the first time."""
    return Publication.objects.order_by("-id").values_list("published_at", flat=True).first()


def last_change(instant: datetime | None) -> int:
    """The id of the last change made until then; 0 where there was none yet, as where `latest_instant` is None."""
    changes = Change.objects.filter(publication__published_at__lte=instant) if instant else Change.objects.none()
    return changes.order_by("-publication_id", "-id").values_list("id", flat=True).first() or 0


def first_and_latest(moment: Moment | None = None) -> tuple[datetime | None, datetime | None]:
    """When the record was first and last published to, until that moment; None before the first time."""
    rows = Publication.objects.all()
    if moment and moment.instant:
        rows = rows.filter(published_at__lte=moment.instant)
    found = rows.aggregate(first=Min("published_at"), latest=Max("published_at"))
    return found["first"], found["latest"]


def counted(moment: Moment | None = None) -> dict[str, dict[str, int]]:
    """{type: {"things", "untranslated", "unreviewed"}} of what is shown, every type: one query.

    untranslated: named in one language only; unreviewed: with a text whose translation no editor has confirmed, or one
    that is behind what it was made from.
    """
    both = Q(title__has_key="en") & Q(title__has_key="zh-hant")
    behind = [Q(document__contains=f':"{state}"') for state in (UNREVIEWED, STALE)]  # quotes in a text are escaped
    counts = {
        "things": Count("pk"),
        "untranslated": Count("pk", filter=Q(title__isnull=False) & ~both),
        "unreviewed": Count("pk", filter=behind[0] | behind[1]),
    }
    selects = [
        editions(each, moment).order_by().annotate(of=Value(type)).values("of").annotate(**counts)
        for type, each in edition_classes().items()
    ]
    rows = selects[0].union(*selects[1:], all=True)
    found = {row["of"]: {name: row[name] for name in counts} for row in rows}
    return {type: found.get(type, dict.fromkeys(counts, 0)) for type in edition_classes()}


def changes_after(last_seen: int, *, limit: int) -> list[Change]:
    """The next changes after the one with this id, in the order they were committed, with their publications."""
    return list(Change.objects.filter(id__gt=last_seen).select_related("publication").order_by("id")[:limit])


def made_by(changes: Iterable[Change], *columns: str) -> dict[int, tuple]:
    """{id of the change: these columns of the edition it made}, in one query for all types. Not all made one."""
    ids = defaultdict(list)
    for change in changes:
        if change.action != Action.REDACTED:
            ids[change.type].append(change.pk)
    selects = [
        edition_classes()[type].history.filter(change__in=pks).values_list("change_id", *columns)
        for type, pks in ids.items()
    ]
    rows = selects[0].union(*selects[1:], all=True) if selects else []
    return {change_id: tuple(values) for change_id, *values in rows}


def editions(edition_class: type[Edition], moment: Moment | None):
    """What readers see of a type at a moment; None means now."""
    return edition_class.objects.at(moment.instant if moment else None)


def documents_of(edition: Edition, moment: Moment | None) -> list[dict]:
    """A root's document and its children's at that moment: one query a type of child."""
    found = [edition.current()]
    for child_class in children_of(edition.type):
        children = editions(child_class, moment).filter(root_content_id=edition.content_id).order_by("pk")
        found += [child.current() for child in children]
    return found


def naming(content_id, moment: Moment | None, *, type: str, relations: Iterable[str]):
    """The `content_id`s of things of a type that name this one in one of these relations, as a subquery."""
    links = Link.objects.at(moment.instant if moment else None)
    return links.filter(named=content_id, type=type, relation__in=relations).values("content_id")


def history_of(root_content_id, moment: Moment | None, *, most: int = 200) -> list[Change]:
    """The latest changes to a root and its children until that moment, newest first, with their publications."""
    changes = Change.objects.filter(root_content_id=root_content_id).select_related("publication")
    if moment and moment.instant:
        changes = changes.filter(publication__published_at__lte=moment.instant)
    return list(changes.order_by("-id")[:most])


def with_words(rows: QuerySet, words: str) -> QuerySet:
    """Those whose search tokens hold every word and every pair of Chinese characters of these words."""
    return having(rows, list(dict.fromkeys(tokens(words))))


def having(rows: QuerySet, wanted: list[str]) -> QuerySet:
    """Those with all of these tokens. A single Chinese character is looked for inside pairs, which no index helps."""
    single = [token for token in wanted if is_single(token)]
    whole = [token for token in wanted if not is_single(token)]
    for token in single:
        rows = rows.filter(tokens__contains=token)
    if connection.vendor != "postgresql":
        for token in whole:
            rows = rows.filter(tokens__contains=f" {token} ")
    elif whole:
        query = SearchQuery(" ".join(whole), config="simple")
        rows = rows.alias(vector=SearchVector("tokens", config="simple")).filter(vector=query)
    return rows


def facet_counts(rows: QuerySet, *, conditions: dict[str, Q], options: dict[str, str | Combinable]) -> dict[str, dict]:
    """{facet: {value: how many rows fit it and what the other facets ask}}, and under "" how many fit all: one query.

    conditions: what was asked, by facet; options: the column or expression that each facet's values come from.
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


def is_single(token: str) -> bool:
    return len(token) == 1 and bool(HAN.match(token))


def publications(
    moment: Moment | None = None, *, before: int | None = None, most: int = 20, of=None
) -> list[Publication]:
    """The latest publications, newest first, of those with an id below `before`; of one root where its id is given."""
    rows = Publication.objects.order_by("-id")
    if of:
        rows = rows.filter(pk__in=Change.objects.filter(root_content_id=of).values("publication"))
    if moment and moment.instant:
        rows = rows.filter(published_at__lte=moment.instant)
    return list((rows.filter(pk__lt=before) if before else rows)[:most])


def changes_told(publications: Iterable[Publication], *, of=None) -> tuple[list, dict[str, list[tuple[int, str]]]]:
    """What these publications did, `of` one root where its id is given, and what was ever done to the roots: one query.

    (rows of `TOLD` of their changes in commit order, {root's content_id: [(publication's id, action)]}).
    """
    own = Change.objects.filter(publication__in=[each.pk for each in publications])
    own = own.filter(root_content_id=of) if of else own
    roots = Change.objects.filter(content_id__in=own.values("root_content_id"))
    selects = [
        rows.annotate(own=Value(mine)).values_list("own", *TOLD, named=True) for rows, mine in ((own, 1), (roots, 0))
    ]
    changes, acts = [], defaultdict(list)
    for row in selects[0].union(selects[1], all=True).order_by("id"):
        if row.own:
            changes.append(row)
        else:
            acts[str(row.content_id)].append((row.publication_id, row.action))
    return changes, acts


def references_to(keys: Iterable[tuple[str, str]], moment: Moment | None = None) -> dict[tuple[str, str], dict]:
    """{(type, content_id): reference} as the record names these things at that moment: one query."""
    by_type: dict[str, set] = {}
    for type, content_id in keys:
        by_type.setdefault(type, set()).add(content_id)
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
