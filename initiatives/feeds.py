"""Feeds to subscribe to, in each language: milestones as iCalendar, the changes of one initiative as Atom."""

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from readers.feeds import make_changes_feed
from readers.views import live_only, resolve_or_response
from record.characters import strip_control_characters
from record.dates import HONG_KONG, today
from record.languages import localize
from record.queries import parse_as_of

from .choices import MilestoneSchedule
from .editions import InitiativeEdition, MilestoneEdition
from .rules.schedule import compute_schedule

ONE_DAY = timedelta(days=1)
HONG_KONG_TIMEZONE = Timezone.from_tzinfo(HONG_KONG)  # a calendar may lack events, but needs at least one component
EVENT_COLUMNS = ("content_id", "root_content_id", "title", "live_from", "moves", "not_done_on")
SCHEDULE_COLUMNS = ("kind", "result", "due_known", "due_from", "due_until", "actual_from", "actual_until")


@live_only
def milestone_feed(request):
    """Serve every milestone with a day: a promise over its promised window, an event on the day it happened."""
    initiatives = InitiativeEdition.objects.values_list("content_id", "slug", "title")
    roots = {content_id: (slug, title) for content_id, slug, title in initiatives}
    return _build_calendar_response(_("Milestones"), _generate_events(request, roots, MilestoneEdition.objects.all()))


@live_only
def initiative_milestone_feed(request, name):
    """Serve the milestones of one initiative."""
    view = "initiative-milestones-feed"
    edition, response = resolve_or_response(request, InitiativeEdition, name, moment=parse_as_of(None), view=view)
    if response:
        return response
    rows = MilestoneEdition.objects.filter(root_content_id=edition.content_id)
    events = _generate_events(request, {edition.content_id: (edition.slug, edition.title)}, rows)
    return _build_calendar_response(_("Milestones: %(title)s") % {"title": _localize_plain(edition.title)}, events)


def _build_calendar_response(name: str, events: Iterator[Event]) -> HttpResponse:
    calendar = Calendar()
    calendar.add("prodid", f"-//{_get_site_host()}//milestones//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ONE_DAY, parameters={"VALUE": "DURATION"})
    calendar.add_component(HONG_KONG_TIMEZONE)
    for event in events:
        calendar.add_component(event)
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def _generate_events(request, roots: dict, rows) -> Iterator[Event]:
    """Yield the events of milestones that have a day. roots: {content_id: (slug, title)} of the initiatives."""
    for row in rows.order_by("due_until", "pk").values_list(*EVENT_COLUMNS, *SCHEDULE_COLUMNS, named=True):
        days = _get_event_days(row)
        if days and row.root_content_id in roots:
            yield _build_event(request, row, days, *roots[row.root_content_id])


def _get_event_days(row) -> tuple[date, date] | None:
    """Return the first and the last day, or None. If one end is open or unknown, both are the end that is known."""
    first, last = (row.actual_from, row.actual_until) if row.kind == "event" else (row.due_from, row.due_until)
    return (first or last, last or first) if first or last else None


def _build_event(request, row, days: tuple[date, date], slug: str, initiative: dict | None) -> Event:
    address = request.build_absolute_uri(f"{reverse('initiative', args=[slug])}#milestone-{row.content_id}")
    standing = MilestoneSchedule(compute_schedule(row, on=today())).label
    event = Event()
    event.add("uid", f"{row.content_id}@{_get_site_host()}")
    event.add("sequence", row.moves)  # when a promised date moves, calendars update the event
    event.add("dtstamp", row.live_from)
    event.add("dtstart", days[0])
    event.add("dtend", min(days[1], date.max - ONE_DAY) + ONE_DAY)  # exclusive; no date follows the year 9999
    names = {"initiative": _localize_plain(initiative), "milestone": _localize_plain(row.title)}
    event.add("summary", _("%(initiative)s: %(milestone)s") % names)
    event.add("description", f"{names['initiative']}\n{standing}\n{address}")
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    if row.result in ("withdrawn", "superseded"):
        event.add("status", "CANCELLED")
    return event


def _localize_plain(text: dict | None) -> str:
    """Return the text in the reader's language, without control characters, which iCalendar forbids."""
    return strip_control_characters(localize(text, get_language())[0])


def _get_site_host() -> str:
    return urlsplit(settings.SITE_URL).hostname


initiative_changes_feed = make_changes_feed(InitiativeEdition, "initiative-changes-feed")
