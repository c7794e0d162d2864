"""The front page of the newsroom says what needs the editor who looks at it, and nothing else."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from initiatives.actions.attest import attest
from newsroom.actions.publish import publish
from newsroom.actions.review import request_review, send_back
from newsroom.admin.dashboard import registry
from newsroom.documents.drafts import build_draft
from notifications.actions.sweep import sweep_reminders
from record.dates import FuzzyDate, today
from tests.factories import (
    CommentaryFactory,
    EvidenceFactory,
    ExpertFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    PageFactory,
    StatementFactory,
    TargetFactory,
    VerdictFactory,
    published,
)
from tests.hkpolicy.front_lists import INDEX, approved, lists, soon, titles
from tests.publishing_helpers import url
from tests.redacting import proposed_redaction

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
TODAY = today()


def promised(day: date, **columns):
    """Publish a milestone promised for that day."""
    made = FuzzyDate.from_day(day - timedelta(days=400))
    statement = StatementFactory(
        promised=FuzzyDate.from_day(day), stated=made, **{f"milestone__{key}": value for key, value in columns.items()}
    )
    return published(statement.milestone)


def test_without_anything_to_do_every_list_says_so(login):
    sweep_reminders()
    client = login("administrator")
    page = client.get(INDEX)
    found = lists(client)
    assert set(found) == set(registry._worklists)
    for each in found.values():
        assert (each.count, list(each.rows)) == (0, [])
        assert escape(str(each.worklist.empty)) in page.content.decode()


def test_a_stranger_sees_no_list_of_what_they_may_not_look_at(login):
    InitiativeFactory(title_en="Secret draft")
    promised(TODAY, title_en="Secret promise")
    client = login("stranger")
    page = client.get(INDEX).content.decode()
    assert "Secret" not in page
    for name in registry._worklists:
        assert "Secret" not in client.get(f"/admin/needs/{name}/").content.decode()


def test_milestones_due_are_ones_own_then_nobodys_and_never_somebody_elses(login, member):
    client = login("author")
    promised(TODAY + timedelta(days=30), title_en="Nobody's", owner=None)
    promised(TODAY - timedelta(days=3), title_en="Mine, past", owner=client.user)
    promised(TODAY + timedelta(days=59), title_en="Mine, soon", owner=client.user)
    promised(TODAY + timedelta(days=61), title_en="Mine, later", owner=client.user)
    promised(TODAY, title_en="Tom's", owner=member("author"))
    assert titles(client, "milestones") == ["Mine, past", "Mine, soon", "Nobody's"]
    past, soon, _ = lists(client)["milestones"].rows
    assert (past.urgent, soon.urgent) == (True, False)
    assert "Past its date, outcome unknown" in past.details


def test_what_is_held_back_met_or_only_a_draft_is_not_due(login):
    client = login("author")
    held = promised(TODAY, owner=client.user)
    held.held_back = True
    held.save()
    StatementFactory(promised=FuzzyDate.from_day(TODAY), milestone__owner=client.user)
    assert titles(client, "milestones") == []


def test_a_draft_is_listed_until_it_is_published_and_tells_what_stops_it(login):
    ready, stopped = InitiativeFactory(title_en="Ready"), InitiativeFactory(title_en="Stopped", cite=False)
    client = login("author")
    found = {row.title: row.details for row in lists(client)["drafts"].rows}
    assert (found["Ready"], found["Stopped"]) == (("ready",), ("1 thing stops it",))
    published(ready)
    assert "Ready" not in titles(client, "drafts")
    assert str(stopped) in titles(client, "drafts")


def test_a_fact_held_back_is_listed_once_it_is_cited(login):
    EvidenceFactory(summary_en="Cited", held_back=True)
    EvidenceFactory(summary_en="Bare", held_back=True, cite=False)
    EvidenceFactory(summary_en="Shown")
    assert titles(login("author"), "held-back") == ["Cited"]


def test_what_was_not_attested_for_90_days_is_listed(login, superuser):
    old, fresh = published(InitiativeFactory(title_en="Old")), published(InitiativeFactory(title_en="Fresh"))
    attest(initiative=old, by=superuser, on=TODAY - timedelta(days=91))
    attest(initiative=fresh, by=superuser, on=TODAY - timedelta(days=90))
    assert titles(login("author"), "still-true") == ["Old"]


def test_a_missing_and_a_stale_translation_are_listed_with_their_field(login):
    InitiativeFactory(title_en="Whole", title_zh_hant="全")
    missing = InitiativeFactory(title_en="Missing", title_zh_hant="")
    stale = InitiativeFactory(title_en="Before", title_zh_hant="前")
    stale.title_en = "After"
    stale.save()
    found = {row.title: (row.url, row.details) for row in lists(login("author"))["translations"].rows}
    assert set(found) == {"Missing", "After"}
    assert found["Missing"] == (f"{url(missing, 'change')}#id_title_zh_hant", ("title (繁體中文) is missing",))
    assert found["After"] == (
        f"{url(stale, 'change')}#id_title_zh_hant",
        ("title (繁體中文): its source text changed",),
    )


def test_unverified_people_and_quotes_are_listed_together(login):
    ExpertFactory(name_en="Somebody", unverified=True)
    CommentaryFactory(title_en="Hearsay", unverified=True, quote="they say")
    CommentaryFactory()
    assert set(titles(login("author"), "unverified")) == {"Somebody", "Hearsay"}


def test_what_was_saved_since_it_was_published_is_listed_until_it_is_published(login):
    client = login("publisher")
    same, other, part = published(InitiativeFactory(title_en="Same")), published(InitiativeFactory()), promised(TODAY)
    assert titles(client, "changed") == []
    other.title_en = "Changed"
    other.save()
    same.internal_note = "not public"
    same.save()
    part.title_en = "Changed too"
    part.save()
    assert titles(client, "changed") == [part.initiative.title_en, "Changed"]
    published(other)
    part.statements.all().delete()
    assert titles(client, "changed") == [part.initiative.title_en]


def test_what_follows_a_neighbour_or_takes_something_out_publishes_nothing_that_was_saved(login, superuser):
    client = login("publisher")
    lead = published(OrganisationFactory())
    milestone = published(MilestoneFactory(initiative__lead=lead))
    milestone.held_back = True
    milestone.save()
    initiative = milestone.initiative
    draft = build_draft(initiative)
    initiative.title_en = "Saved while it was published"
    initiative.save()
    publish(drafts=[draft], by=superuser)
    lead.name_en = "Renamed"
    lead.save()
    published(lead)
    assert titles(client, "changed") == ["Saved while it was published"]


def test_outcomes_are_listed_when_a_number_of_theirs_is_due(login, member):
    client = login("author")

    def due(day, **columns):
        outcome = TargetFactory(due_on=day, **{f"outcome__{key}": value for key, value in columns.items()}).outcome
        return published(outcome)

    due(TODAY + timedelta(days=30), title_en="Nobody's")
    due(TODAY - timedelta(days=1), title_en="Mine, past", owner=client.user)
    due(TODAY + timedelta(days=61), title_en="Later", owner=client.user)
    due(TODAY, title_en="Tom's", owner=member("author"))
    assert titles(client, "outcomes") == ["Mine, past", "Nobody's"]
    assert [row.urgent for row in lists(client)["outcomes"].rows] == [True, False]


def test_names_are_in_the_editors_language(login):
    InitiativeFactory(title_en="Institute", title_zh_hant="研究院")
    client = login("author")
    client.post("/admin/language/", {"language": "zh-hant"})
    assert titles(client, "drafts") == ["研究院"]


def test_the_first_ten_are_shown_and_the_rest_is_one_click_away(login):
    for number in range(12):
        PageFactory(title_en=f"Page {number:02}")
    client = login("author")
    found = lists(client)["drafts"]
    assert (found.count, len(found.rows)) == (12, 10)
    assert 'href="/admin/needs/drafts/"' in client.get(INDEX).content.decode()
    whole = client.get("/admin/needs/drafts/").context["listed"]
    assert len(whole.rows) == 12
    assert client.get("/admin/needs/nothing/").status_code == 404


def busy(client, other):
    """One more row in every list, for an administrator."""
    approved(InitiativeFactory(), by=client.user, of=other)
    proposed_redaction(published(InitiativeFactory()))
    EvidenceFactory(milestone__result="met", milestone__result_set_by=other)
    VerdictFactory(rated_by="us", set_by=other)
    root = InitiativeFactory(title_zh_hant="")
    sent = InitiativeFactory()
    request_review(root=root, by=other)
    request_review(root=sent, by=client.user)
    send_back(root=sent, by=other, note="again")
    soon(InitiativeFactory(), client.user)
    promised(TODAY, owner=client.user).initiative.statements.create()
    published(TargetFactory(due_on=TODAY, outcome__owner=client.user).outcome)
    EvidenceFactory(held_back=True)
    MilestoneFactory(held_back=True)
    ExpertFactory(unverified=True)
    CommentaryFactory(unverified=True)


def test_the_page_asks_the_database_as_often_for_three_rows_as_for_one(login, member):
    client, other, counts = login("administrator"), member("reviewer"), []
    for more in (1, 2):
        for _ in range(more):
            busy(client, other)
        client.get(INDEX)  # content types are remembered
        with CaptureQueriesContext(connection) as queries:
            found = lists(client)
        assert all(each.count for each in found.values()), [name for name, each in found.items() if not each.count]
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_link_of_each_list_leads_to_a_place_that_there_is(login, member):
    client = login("administrator")
    busy(client, member("reviewer"))
    for each in lists(client).values():
        address, _, anchor = each.rows[-1].url.partition("#")
        page = client.get(address)
        assert page.status_code == 200
        assert not anchor or f'id="{anchor}"' in page.content.decode(), each.rows[-1].url
