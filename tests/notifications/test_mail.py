"""What a reminder's mail says."""

from datetime import date

import pytest
from django.utils.translation import override

from newsroom.models import EditorSettings
from notifications.choices import ReminderKind
from notifications.transports.messages import MailItem, describe_due_date
from record.dates import FuzzyDate
from tests.factories import InitiativeFactory, MilestoneFactory, StatementFactory, published

ON = date(2027, 6, 1)
SUBJECT = ("milestone", "00000000-0000-0000-0000-000000000001")


@pytest.fixture
def milestone(superuser):
    initiative = InitiativeFactory(slug="institute", title_en="Institute & co", title_zh_hant="研究院")
    milestone = MilestoneFactory(initiative=initiative, title_en="Opens <soon>", title_zh_hant="投入運作")
    promised = FuzzyDate.ending_on(date(2027, 12, 31), "half", phrase="second half of 2027")
    StatementFactory(milestone=milestone, promised=promised)
    return published(milestone)


@pytest.mark.django_db
def test_a_mail_is_text_and_html_and_links_to_the_form_and_the_page(author, milestone, mails, mailoutbox, settings):
    settings.SITE_URL = "https://tracker.example.org"
    mails(ON)
    [mail] = mailoutbox
    form = f"https://tracker.example.org/admin/initiatives/milestone/{milestone.pk}/change/"
    page = f"https://tracker.example.org/en/initiatives/institute/#milestone-{milestone.content_id}"
    [(html, mime)] = mail.alternatives
    assert mime == "text/html"
    for body in (mail.body, html):
        assert form in body
        assert page in body
        assert "“second half of 2027” (second half of 2027)" in body
    assert "Institute & co\nOpens <soon>\nits window opens in 30 days, on 1 July 2027\n" in mail.body
    assert "Opens &lt;soon&gt;" in html
    assert "Opens <soon>" not in html
    assert mail.subject == "Institute & co – Opens <soon>: its window opens in 30 days, on 1 July 2027"


@pytest.mark.django_db
def test_a_mail_is_in_the_language_of_whoever_gets_it(author, milestone, mails, mailoutbox):
    EditorSettings.objects.create(user=author, language="zh-hant")
    mails(ON)
    [mail] = mailoutbox
    assert mail.subject.startswith("研究院 – 投入運作")
    assert "/zh-hant/initiatives/institute/" in mail.body
    assert '<html lang="zh-hant">' in mail.alternatives[0][0]


@pytest.mark.django_db
def test_a_title_of_two_lines_makes_one_subject(author, milestone, mails, mailoutbox):
    milestone.title_en = "Opens\nsoon"
    milestone.save()
    published(milestone)
    [(_to, subject)] = mails(ON)
    assert subject.startswith("Institute & co – Opens soon: ")
    assert mailoutbox[0].message()["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db
def test_the_links_lead_to_the_form_and_to_its_place_on_the_page(
    author, milestone, mails, mailoutbox, settings, client, superuser
):
    mails(ON)
    form, page = (line for line in mailoutbox[0].body.splitlines() if line.startswith(settings.SITE_URL))
    client.force_login(superuser)
    assert client.get(form.removeprefix(settings.SITE_URL)).status_code == 200
    address, _hash, place = page.removeprefix(settings.SITE_URL).partition("#")
    assert f'id="{place}"' in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("kind", "due_on", "schedule", "words"),
    [
        (ReminderKind.WINDOW_OPENS, date(2027, 6, 2), "due_soon", "its window opens in 1 day, on 2 June 2027"),
        (ReminderKind.WINDOW_OPENS, date(2027, 5, 31), "in_window", "its window opened on 31 May 2027"),
        (ReminderKind.WINDOW_CLOSES, ON, "in_window", "its window closes today, 1 June 2027"),
        (ReminderKind.WINDOW_CLOSES, date(2027, 5, 30), "overdue", "overdue since 30 May 2027"),
        (ReminderKind.PAST_WINDOW, date(2027, 5, 25), "overdue", "overdue since 25 May 2027"),
        (ReminderKind.TARGET_DATE, date(2027, 6, 3), "not_due", "its target date is in 2 days, on 3 June 2027"),
        (ReminderKind.TARGET_DATE, date(2027, 5, 3), "unknown", "its target date was 3 May 2027"),
    ],
)
def test_what_and_when_is_told_as_of_the_day_it_is_sent(kind, due_on, schedule, words):
    with override("en"):
        assert describe_due_date(MailItem(SUBJECT, kind, due_on, schedule), on=ON) == words
