"""The mail of a reminder: text and HTML, in the recipient's language, always under the same Message-ID."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from publishing.models import EditorSettings

from ..choices import Kind
from ..models import Reminder
from .letters import letter
from .messages import Item, Part, Said, said


def send(reminder: Reminder, items: list[Item], *, on: date) -> None:
    message(reminder, items, on=on).send()


def message(reminder: Reminder, items: list[Item], *, on: date) -> EmailMultiAlternatives:
    language = EditorSettings.language_of(reminder.recipient)
    with override(language):
        told = sorted(said(items, on=on, language=language), key=lambda each: _order(each, on))
        template = "digest" if reminder.rule.kind == Kind.DIGEST else "reminder"
        subject = digest_subject(told) if template == "digest" else told[0].subject
        context = _context(told) | {"missing": len(items) - len(told)}
        return letter(reminder, template, context, subject=subject, language=language)


def _order(said: Said, on: date) -> tuple:
    """Sort due items by date, those still to come before those past; the others by name."""
    days = (said.due_on < on, said.due_on) if said.part == Part.DUE else ()
    return days, said.initiative, said.title


def _context(told: list[Said]) -> dict:
    return {
        "said": told[0],
        "due": _part(told, Part.DUE),
        "to_be_checked": _part(told, Part.PAST),
        "in_window": _part(told, Part.IN_WINDOW),
        "site": settings.SITE_URL,
    }


def _part(told: list[Said], part: Part) -> list[Said]:
    return [each for each in told if each.part == part]


def digest_subject(told: list[Said]) -> str:
    """Return what happens first and its name, shortened; if nothing falls due, how much is past its date."""
    if due := _part(told, Part.DUE):
        return _several(due[0], others=len(told) - 1)
    past = len(_part(told, Part.PAST))
    if not past:
        return _("To be checked: what is in its window now")
    return ngettext(
        "To be checked: %(count)d thing past its date", "To be checked: %(count)d things past their date", past
    ) % {"count": past}


def _several(first: Said, *, others: int) -> str:
    initiative, title = Truncator(first.initiative).chars(30), Truncator(first.title).chars(50)
    values = {"what": capfirst(first.what), "name": f"{initiative} – {title}", "count": others}
    if not others:
        return _("%(what)s: %(name)s") % values
    return ngettext("%(what)s: %(name)s, and %(count)d more", "%(what)s: %(name)s, and %(count)d more", others) % values
