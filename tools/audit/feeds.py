"""Files that programs read: Atom, iCalendar and SVG, each by a strict parser of somebody else's."""

from collections.abc import Iterable
from itertools import chain
from xml.etree import ElementTree

import feedparser
import icalendar

from .reading import Answer
from .results import Fault, Result, counted

MAX_LINE_OCTETS = 75  # in a line of iCalendar


def checked(answers: list[Answer]) -> list[Result]:
    """Return one row for each form of file. Those of a kind that is not there are missing: the goal is missed."""
    rows = []
    for name, media, faults in (
        ("Atom", "application/atom+xml", atom_faults),
        ("iCalendar", "text/calendar", calendar_faults),
        ("SVG", "image/svg+xml", svg_faults),
    ):
        files = [each for each in answers if each.type == media]
        found = (Fault(each.path, what) for each in files for what in faults(each.body))
        result = counted(f"{name}: faults", f"{len(files)} files", found)
        result.met &= bool(files)
        rows.append(result)
    return rows


def atom_faults(body: bytes) -> Iterable[str]:
    """Check what RFC 4287 asks of a feed and of each entry."""
    read = feedparser.parse(body)
    if read.bozo:
        yield str(read.bozo_exception)
    if read.version != "atom10":
        yield f"not Atom but {read.version or 'nothing known'}"
    for name in ("id", "title", "updated_parsed", "links"):
        if not read.feed.get(name):
            yield f"the feed has no {name}"
    for each in read.entries:
        lacking = [name for name in ("id", "title", "updated_parsed") if not each.get(name)]
        lacking += [] if each.get("author") or read.feed.get("author") else ["author"]
        lacking += [] if each.get("summary") or each.get("content") else ["summary"]
        if lacking:
            yield f"{each.get('id')} has no {', '.join(lacking)}"
    yield from _twice([each.get("id") for each in read.entries])


def calendar_faults(body: bytes) -> Iterable[str]:
    """Check what RFC 5545 asks of a calendar and of each event."""
    if body.count(b"\n") != body.count(b"\r\n"):
        yield "lines do not end in CRLF"
    if (longest := max(map(len, body.splitlines()))) > MAX_LINE_OCTETS:
        yield f"a line is longer than {MAX_LINE_OCTETS} octets: {longest}"
    try:
        calendar = icalendar.Calendar.from_ical(body)
    except ValueError as error:
        yield str(error)
        return
    events = calendar.walk("VEVENT")
    for component in (calendar, *events):
        yield from (f"{name}: {what}" for name, what in component.errors)
    for name in ("VERSION", "PRODID"):
        if name not in calendar:
            yield f"no {name}"
    for event in events:
        yield from (f"{event.get('UID')} has no {name}" for name in ("UID", "DTSTAMP", "DTSTART") if name not in event)
    yield from _twice([str(event.get("UID")) for event in events])


def svg_faults(body: bytes) -> Iterable[str]:
    """Well formed, of its namespace, with a title."""
    try:
        drawn = ElementTree.fromstring(body)
    except ElementTree.ParseError as error:
        yield str(error)
        return
    if drawn.tag != "{http://www.w3.org/2000/svg}svg":
        yield f"its root is {drawn.tag}"
    if drawn.find("{http://www.w3.org/2000/svg}title") is None:
        yield "no title"


def _twice(ids: list) -> Iterable[str]:
    return chain.from_iterable([f"{each} is there twice"] for each in {each for each in ids if ids.count(each) > 1})
