"""Feeds to subscribe to, in each language: milestones as iCalendar, the changes of one initiative as Atom."""

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from publishing import rules
from publishing.dates import HONG_KONG, hong_kong_day
from publishing.feeds import changes_of
from publishing.languages import say
from publishing.queries import moment
from publishing.views import at_address, now_only

from .choices import Schedule
from .editions import InitiativeEdition, MilestoneEdition
from .rules.schedule import schedule

DAY = timedelta(days=1)
CLOCK = Timezone.from_tzinfo(HONG_KONG)  # a calendar may lack events, but needs at least one component
READ = ("content_id", "root_content_id", "title", "live_from", "moves", "not_done_on")
CALENDAR = ("kind", "result", "due_known", "due_from", "due_until", "actual_from", "actual_until")


@now_only
def milestones(request):
    """Serve every milestone with a day: a promise over its promised window, an event on the day it happened."""
    initiatives = InitiativeEdition.objects.values_list("content_id", "slug", "title")
    roots = {content_id: (slug, title) for content_id, slug, title in initiatives}
    return _calendar(_("Milestones"), _events(request, roots, MilestoneEdition.objects.all()))


@now_only
def milestones_of(request, name):
    """Serve the milestones of one initiative."""
    view = "initiative-milestones-feed"
    edition, otherwise = at_address(request, InitiativeEdition, name, moment=moment(None), view=view)
    if otherwise:
        return otherwise
    rows = MilestoneEdition.objects.filter(root_content_id=edition.content_id)
    events = _events(request, {edition.content_id: (edition.slug, edition.title)}, rows)
    return _calendar(_("Milestones: %(title)s") % {"title": _said(edition.title)}, events)


def _calendar(name: str, events: Iterator[Event]) -> HttpResponse:
    calendar = Calendar()
    calendar.add("prodid", f"-//{_host()}//milestones//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", DAY, parameters={"VALUE": "DURATION"})
    calendar.add_component(CLOCK)
    for event in events:
        calendar.add_component(event)
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def _events(request, roots: dict, rows) -> Iterator[Event]:
    """Yield the events of milestones that have a day. roots: {content_id: (slug, title)} of the initiatives."""
    for row in rows.order_by("due_until", "pk").values_list(*READ, *CALENDAR, named=True):
        days = _days(row)
        if days and row.root_content_id in roots:
            yield _event(request, row, days, *roots[row.root_content_id])


def _days(row) -> tuple[date, date] | None:
    """Return the first and the last day, or None. If one end is open or unknown, both are the end that is known."""
    first, last = (row.actual_from, row.actual_until) if row.kind == "event" else (row.due_from, row.due_until)
    return (first or last, last or first) if first or last else None


def _event(request, row, days: tuple[date, date], slug: str, initiative: dict | None) -> Event:
    today = hong_kong_day(timezone.now())
    address = request.build_absolute_uri(f"{reverse('initiative', args=[slug])}#milestone-{row.content_id}")
    standing = Schedule(schedule(row, on=today)).label
    event = Event()
    event.add("uid", f"{row.content_id}@{_host()}")
    event.add("sequence", row.moves)  # when a promised date moves, calendars update the event
    event.add("dtstamp", row.live_from)
    event.add("dtstart", days[0])
    event.add("dtend", min(days[1], date.max - DAY) + DAY)  # exclusive; no date follows the year 9999
    names = {"initiative": _said(initiative), "milestone": _said(row.title)}
    event.add("summary", _("%(initiative)s: %(milestone)s") % names)
    event.add("description", f"{names['initiative']}\n{standing}\n{address}")
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    if row.result in ("withdrawn", "superseded"):
        event.add("status", "CANCELLED")
    return event


def _said(text: dict | None) -> str:
    """Return the text in the reader's language, without control characters, which iCalendar forbids."""
    return rules.without_controls(say(text, get_language())[0])


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname


changes = changes_of(InitiativeEdition, "initiative-changes-feed")
