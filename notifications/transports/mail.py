"""The mail of a reminder: text and HTML, in the recipient's language, always under the same Message-ID."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from newsroom.models import EditorSettings

from ..choices import ReminderKind
from ..models import Reminder
from .email import build_email
from .messages import MailItem, MailPart, RenderedItem, render_items


def send_reminder_email(reminder: Reminder, items: list[MailItem], *, on: date) -> None:
    build_reminder_email(reminder, items, on=on).send()


def build_reminder_email(reminder: Reminder, items: list[MailItem], *, on: date) -> EmailMultiAlternatives:
    language = EditorSettings.language_of(reminder.recipient)
    with override(language):
        told = sorted(render_items(items, on=on, language=language), key=lambda each: _item_sort_key(each, on))
        template = "digest" if reminder.rule.kind == ReminderKind.DIGEST else "reminder"
        subject = build_digest_headline(told) if template == "digest" else told[0].subject
        context = _build_mail_context(told) | {"missing": len(items) - len(told)}
        return build_email(reminder, template, context, subject=subject, language=language)


def _item_sort_key(said: RenderedItem, on: date) -> tuple:
    """Sort due items by date, those still to come before those past; the others by name."""
    days = (said.due_on < on, said.due_on) if said.part == MailPart.DUE else ()
    return days, said.initiative, said.title


def _build_mail_context(told: list[RenderedItem]) -> dict:
    return {
        "said": told[0],
        "due": _items_in_part(told, MailPart.DUE),
        "to_be_checked": _items_in_part(told, MailPart.PAST),
        "in_window": _items_in_part(told, MailPart.IN_WINDOW),
        "site": settings.SITE_URL,
    }


def _items_in_part(told: list[RenderedItem], part: MailPart) -> list[RenderedItem]:
    return [each for each in told if each.part == part]


def build_digest_headline(told: list[RenderedItem]) -> str:
    """Return what happens first and its name, shortened; if nothing falls due, how much is past its date."""
    if due := _items_in_part(told, MailPart.DUE):
        return _format_headline(due[0], others=len(told) - 1)
    past = len(_items_in_part(told, MailPart.PAST))
    if not past:
        return _("To be checked: what is in its window now")
    return ngettext(
        "To be checked: %(count)d thing past its date", "To be checked: %(count)d things past their date", past
    ) % {"count": past}


def _format_headline(first: RenderedItem, *, others: int) -> str:
    initiative, title = Truncator(first.initiative).chars(30), Truncator(first.title).chars(50)
    values = {"what": capfirst(first.due_text), "name": f"{initiative} – {title}", "count": others}
    if not others:
        return _("%(what)s: %(name)s") % values
    return ngettext("%(what)s: %(name)s, and %(count)d more", "%(what)s: %(name)s, and %(count)d more", others) % values
