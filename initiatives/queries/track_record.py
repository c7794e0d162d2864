"""Reads of the track record: every promise with the calendar's columns only, and what its initiative names."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Value

from record.models import Edition, Link
from record.queries import Moment, editions_at, linking_to

from ..editions import AnnouncementEdition, AreaEdition, InitiativeEdition, MilestoneEdition, OrganisationEdition
from ..rules.delivery import OPEN_ENDED
from ..rules.schedule import MilestoneCalendar
from .selectors import build_reference

TRACK_RECORD_COLUMNS = ("content_id", "root_content_id", *MilestoneCalendar.__dataclass_fields__, "moves")
GROUP_EDITIONS: dict[str, type[Edition]] = {
    "body": OrganisationEdition,
    "area": AreaEdition,
    "announcement": AnnouncementEdition,
}
GROUPING_BY_RELATION = {"area": "area", "announced_in": "announcement"}


def load_promise_rows(moment: Moment, *, roots=None):
    """Return every promise with the calendar's columns. roots: a subquery that limits them to these initiatives."""
    found = editions_at(MilestoneEdition, moment).filter(kind="promise")
    found = found if roots is None else found.filter(root_content_id__in=roots)
    return found.values_list(*TRACK_RECORD_COLUMNS, named=True).order_by("id")


def load_groups_by_initiative(moment: Moment) -> dict[str, dict[UUID, tuple]]:
    """Return {"body", "area", "announcement": {initiative's content_id: content_ids of what it names}}. Two queries."""
    leads = editions_at(InitiativeEdition, moment).exclude(lead=None).values_list("content_id", "lead")
    found: dict[str, dict] = {by: defaultdict(tuple) for by in ("area", "announcement")}
    links = Link.objects.at(moment.instant).filter(type="initiative", relation__in=GROUPING_BY_RELATION)
    for initiative, relation, named in links.values_list("content_id", "relation", "named").order_by("id"):
        found[GROUPING_BY_RELATION[relation]][initiative] += (named,)
    return {"body": {initiative: (lead,) for initiative, lead in leads}} | {by: dict(found[by]) for by in found}


def load_group_references(moment: Moment) -> dict[UUID, dict]:
    """Return {content_id: reference} of all organisations, areas and announcements. One query."""
    first, *others = (
        editions_at(kind, moment).order_by().values_list(Value(kind.type), "content_id", "slug", "title")
        for kind in GROUP_EDITIONS.values()
    )
    return {
        content_id: {"type": type, "content_id": str(content_id), "slug": slug, "title": title}
        for type, content_id, slug, title in first.union(*others, all=True)
    }


def find_group_initiatives(moment: Moment, by: str, key: UUID):
    """Return a subquery of the initiatives that a body leads, or that name an area or an announcement."""
    if by == "body":
        return editions_at(InitiativeEdition, moment).filter(lead=key).values("content_id")
    relations = [relation for relation, group in GROUPING_BY_RELATION.items() if group == by]
    return linking_to(key, moment, type="initiative", relations=relations)


@dataclass(frozen=True)
class TrackRecordGroup:
    """The promises that a number of the track record counts.

    key: a year, OPEN_ENDED, a content_id, or None for promises without one. name: a reference, a year or OPEN_ENDED.
    """

    key: int | UUID | str | None
    name: dict | str | None


def find_group(moment: Moment, by: str, of: str) -> TrackRecordGroup | None:
    """Return the group named in a URL by a year, OPEN_ENDED, a slug or "none", or None if there is no such group."""
    if not by or of == "none":
        return TrackRecordGroup(None, None)
    if by == "year" and of == OPEN_ENDED:
        return TrackRecordGroup(of, of)
    if by == "year":
        return TrackRecordGroup(int(of), of) if of.isdecimal() and len(of) == 4 else None
    found = editions_at(GROUP_EDITIONS[by], moment).filter(slug=of).defer("document", "tokens").first()
    return found and TrackRecordGroup(found.content_id, build_reference(found))


def load_milestones_in_order(content_ids: list[UUID], moment: Moment) -> list[MilestoneEdition]:
    """Return the milestones with these ids, in this order."""
    found = {each.content_id: each for each in editions_at(MilestoneEdition, moment).filter(content_id__in=content_ids)}
    return [found[each] for each in content_ids if each in found]
