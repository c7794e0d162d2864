"""What waits for somebody's word stands on the front page of whoever may say it, and of nobody else."""

import pytest
from django.utils import timezone

from initiatives.actions.attest import attest
from initiatives.models import Initiative
from newsroom.actions.review import cancel_review_request, request_review, send_back
from newsroom.actions.withdraw import withdraw
from newsroom.models import Schedule
from record.dates import today
from record.models import Publication
from tests.factories import EvidenceFactory, InitiativeFactory, MilestoneFactory, VerdictFactory, published
from tests.hkpolicy.front_lists import approved, lists, soon, titles
from tests.publishing_helpers import filled, url
from tests.redacting import path, proposed_redaction, redact

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
TODAY = today()


def test_a_review_waits_for_who_was_asked_or_for_everybody_who_may(login, member):
    author, tom = member("author"), member("reviewer")
    request_review(root=InitiativeFactory(title_en="For Tom"), by=author, of=tom)
    request_review(root=InitiativeFactory(title_en="For all"), by=author, note="please")
    client = login("reviewer")
    assert titles(client, "reviews") == ["For all"]
    [row] = lists(client)["reviews"].rows
    assert "“please”" in row.details
    assert row.url == url(Initiative.objects.get(title_en="For all"), "review")
    client.force_login(tom)
    assert titles(client, "reviews") == ["For Tom", "For all"]
    client.force_login(author)
    assert "reviews" not in lists(client)


def test_nobody_is_asked_to_review_their_own_work(login):
    client = login("reviewer")
    request_review(root=InitiativeFactory(), by=client.user)
    assert titles(client, "reviews") == []


def test_what_was_approved_waits_for_who_may_publish_until_it_is_public_or_taken_back(login, member):
    author, reviewer = member("author"), member("reviewer")
    root = approved(InitiativeFactory(title_en="Approved"), by=author, of=reviewer)
    other = approved(InitiativeFactory(title_en="Taken back"), by=author, of=reviewer)
    request_review(root=InitiativeFactory(), by=author)
    client = login("publisher")
    assert titles(client, "approved") == ["Approved", "Taken back"]
    row = lists(client)["approved"].rows[0]
    assert (row.url, len(row.details)) == (url(root, "publish"), 1)
    assert row.details[0].startswith(f"approved by {reviewer} on ")
    cancel_review_request(root=other, by=author)
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
    assert lists(client)["approved"].rows[0].details[1:] == ("edited since: the approval is void",)


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
    assert row.details == (f"proposed by {proposed.proposed_by}", "“By order of a court.”")
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
    assert rows["Runway"].details == (str(milestone.initiative), "Met", by, "without evidence yet")
    assert rows["Late"].details == (str(verdict.initiative), "Kept late", by, "held back")
    assert rows["Late"].url == f"{url(verdict, 'change')}#panel-title"
    assert "unchecked" not in lists(login("author"))
    client.force_login(member("reviewer"))
    assert lists(client)["unchecked"].count == 4


def test_what_was_checked_is_listed_no_more(login, member):
    evidence = EvidenceFactory(milestone__result="met", milestone__result_set_by=member("author"))
    client = login("reviewer")
    assert [row.details[2:] for row in lists(client)["unchecked"].rows] == [
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
    assert "“dates are missing”" in lists(client)["sent-back"].rows[0].details
    assert titles(login("author"), "sent-back") == []
    client.force_login(member("author"))
    request_review(root=root, by=tom)
    assert titles(client, "sent-back") == []


def test_schedules_stand_with_failed_ones_first_then_ones_own(login, member):
    client = login("publisher")
    soon(InitiativeFactory(title_en="Ada's"), member("publisher"))
    soon(InitiativeFactory(title_en="Mine"), client.user)
    failed = soon(InitiativeFactory(title_en="Failed"), member("publisher"))
    Schedule.objects.filter(pk=failed.pk).update(state="failed", reason="slug taken", closed_at=timezone.now())
    assert titles(client, "scheduled") == ["Failed", "Mine", "Ada's"]
    assert "slug taken" in lists(client)["scheduled"].rows[0].details[0]


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
    ack_url = lists(client)["scheduled"].rows[0].ack_url
    other = login("author")
    assert other.post(ack_url).status_code == 403
    client.force_login(failed.by)
    assert client.post(ack_url).status_code == 302
    assert titles(client, "scheduled") == []


def test_what_waits_or_was_published_cannot_be_taken_note_of(login):
    client = login("publisher")
    waiting = soon(InitiativeFactory(), client.user)
    client.post(f"/admin/newsroom/schedule/{waiting.pk}/note/")
    waiting.refresh_from_db()
    assert waiting.seen_by is None


def test_who_worked_on_it_is_not_asked_to_review_it(login, member):
    root, client = InitiativeFactory(), login("reviewer")
    data = filled(client.get(url(root, "change"))) | {"title_en": "By the reviewer"}
    assert client.post(url(root, "change"), data).status_code == 302
    request_review(root=root, by=member("author"))
    assert titles(client, "reviews") == []
    assert titles(login("reviewer"), "reviews") == ["By the reviewer"]
