from tools.audit.feeds import atom_faults, calendar_faults, svg_faults

EVENT = "BEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\nDTSTART;VALUE=DATE:20260131\nSUMMARY:Due\nEND:VEVENT\n"
CALENDAR = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//us//EN\n{}END:VCALENDAR\n"
FEED = '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>F</title><updated>2026-01-31T00:00:00Z</updated>{}</feed>'
LINK = '<link rel="self" href="https://example.org/"/><author><name>We</name></author>'
ENTRY = "<entry><id>urn:1</id><title>E</title><updated>2026-01-31T00:00:00Z</updated>{}</entry>"


def calendar(events):
    return list(calendar_faults(CALENDAR.format(events).replace("\n", "\r\n").encode()))


def test_a_calendars_events_are_whole_and_each_there_once():
    assert calendar(EVENT) == []
    assert calendar(EVENT * 2) == ["1 is there twice"]
    assert calendar(EVENT.replace("DTSTAMP:20260101T000000Z\n", "")) == ["1 has no DTSTAMP"]
    assert len(calendar(EVENT.replace("20260131", "soon"))) >= 1
    assert len(calendar(EVENT.replace("Due", "Due" * 30))) == 1


def test_lines_of_a_calendar_end_as_the_standard_says():
    assert list(calendar_faults(CALENDAR.format(EVENT).encode())) == ["lines do not end in CRLF"]


def test_an_entry_of_a_feed_has_a_summary_and_somebodys_name():
    whole = ENTRY.format("<summary>S</summary>")
    assert list(atom_faults(FEED.format(LINK + whole).encode())) == []
    assert list(atom_faults(FEED.format(LINK + ENTRY.format("")).encode())) == ["urn:1 has no summary"]
    assert list(atom_faults(FEED.format(LINK + whole * 2).encode())) == ["urn:1 is there twice"]
    assert list(atom_faults(b"<feed>")) != []


def test_a_drawing_has_a_title():
    assert list(svg_faults(b'<svg xmlns="http://www.w3.org/2000/svg"><title>T</title></svg>')) == []
    assert list(svg_faults(b'<svg xmlns="http://www.w3.org/2000/svg"/>')) == ["no title"]
    assert list(svg_faults(b"<svg/>"))[:1] == ["its root is svg"]
    assert len(list(svg_faults(b"<svg"))) == 1
