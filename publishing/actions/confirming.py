"""Confirming translations: somebody compared them with the English text and found that they say the same."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .. import languages, rules
from ..documents import builder_of, parts_of, type_of
from ..languages import UNREVIEWED
from .permits import Refused, permit
from .verbs import verb


@dataclass(frozen=True)
class Unconfirmed:
    """How many texts of a row and of the facts inside it are unreviewed translations, and a digest of what they say."""

    count: int
    digest: str


def unconfirmed(row) -> Unconfirmed:
    """Return the unreviewed translations of a row and of the facts inside it, counted and digested."""
    found = [
        (each.pk, name, *(getattr(each, column) for column in languages.columns(name)), language)
        for each in (row, *_facts(row))
        for name, language in _waiting(each)
    ]
    return Unconfirmed(len(found), rules.sha256(str(found)))


@verb
def confirm_translations(*, row, seen: str, by) -> int:
    """Mark every unreviewed translation of a row and of the facts inside it as reviewed. Return how many texts.

    seen: the digest of `get_unreviewed_texts` that was shown to the editor. Raises PermissionDenied, or ActionError if
    nothing is unreviewed or it is no longer what was seen.
    """
    options = row._meta
    permit(by, f"{options.app_label}.change_{options.model_name}")
    row = _locked(row)
    now = unconfirmed(row)
    if not now.count:
        raise Refused(_("No translation waits to be confirmed."))
    if now.digest != seen:
        raise Refused(_("The words were changed since you opened the page. Read them as they are now, and try again."))
    for each in (row, *_facts(row)):
        _confirm(each)
    return now.count


def _locked(row):
    """Return the row as stored, and lock it and the facts inside it. Raises ActionError if it was deleted."""
    stored = type(row)._base_manager.select_for_update(no_key=True).filter(pk=row.pk).first()
    if stored is None:
        raise Refused(_("No translation waits to be confirmed."))
    for relation in builder_of(type_of(stored)).parts:
        list(getattr(stored, relation).select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return stored


def _facts(row):
    """Return the facts inside a row."""
    return [fact for relation in builder_of(type_of(row)).parts for fact in parts_of(row, relation)]


def _waiting(row) -> list[tuple[str, str]]:
    """Return (text, language) of each unreviewed translation of a row."""
    return [
        (name, language)
        for name, states in row.text_states.items()
        for language, state in states.items()
        if state.get("state") == UNREVIEWED
    ]


def _confirm(row) -> None:
    """Mark the unreviewed translations of one row as reviewed, and save it."""
    waiting = _waiting(row)
    for name, language in waiting:
        languages.confirm(row, name, language)
    if waiting:
        row.save(update_fields=["text_states", "updated_at"])
