"""The mail of a reminder: text and HTML, in the language of whoever gets it, always under the same Message-ID."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from publishing.models import EditorSettings

from ..choices import Kind
from ..models import Reminder
from .letters import letter
from .messages import Item, Said, said


def send(reminder: Reminder, items: list[Item], *, on: date) -> None:
    message(reminder, items, on=on).send()


def message(reminder: Reminder, items: list[Item], *, on: date) -> EmailMultiAlternatives:
    language = EditorSettings.language_of(reminder.recipient)
    with override(language):
        told = sorted(said(items, on=on, language=language), key=lambda each: (each.initiative, each.title))
        template = "digest" if reminder.rule.kind == Kind.DIGEST else "reminder"
        subject = _digest_subject(told) if template == "digest" else told[0].subject
        return letter(reminder, template, _context(told), subject=subject, language=language)


def _context(told: list[Said]) -> dict:
    windows = [each for each in told if each.schedule == "in_window"]
    return {
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
