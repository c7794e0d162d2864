"""Feeds as strangers' programs read them."""

import html
from datetime import date

import feedparser
import pytest
from icalendar import Calendar

from newsroom.actions.append import ChangeNote
from newsroom.actions.move import move
from newsroom.actions.publish import publish
from newsroom.actions.withdraw import withdraw
from newsroom.documents.drafts import build_draft
from record.dates import FuzzyDate
from tests.factories import InitiativeFactory, MilestoneFactory, StatementFactory, UserFactory, published
from tests.redacting import path, redact

pytestmark = pytest.mark.django_db


def feed(client, language="en", of=""):
    response = client.get(f"/{language}/{of}changes.atom")
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    return parsed


def calendar(client, language="en", of=""):
    response = client.get(f"/{language}/{of}milestones.ics")
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    found = Calendar.from_ical(response.content)
    assert [each.errors for each in found.walk() if each.errors] == []
    assert found.subcomponents  # RFC 5545: at least one
    return found


def events(client, language="en", of=""):
    return {str(each["summary"]): each for each in calendar(client, language, of).walk("VEVENT")}


def test_the_feed_tells_each_change_with_its_note_in_the_readers_language(client, superuser):
    initiative = InitiativeFactory(title_en="Institute", title_zh_hant="研發院")
    key = ("initiative", str(initiative.content_id))
    note = ChangeNote({"en": "First published", "zh-hant": "首次發布"}, major=True)
    publish(drafts=[build_draft(initiative)], by=superuser, notes={key: note})
    published(InitiativeFactory(title_en="Later"))
    latest, first = feed(client).entries
    assert [latest.title, first.title, first.summary] == ["Later", "Institute", "First published"]
    assert first.link.endswith(f"/en/initiatives/{initiative.slug}/")
    in_chinese = feed(client, "zh-hant")
    assert (in_chinese.entries[1].title, in_chinese.entries[1].summary) == ("研發院", "首次發布")
    assert (in_chinese.feed.language, in_chinese.entries[1].id) == ("zh-hant", first.id)
    assert feed(client).feed.author


def test_what_looks_like_html_in_a_note_is_words(client, superuser):
    initiative = InitiativeFactory()
    note = ChangeNote({"en": "Spending < HK$1 billion & <b>rising</b>"})
    notes = {("initiative", str(initiative.content_id)): note}
    publish(drafts=[build_draft(initiative)], by=superuser, notes=notes)
    [entry] = feed(client).entries
    assert entry.summary_detail.type == "text/html"
    assert html.unescape(entry.summary) == note.text["en"]
    assert "<b>" not in entry.summary


def test_the_feed_of_a_withdrawal_gives_its_reason_and_leads_to_it(client, superuser):
    initiative = published(InitiativeFactory(title_en="Institute"))
    withdraw(root=("initiative", str(initiative.content_id)), reason={"en": "By mistake"}, by=superuser)
    withdrawal, _ = feed(client).entries
    assert (withdrawal.title, withdrawal.summary) == ("Institute (withdrawn)", "By mistake")
    assert client.get(withdrawal.link.removeprefix("http://testserver")).status_code == 200


def test_a_milestone_is_an_event_in_its_window_and_moves_with_its_promise(client):
    milestone = MilestoneFactory()
    StatementFactory(milestone=milestone, promised=FuzzyDate.ending_on(date(2026, 6, 30), "half"))
    published(milestone)
    [before] = events(client).values()
    assert (before.start, before.end, before["sequence"]) == (date(2026, 1, 1), date(2026, 7, 1), 0)
    StatementFactory(milestone=milestone, promised=FuzzyDate.ending_on(date(2026, 12, 31), "half"))
    published(milestone)
    [after] = events(client).values()
    assert (after.start, after.end, after["sequence"]) == (date(2026, 7, 1), date(2027, 1, 1), 1)
    assert after["uid"] == before["uid"]
    assert str(milestone.content_id) in after["uid"]


def test_an_event_names_initiative_and_milestone_in_the_feeds_language(client):
    initiative = InitiativeFactory(title_en="Institute", title_zh_hant="研發院")
    milestone = MilestoneFactory(initiative=initiative, title_en="Doors open", title_zh_hant="啟用")
    StatementFactory(milestone=milestone, promised=FuzzyDate.from_day(date(2027, 1, 1)))
    published(milestone)
    named = [list(events(client, language)) for language in ("en", "zh-hant", "zh-hans")]
    assert named == [["Institute: Doors open"], ["研發院：啟用"], ["研发院：启用"]]


def test_only_what_has_a_day_and_is_published_is_in_the_calendar(client):
    published(MilestoneFactory(title_en="Undated"))
    actual = FuzzyDate.from_day(date(2020, 1, 31))
    happened = published(
        MilestoneFactory(initiative__title_en="Institute", title_en="Happened", kind="event", actual=actual)
    )
    StatementFactory(
        milestone=MilestoneFactory(initiative=happened.initiative, title_en="Draft"),
        promised=FuzzyDate.from_day(date(2027, 1, 1)),
    )
    assert {name: each.start for name, each in events(client).items()} == {"Institute: Happened": date(2020, 1, 31)}


def test_a_promise_for_the_last_day_there_is_does_not_break_the_calendar(client):
    published(StatementFactory(promised=FuzzyDate(latest=date.max)).milestone)
    assert len(events(client)) == 1


OF_ONE = "initiatives/institute/"
FEEDS_OF_ONE = [f"/zh-hant/{OF_ONE}changes.atom", f"/zh-hant/{OF_ONE}milestones.ics"]


