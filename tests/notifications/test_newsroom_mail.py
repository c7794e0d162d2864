"""Reviews and scheduled publications become mail: to whom they concern, once, whatever is killed."""

from datetime import timedelta
from email.utils import parseaddr
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from newsroom.actions.publish import publish
from newsroom.actions.review import approve, cancel_review_request, request_review, send_back
from newsroom.actions.schedule import cancel_schedule, execute_schedule, schedule_publication
from newsroom.documents.changeset import find_along_drafts
from newsroom.documents.drafts import build_draft
from newsroom.models import EditorSettings, ReviewEntry, Root
from notifications import receivers
from notifications.actions.delivery import retry_message
from notifications.actions.notices import send_notice, sweep_news
from notifications.models import LEASE_DURATION, MAX_ATTEMPTS, Notice
from tests.factories import InitiativeFactory
from tests.publishing_helpers import FACTORIES, WORKING, url

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)


@pytest.fixture
def person(member):
    """person("reviewer", "rae"): somebody of that group, who has a mail address."""

    def make(role, username, **columns):
        user = member(role)
        for name, value in {"username": username, "email": f"{username}@example.org", **columns}.items():
            setattr(user, name, value)
        user.save()
        return user

    return make


@pytest.fixture
def mei(person):
    return person("author", "mei", first_name="Mei", last_name="Chan")


@pytest.fixture
def rae(person):
    return person("reviewer", "rae")


@pytest.fixture
def ada(person):
    return person("publisher", "ada")


@pytest.fixture
def root():
    return InitiativeFactory(title_en="Institute & co", title_zh_hant="研究院", slug="institute")


@pytest.fixture
def told(mailoutbox):
    """Sweep and deliver; return (recipient, subject) of the mails that left."""

    def now(**options):
        before = len(mailoutbox)
        for notice_id in sweep_news(**options):
            send_notice(notice_id=notice_id, **options)
        return sorted((parseaddr(mail.to[0])[1].partition("@")[0], mail.subject) for mail in mailoutbox[before:])

    return now


def approved(root, by):
    return approve(root=root, by=by, seen=build_draft(root).digest, note="Well done")


def scheduled(root, by):
    draft = build_draft(root)
    drafts = [draft, *find_along_drafts([draft])]
    return schedule_publication(drafts=drafts, at=timezone.now() + SOON, by=by, overruled="It is right")


def ended(row):
    return execute_schedule(schedule_id=row.pk, at=row.publish_at)


def failed(root, by):
    """Schedule what could not be carried out, because others published meanwhile."""
    row = scheduled(root, by)
    for title in (root.title_en, "Published meanwhile"):
        root.title_en = title
        root.save()
        publish(drafts=[build_draft(root)], by=by, overruled="It is right")
    return ended(row)


# Who is told of what


def test_a_request_is_told_to_whom_it_asks(root, mei, rae, ada, told):
    request_review(root=root, by=mei, of=rae)
    assert told() == [("rae", "Review requested: Institute & co")]


def test_a_request_to_all_is_told_to_everybody_who_may_review_but_not_to_who_asks(root, mei, rae, ada, person, told):
    person("reviewer", "gone", is_active=False)
    person("reviewer", "mute", email="")
    person("stranger", "guest")
    by_right = person("stranger", "byright")
    by_right.user_permissions.add(Permission.objects.get(codename="review"))
    request_review(root=root, by=rae)
    assert told() == [("ada", "Review requested: Institute & co"), ("byright", "Review requested: Institute & co")]


def test_approving_and_sending_back_is_told_to_who_asked(root, mei, rae, ada, told):
    request_review(root=root, by=mei)
    told()
    approved(root, rae)
    assert told() == [("mei", "Approved: Institute & co")]
    send_back(root=root, by=ada, note="Look again")
    assert told() == [("mei", "Sent back: Institute & co")]


def test_nobody_is_told_of_what_they_did_themselves(root, rae, told):
    request_review(root=root, by=rae)
    send_back(root=root, by=rae, note="I see it myself")
    assert told() == []


def test_taking_back_and_publishing_are_told_to_nobody(root, mei, rae, ada, told):
    request_review(root=root, by=mei)
    cancel_review_request(root=root, by=mei)
    publish(drafts=[build_draft(root)], by=ada)
    assert told() == []


def test_the_end_of_a_schedule_is_told_to_its_maker(root, ada, rae, told):
    row = scheduled(root, ada)
    assert told() == []
    ended(row)
    assert told() == [("ada", "Published as scheduled: Institute & co")]


