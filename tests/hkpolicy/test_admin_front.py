"""The front page of the newsroom says what needs the editor who looks at it, and nothing else."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from initiatives.actions import attest
from initiatives.models import Initiative
from publishing.actions import approve, publish, request_review, schedule, send_back, take_back, withdraw
from publishing.admin import front
from publishing.dates import FuzzyDate, hong_kong_day
from publishing.documents import draft_of
from publishing.editions import Publication
from publishing.models import Schedule
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
from tests.newsroom import filled, url
from tests.redacting import path, proposed_redaction, redact

pytestmark = pytest.mark.django_db
TODAY = hong_kong_day(timezone.now())
INDEX = "/admin/"


def lists(client) -> dict:
    """{name: what is in it, told}."""
    context = client.get(INDEX).context
    return {each.need.name: each for each in [*context["yours"], *context["records"]]}


def titles(client, name) -> list[str]:
    return [row.title for row in lists(client)[name].rows]


def promised(day: date, **columns):
    """A published milestone promised for that day."""
    made = FuzzyDate.of_day(day - timedelta(days=400))
    statement = StatementFactory(
        promised=FuzzyDate.of_day(day), stated=made, **{f"milestone__{key}": value for key, value in columns.items()}
    )
    return published(statement.milestone)


def test_without_anything_to_do_every_list_says_so(login):
    client = login("administrator")
    page = client.get(INDEX)
    found = lists(client)
    assert set(found) == set(front._needs)
    for each in found.values():
        assert (each.count, list(each.rows)) == (0, [])
        assert escape(str(each.need.empty)) in page.content.decode()


def test_a_stranger_sees_no_list_of_what_they_may_not_look_at(login):
    InitiativeFactory(title_en="Secret draft")
    promised(TODAY, title_en="Secret promise")
    client = login("stranger")
    page = client.get(INDEX).content.decode()
    assert "Secret" not in page
    for name in front._needs:
        assert "Secret" not in client.get(f"/admin/needs/{name}/").content.decode()


def test_a_review_waits_for_who_was_asked_or_for_everybody_who_may(login, member):
    author, tom = member("author"), member("reviewer")
    request_review(root=InitiativeFactory(title_en="For Tom"), by=author, of=tom)
    request_review(root=InitiativeFactory(title_en="For all"), by=author, note="please")
    client = login("reviewer")
    assert titles(client, "reviews") == ["For all"]
    [row] = lists(client)["reviews"].rows
    assert "“please”" in row.tells
    assert row.url == url(Initiative.objects.get(title_en="For all"), "review")
    client.force_login(tom)
    assert titles(client, "reviews") == ["For Tom", "For all"]
    client.force_login(author)
    assert "reviews" not in lists(client)


def test_nobody_is_asked_to_review_their_own_work(login):
    client = login("reviewer")
    request_review(root=InitiativeFactory(), by=client.user)
    assert titles(client, "reviews") == []


def approved(root, *, by, of):
    request_review(root=root, by=by)
    approve(root=root, by=of, seen=draft_of(root).digest)
    return root


def test_what_was_approved_waits_for_who_may_publish_until_it_is_public_or_taken_back(login, member):
    author, reviewer = member("author"), member("reviewer")
    root = approved(InitiativeFactory(title_en="Approved"), by=author, of=reviewer)
    other = approved(InitiativeFactory(title_en="Taken back"), by=author, of=reviewer)
    request_review(root=InitiativeFactory(), by=author)
    client = login("publisher")
    assert titles(client, "approved") == ["Approved", "Taken back"]
    row = lists(client)["approved"].rows[0]
    assert (row.url, len(row.tells)) == (url(root, "publish"), 1)
    assert row.tells[0].startswith(f"approved by {reviewer} on ")
    take_back(root=other, by=author)
    assert titles(client, "approved") == ["Approved"]
    for role in ("author", "reviewer"):
        assert "approved" not in lists(login(role))
    client = login("publisher")
    published(root)
    assert titles(client, "approved") == []


def test_an_approval_that_an_edit_voided_says_so(login, member):
    client = login("publisher")
    milestone = MilestoneFactory()
    approved(milestone.initiative, by=member("author"), of=member("reviewer"))
    milestone.title_en = "Edited"
    milestone.save()
    assert lists(client)["approved"].rows[0].tells[1:] == ("edited since: the approval is void",)


def test_what_is_scheduled_as_it_was_approved_waits_for_nobody(login, member):
    client, author, reviewer = login("publisher"), member("author"), member("reviewer")
    root = approved(InitiativeFactory(title_en="First"), by=author, of=reviewer)
    soon(root, client.user)
    assert titles(client, "approved") == []
    root.title_en = "Approved anew, for after that"
    root.save()
    approved(root, by=author, of=reviewer)
    assert titles(client, "approved") == ["Approved anew, for after that"]


def test_what_is_gone_is_not_counted(login, member):
    client, author, reviewer = login("publisher"), member("author"), member("reviewer")
    approved(InitiativeFactory(), by=author, of=reviewer).delete()
    Schedule.objects.filter(pk=soon(gone := InitiativeFactory(), client.user).pk).update(state="failed")
    gone.delete()
    found = lists(client)
    assert (found["approved"].count, found["scheduled"].count) == (0, 0)


def test_a_proposed_redaction_waits_for_another_administrator(login):
    root = published(InitiativeFactory(title_en="Named somebody"))
    proposed = proposed_redaction(root)
    client = login("administrator")
    [row] = lists(client)["redactions"].rows
    assert (row.title, row.url) == ("Named somebody", url(root, "redaction", proposed.pk))
    assert row.tells == (f"proposed by {proposed.proposed_by}", "“By order of a court.”")
    assert "redactions" not in lists(login("publisher"))
    client.force_login(proposed.proposed_by)
    assert titles(client, "redactions") == []
    other = login("administrator")
    other.post(row.url, {"_drop": ""})
    assert titles(other, "redactions") == []


def test_results_and_verdicts_wait_for_somebody_else_who_may_check(login, member):
    author, client = member("author"), login("reviewer")
    milestone = MilestoneFactory(title_en="Runway", result="met", result_set_by=author)
    verdict = VerdictFactory(reasons_en="Late", rated_by="us", set_by=author, rating="kept_late", held_back=True)
    MilestoneFactory(title_en="Open")
    MilestoneFactory(title_en="Mine", result="not_met", result_set_by=client.user)
    VerdictFactory(reasons_en="Mine", rated_by="us", set_by=client.user)
    VerdictFactory(reasons_en="Another monitor's", set_by=author)
    rows = {row.title: row for row in lists(client)["unchecked"].rows}
    assert set(rows) == {"Runway", "Late"}
    by = f"set by {author}"
    assert rows["Runway"].tells == (str(milestone.initiative), "Met", by, "without evidence yet")
    assert rows["Late"].tells == (str(verdict.initiative), "Kept late", by, "held back")
    assert rows["Late"].url == f"{url(verdict, 'change')}#panel-title"
    assert "unchecked" not in lists(login("author"))
    client.force_login(member("reviewer"))
    assert lists(client)["unchecked"].count == 4


def test_what_was_checked_is_listed_no_more(login, member):
    evidence = EvidenceFactory(milestone__result="met", milestone__result_set_by=member("author"))
    client = login("reviewer")
    assert [row.tells[2:] for row in lists(client)["unchecked"].rows] == [
        (f"set by {evidence.milestone.result_set_by}",)
    ]
    client.post(url(evidence.milestone, "check"))
    assert titles(client, "unchecked") == []


def test_what_was_sent_back_waits_for_who_asked_until_they_ask_again(login, member):
    client, tom = login("author"), member("reviewer")
    root = InitiativeFactory(title_en="Mine")
    request_review(root=root, by=client.user)
    assert titles(client, "sent-back") == []
    send_back(root=root, by=tom, note="dates are missing")
    assert titles(client, "sent-back") == ["Mine"]
    assert "“dates are missing”" in lists(client)["sent-back"].rows[0].tells
    assert titles(login("author"), "sent-back") == []
    client.force_login(member("author"))
    request_review(root=root, by=tom)
    assert titles(client, "sent-back") == []


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
    assert "Past its date, outcome unknown" in past.tells


def test_what_is_held_back_met_or_only_a_draft_is_not_due(login):
    client = login("author")
    held = promised(TODAY, owner=client.user)
    held.held_back = True
    held.save()
    StatementFactory(promised=FuzzyDate.of_day(TODAY), milestone__owner=client.user)
    assert titles(client, "milestones") == []


def test_a_draft_is_listed_until_it_is_published_and_tells_what_stops_it(login):
    ready, stopped = InitiativeFactory(title_en="Ready"), InitiativeFactory(title_en="Stopped", cite=False)
    client = login("author")
    found = {row.title: row.tells for row in lists(client)["drafts"].rows}
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
    found = {row.title: (row.url, row.tells) for row in lists(login("author"))["translations"].rows}
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


def soon(root, by):
    return schedule(drafts=[draft_of(root)], at=timezone.now() + timedelta(hours=1), by=by, overruled="a test")


def test_schedules_stand_with_failed_ones_first_then_ones_own(login, member):
    client = login("publisher")
    soon(InitiativeFactory(title_en="Ada's"), member("publisher"))
    soon(InitiativeFactory(title_en="Mine"), client.user)
    failed = soon(InitiativeFactory(title_en="Failed"), member("publisher"))
    Schedule.objects.filter(pk=failed.pk).update(state="failed", reason="slug taken", closed_at=timezone.now())
    assert titles(client, "scheduled") == ["Failed", "Mine", "Ada's"]
    assert "slug taken" in lists(client)["scheduled"].rows[0].tells[0]


def test_a_failed_schedule_goes_once_its_root_is_published(login):
    client = login("publisher")
    failed = soon(root := InitiativeFactory(), client.user)
    Schedule.objects.filter(pk=failed.pk).update(state="failed", reason="-", closed_at=timezone.now())
    published(root)
    assert titles(client, "scheduled") == []


def test_a_failed_schedule_stays_whatever_else_readers_get(login, superuser):
    client = login("publisher")
    root = published(InitiativeFactory())
    root.summary_en = "To go out later"
    root.save()
    failed = soon(root, client.user)
    Schedule.objects.filter(pk=failed.pk).update(state="failed", reason="-", closed_at=timezone.now())
    attest(initiative=root, by=superuser, on=TODAY)
    redact(root, path(root, "title", "zh-hant"))
    withdraw(root=("initiative", str(root.content_id)), reason={"en": "Wrong"}, by=superuser)
    assert Publication.objects.count() == 4
    assert titles(client, "scheduled") == [str(root)]


def test_a_failed_schedule_goes_once_its_maker_took_note(login, member):
    client = login("publisher")
    failed = soon(InitiativeFactory(), client.user)
    Schedule.objects.filter(pk=failed.pk).update(state="failed", reason="-", closed_at=timezone.now())
    noted = lists(client)["scheduled"].rows[0].noted
    other = login("author")
    assert other.post(noted).status_code == 403
    client.force_login(failed.by)
    assert client.post(noted).status_code == 302
    assert titles(client, "scheduled") == []


def test_what_waits_or_was_published_cannot_be_taken_note_of(login):
    client = login("publisher")
    waiting = soon(InitiativeFactory(), client.user)
    client.post(f"/admin/publishing/schedule/{waiting.pk}/note/")
    waiting.refresh_from_db()
    assert waiting.seen_by is None


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
    draft = draft_of(initiative)
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


def test_who_worked_on_it_is_not_asked_to_review_it(login, member):
    root, client = InitiativeFactory(), login("reviewer")
    data = filled(client.get(url(root, "change"))) | {"title_en": "By the reviewer"}
    assert client.post(url(root, "change"), data).status_code == 302
    request_review(root=root, by=member("author"))
    assert titles(client, "reviews") == []
    assert titles(login("reviewer"), "reviews") == ["By the reviewer"]


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