def test_the_feed_of_an_initiative_has_the_entries_about_it_as_the_feed_of_everything_has_them(client):
    initiative = published(InitiativeFactory(slug="institute", title_en="Institute", title_zh_hant="研發院"))
    other = InitiativeFactory(title_en="Something else")
    MilestoneFactory(initiative=initiative)
    publish(drafts=[build_draft(initiative), build_draft(other)], by=UserFactory(is_superuser=True))
    own, everything = feed(client, of=OF_ONE), feed(client)
    assert [each.title for each in own.entries] == ["Institute", "Institute"]
    assert own.entries == [each for each in everything.entries if each.title == "Institute"]
    assert own.feed.id != everything.feed.id
    assert (own.feed.title, own.feed.link) == (
        "What changed: Institute",
        "http://testserver/en/initiatives/institute/",
    )
    assert (own.feed.author, own.entries[0].summary) == ("Hong Kong policy tracker", "1 part published")


def test_a_move_and_a_later_redaction_are_told_in_the_feeds_of_both_initiatives(client, superuser):
    milestone = published(MilestoneFactory(initiative__slug="old", title_en="Numbat"))
    new = published(InitiativeFactory(slug="new"))
    move(child=milestone, to=new, by=superuser)
    redact(new, path(milestone, "title", "en"))
    for slug, moved in (("old", "移至另一頁：里程碑"), ("new", "由另一頁移來：里程碑")):
        entries = feed(client, "zh-hant", f"initiatives/{slug}/").entries
        assert [each.summary for each in entries[1:2]] == [moved]
        assert entries[0].title.endswith("（文字已遮蓋）")
    assert "移至另一頁：里程碑" in client.get("/zh-hant/changes/").content.decode()


def test_the_calendar_of_an_initiative_has_its_milestones_and_no_others(client):
    initiative = InitiativeFactory(slug="institute", title_en="Institute", title_zh_hant="研發院")
    for root in (initiative, InitiativeFactory()):
        milestone = MilestoneFactory(initiative=root, title_en="Doors open", title_zh_hant="啟用")
        StatementFactory(milestone=milestone, promised=FuzzyDate.from_day(date(2027, 1, 1)))
        published(milestone)
    assert list(events(client, "zh-hant", of=OF_ONE)) == ["研發院：啟用"]
    assert "研發院" in str(calendar(client, "zh-hant", of=OF_ONE)["x-wr-calname"])
    [own] = events(client, of=OF_ONE).values()
    assert own == events(client)["Institute: Doors open"]


def test_a_calendar_without_milestones_is_still_a_calendar(client):
    published(InitiativeFactory(slug="institute"))
    assert events(client, of=OF_ONE) == events(client) == {}


def test_an_initiatives_page_names_its_own_feeds_in_its_head(client):
    published(InitiativeFactory(slug="institute", title_en='"><b>Institute'))
    head = client.get(f"/en/{OF_ONE}").content.decode().split("</head>")[0]
    for name in ("changes.atom", "milestones.ics"):
        assert f'href="/en/{name}"' in head
        assert f'href="/en/{OF_ONE}{name}"' in head
    assert "<b>" not in head


@pytest.mark.parametrize("path", FEEDS_OF_ONE)
def test_the_feeds_of_an_initiative_go_where_it_goes(client, path, superuser):
    assert client.get(path).status_code == 404
    initiative = published(InitiativeFactory(slug="institute"))
    initiative.slug = "renamed"
    initiative.save()
    published(initiative)
    moved = client.get(f"{path}?x=1")
    assert (moved.status_code, moved["Location"]) == (301, path.replace("institute", "renamed") + "?x=1")
    withdraw(root=("initiative", str(initiative.content_id)), reason={"en": "By mistake"}, by=superuser)
    gone = client.get(path.replace("institute", "renamed"))
    assert (gone.status_code, "ETag" in gone) == (410, False)


@pytest.mark.parametrize("path", ["/en/changes.atom", "/en/milestones.ics", *FEEDS_OF_ONE])
def test_feeds_look_at_what_is_live_and_are_not_sent_again_unchanged(client, path, django_assert_num_queries):
    published(InitiativeFactory(slug="institute"))
    assert client.get(path, {"as_of": "2026-01-01"}).status_code == 400
    etag = client.get(path)["ETag"]
    with django_assert_num_queries(1):
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_rows(client, rows, django_assert_num_queries):
    for _ in range(rows):
        milestone = MilestoneFactory()
        StatementFactory(milestone=milestone, promised=FuzzyDate.from_day(date(2027, 1, 1)))
        published(milestone)
    with django_assert_num_queries(3):  # the last publication, the initiatives, the milestones
        assert len(events(client)) == rows
    # The last publication, the publications, what they and others did to these things, their names.
    with django_assert_num_queries(4):
        assert len(feed(client).entries) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_one_initiatives_feeds_do_not_grow_with_the_rows(client, rows, django_assert_num_queries):
    initiative = InitiativeFactory(slug="institute")
    for _ in range(rows):
        milestone = MilestoneFactory(initiative=initiative)
        StatementFactory(milestone=milestone, promised=FuzzyDate.from_day(date(2027, 1, 1)))
        published(milestone)
    with django_assert_num_queries(3):  # the last publication, the initiative, its milestones
        assert len(calendar(client, of=OF_ONE).walk("VEVENT")) == rows
    # The same two; the publications, what they did to it and what was ever done to it, its name of now.
    with django_assert_num_queries(5):
        assert len(feed(client, of=OF_ONE).entries) == rows