def test_a_schedule_that_could_not_be_carried_out_is_told_with_the_reason(root, ada, told, mailoutbox):
    assert failed(root, ada).state == "failed"
    assert told() == [("ada", "Not published: Institute & co")]
    assert "Somebody published this meanwhile" in mailoutbox[0].body


def test_a_cancelled_schedule_is_told_to_nobody(root, ada, told):
    cancel_schedule(schedule_id=scheduled(root, ada).pk, by=ada)
    assert told() == []


# What was answered meanwhile


def answered_by_approval(root, mei, rae, ada):
    approved(root, ada)


def answered_by_sending_back(root, mei, rae, ada):
    send_back(root=root, by=ada, note="Look again")


def taken_back(root, mei, rae, ada):
    cancel_review_request(root=root, by=mei)


def published(root, mei, rae, ada):
    publish(drafts=[build_draft(root)], by=ada)


@pytest.mark.parametrize("answer", [answered_by_approval, answered_by_sending_back, taken_back, published])
def test_a_request_that_was_answered_before_its_mail_left_owes_nothing(root, mei, rae, ada, told, answer):
    request_review(root=root, by=mei)
    waiting = sweep_news()
    answer(root, mei, rae, ada)
    assert not any(send_notice(notice_id=each) for each in waiting)
    assert {each.reason for each in Notice.objects.filter(pk__in=waiting)} == {"answered"}
    assert [who for who, subject in told() if subject.startswith("Review requested")] == []


def test_a_request_that_was_answered_before_any_sweep_owes_nothing(root, mei, rae, ada, told):
    request_review(root=root, by=mei)
    approved(root, ada)
    assert told() == [("mei", "Approved: Institute & co")]


def test_who_asks_again_needs_not_be_told_that_it_was_sent_back(root, mei, rae, told):
    request_review(root=root, by=mei)
    send_back(root=root, by=rae, note="Look again")
    request_review(root=root, by=mei)
    assert told() == [("rae", "Review requested: Institute & co")]


def test_an_approval_is_told_also_when_somebody_else_has_published_since(root, mei, rae, ada, told):
    request_review(root=root, by=mei)
    approved(root, rae)
    publish(drafts=[build_draft(root)], by=ada)
    assert told() == [("mei", "Approved: Institute & co")]


def test_a_second_request_is_another_mail(root, mei, rae, told):
    for _ in range(2):
        request_review(root=root, by=mei, of=rae)
        assert told() == [("rae", "Review requested: Institute & co")]
        cancel_review_request(root=root, by=mei)


def test_what_is_long_past_is_told_to_nobody(root, mei, rae, told):
    request_review(root=root, by=mei)
    assert told(at=timezone.now() + timedelta(days=31)) == []


def test_who_gets_an_address_while_a_request_is_open_is_told(root, mei, rae, told):
    get_user_model().objects.filter(pk=rae.pk).update(email="")
    request_review(root=root, by=mei)
    assert told() == []
    get_user_model().objects.filter(pk=rae.pk).update(email="rae@example.org")
    assert told() == [("rae", "Review requested: Institute & co")]


def test_who_lost_their_account_after_the_sweep_is_sent_nothing(root, mei, rae, told):
    request_review(root=root, by=mei)
    [notice] = sweep_news()
    get_user_model().objects.filter(pk=rae.pk).update(is_active=False)
    assert not send_notice(notice_id=notice)
    assert Notice.objects.get().reason == "unreachable"


# Once


def test_however_often_it_is_swept_it_is_one_mail(root, mei, rae, told):
    request_review(root=root, by=mei)
    assert len(told()) == 1
    assert told() == []
    assert told(at=timezone.now() + timedelta(days=29)) == []
    assert Notice.objects.count() == 1


