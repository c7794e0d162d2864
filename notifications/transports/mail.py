"""The mail of a reminder: text and HTML, in the language of whoever gets it, always under the same Message-ID."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from publishing.models import EditorSettings

from ..choices import Kind
from ..models import Reminder
from .messages import Item, Said, said


def send(reminder: Reminder, items: list[Item], *, on: date) -> None:
    message(reminder, items, on=on).send()


def message(reminder: Reminder, items: list[Item], *, on: date) -> EmailMultiAlternatives:
    language = EditorSettings.language_of(reminder.recipient)
    with override(language):
        told = sorted(said(items, on=on, language=language), key=lambda each: (each.initiative, each.title))
        template = "digest" if reminder.rule.kind == Kind.DIGEST else "reminder"
        subject = _digest_subject(told) if template == "digest" else told[0].subject
        context = _context(reminder, told) | {"subject": subject, "language": language}
        text, html = (render_to_string(f"notifications/{template}.{kind}", context) for kind in ("txt", "html"))
    headers = {"Message-ID": reminder.message_id, "Auto-Submitted": "auto-generated"}
    one_line = " ".join(subject.split())  # a title with a line break in it would be no header
    mail = EmailMultiAlternatives(one_line, text, to=[reminder.recipient.email], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail


def _context(reminder: Reminder, told: list[Said]) -> dict:
    windows = [each for each in told if each.schedule == "in_window"]
    return {
        "name": reminder.recipient.get_short_name() or reminder.recipient.get_username(),
        "said": told[0],
        "to_be_checked": [each for each in told if each not in windows],
        "in_window": windows,
        "site": settings.SITE_URL,
    }


def _digest_subject(told: list[Said]) -> str:
    past = sum(each.schedule != "in_window" for each in told)
    if not past:
        return _("To be checked: what is in its window now")
    return ngettext(
        "To be checked: %(count)d thing past its date", "To be checked: %(count)d things past their date", past
    ) % {"count": past}