def test_the_database_holds_one_notice_a_row_and_person_about_one_thing(root, mei, rae, ada):
    request_review(root=root, by=mei, of=rae)
    sweep_news()
    entry, row = ReviewEntry.objects.get(), scheduled(root, ada)
    for columns in ({"review": entry}, {}, {"review": entry, "schedule": row}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(recipient=rae, **columns)


class Killed(BaseException):
    """The process dies here."""


def dies(*args, **kwargs):
    raise Killed


@pytest.fixture
def waiting(root, mei, rae):
    request_review(root=root, by=mei, of=rae)
    [notice_id] = sweep_news()
    return notice_id


def test_killed_between_claim_and_mail_it_is_swept_after_the_lease_and_sent_once(waiting, monkeypatch, mailoutbox):
    now = timezone.now()
    with monkeypatch.context() as dying:
        dying.setattr("notifications.transports.notices.send_notice_email", dies)
        with pytest.raises(Killed):
            send_notice(notice_id=waiting, at=now)
    assert sweep_news(at=now + LEASE_DURATION - timedelta(seconds=1)) == []
    assert sweep_news(at=now + LEASE_DURATION) == [waiting]
    assert send_notice(notice_id=waiting, at=now + LEASE_DURATION)
    assert not send_notice(notice_id=waiting, at=now + LEASE_DURATION)
    assert len(mailoutbox) == 1


def test_killed_between_mail_and_mark_it_is_sent_again_under_the_same_message_id(waiting, monkeypatch, mailoutbox):
    now = timezone.now()
    with monkeypatch.context() as dying:
        dying.setattr("notifications.actions.delivery._close_claim", dies)
        with pytest.raises(Killed):
            send_notice(notice_id=waiting, at=now)
    assert send_notice(notice_id=waiting, at=now + LEASE_DURATION)
    assert len({mail.extra_headers["Message-ID"] for mail in mailoutbox}) == 1


def test_killed_before_the_sweep_the_next_one_finds_it(root, mei, rae, told, monkeypatch):
    request_review(root=root, by=mei)
    with monkeypatch.context() as dying:
        dying.setattr(Notice.objects, "bulk_create", dies)
        with pytest.raises(Killed):
            sweep_news()
    assert [who for who, _subject in told()] == ["rae"]


def test_a_mail_server_that_fails_is_tried_again_and_after_ten_times_by_a_person(
    waiting, superuser, monkeypatch, mailoutbox
):
    now = timezone.now()
    Notice.objects.update(attempts=MAX_ATTEMPTS - 2)
    with monkeypatch.context() as down:
        down.setattr("notifications.transports.notices.send_notice_email", lambda notice: 1 / 0)
        assert not send_notice(notice_id=waiting, at=now)
        assert Notice.objects.get().state == "pending"
        now += timedelta(hours=7)
        assert not send_notice(notice_id=waiting, at=now)
    assert Notice.objects.get().state == "failed"
    assert sweep_news(at=now + timedelta(hours=7)) == []
    assert retry_message(row=Notice.objects.get(), by=superuser)
    assert send_notice(notice_id=waiting, at=now)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_who_sweep_and_send_at_once_one_mail_comes(root, mei, rae, mailoutbox):
    request_review(root=root, by=mei)
    start = Barrier(6)

    def worker():
        start.wait()
        for notice_id in sweep_news():
            send_notice(notice_id=notice_id)
        connection.close()

    threads = [Thread(target=worker) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(mailoutbox) == 1


# The wake-up


@pytest.fixture
def woken(monkeypatch):
    calls = []
    monkeypatch.setattr("notifications.tasks.run_news_sweep.apply_async", lambda **call: calls.append(call))
    return calls


def test_whatever_is_said_wakes_the_sweep_once_it_is_committed(
    root, mei, rae, ada, woken, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        request_review(root=root, by=mei)
        assert woken == []
    assert len(woken) == 1
    with django_capture_on_commit_callbacks(execute=True):
        row = scheduled(root, ada)
    woken.clear()
    with django_capture_on_commit_callbacks(execute=True):
        ended(row)
    assert woken != []


def test_a_broker_that_is_down_stops_nobody(root, mei, rae, told, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("notifications.tasks.run_news_sweep.apply_async", lambda **call: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        request_review(root=root, by=mei)
    assert [who for who, _subject in told()] == ["rae"]


def test_a_broker_that_does_not_answer_is_left_alone_for_a_while(monkeypatch):
    asked = []

    def hang(**_):
        asked.append("once")
        raise OperationalError

    monkeypatch.setattr("notifications.tasks.run_news_sweep.apply_async", hang)
    monkeypatch.setattr(receivers, "ask_again_at", 0.0)
    for _ in range(3):
        receivers.enqueue_sweep()
    assert asked == ["once"]
    receivers.ask_again_at = 0.0  # the while is over
    receivers.enqueue_sweep()
    assert asked == ["once"] * 2


def test_while_one_wake_up_is_sent_no_other_waits_for_it(woken, monkeypatch):
    monkeypatch.setattr(receivers, "ask_again_at", 0.0)
    with receivers.sending_lock:
        receivers.enqueue_sweep()
    assert woken == []
    receivers.enqueue_sweep()
    assert len(woken) == 1


# What the mail says


def test_a_request_links_to_the_review_and_the_form_in_text_and_html(root, mei, rae, told, mailoutbox, settings):
    settings.SITE_URL = "https://tracker.example.org"
    request_review(root=root, by=mei, note="Is <this> right?")
    told()
    [mail] = mailoutbox
    [(html, mime)] = mail.alternatives
    assert mime == "text/html"
    for body in (mail.body, html):
        assert f"https://tracker.example.org{url(root, 'review')}" in body
        assert f"https://tracker.example.org{url(root, 'change')}" in body
    assert "Mei Chan asks for a review of “Institute & co”." in mail.body
    assert "Is <this> right?" in mail.body
    assert "<this>" not in html
    assert mail.extra_headers["Message-ID"] == Notice.objects.get().message_id


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Institute & co"), ("zh-hant", "研究院"), ("zh-hans", "研究院")]
)
def test_every_mail_is_in_the_language_of_whoever_gets_it(root, mei, rae, ada, told, mailoutbox, language, title):
    for user in (mei, rae, ada):
        EditorSettings.objects.create(user=user, language=language)
    request_review(root=root, by=mei, of=rae)
    told()
    approved(root, rae)
    told()
    send_back(root=root, by=rae, note="Look again")
    told()
    ended(scheduled(root, ada))
    told()
    failed(InitiativeFactory(title_en="Second", title_zh_hant="研究院二"), ada)
    told()
    starts = {
        "en": ["Review requested", "Approved", "Sent back", "Published as scheduled", "Not published"],
        "zh-hant": ["要求審閱", "已批准", "已退回", "已按排程發布", "未能發布"],
        "zh-hans": ["要求审阅", "已批准", "已退回", "已按排程发布", "未能发布"],
    }
    assert [mail.subject.split(":")[0].split("：")[0] for mail in mailoutbox] == starts[language]
    assert [title in mail.subject for mail in mailoutbox[:4]] == [True] * 4
    assert {f'<html lang="{language}">' in mail.alternatives[0][0] for mail in mailoutbox} == {True}
    assert f"/{language}/initiatives/institute/" in mailoutbox[3].body


@pytest.mark.parametrize("model", [each for each in WORKING if issubclass(each, Root)], ids=lambda each: each.__name__)
def test_whatever_is_reviewed_or_scheduled_has_a_mail(mei, rae, ada, told, mailoutbox, client, model):
    row = FACTORIES[model]()
    request_review(root=row, by=mei, of=rae)
    assert len(told()) == 1
    ended(scheduled(row, ada))
    assert len(told()) == 1
    [page] = [line for line in mailoutbox[-1].body.splitlines() if "/en/" in line]
    assert client.get(page.removeprefix(settings.SITE_URL)).status_code == 200


def test_the_mail_names_what_was_asked_about_as_it_was_then(root, mei, rae, told):
    request_review(root=root, by=mei)
    root.title_en = "Renamed\nsince"
    root.save()
    assert told() == [("rae", "Review requested: Institute & co")]


def test_a_schedule_whose_root_is_gone_is_told_all_the_same(root, ada, told, mailoutbox):
    ended(scheduled(root, ada))
    type(root).objects.all().delete()
    told()
    assert "/admin/" not in mailoutbox[0].body


# The ledger


def test_it_asks_the_database_as_often_for_three_requests_as_for_one(mei, rae):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            request_review(root=InitiativeFactory(), by=mei)
        with CaptureQueriesContext(connection) as queries:
            sweep_news()
        counts.append(len(queries))
        Notice.objects.all().delete()
    assert counts[0] == counts[1]


def test_the_ledger_is_read_and_only_failed_ones_are_tried_again_by_administrators(waiting, login):
    Notice.objects.update(state="failed", attempts=10)
    ledger = reverse("admin:notifications_notice_changelist")
    retry = {"action": "try_again", "_selected_action": [waiting]}
    for role, state in (("stranger", "failed"), ("publisher", "failed"), ("administrator", "pending")):
        client = login(role)
        assert client.get(ledger).status_code == (403 if role == "stranger" else 200)
        client.post(ledger, retry)
        assert Notice.objects.get().state == state
    page = client.get(ledger).content.decode()
    assert "Institute &amp; co" in page
    assert "Review requested" in page
    assert client.get(reverse("admin:notifications_notice_add")).status_code == 403
    assert client.post(reverse("admin:notifications_notice_delete", args=[waiting])).status_code == 403
