"""Confirming translations: somebody compared them with the English text and found that they say the same."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from record import languages
from record.documents.canonical_json import sha256_hex
from record.languages import UNREVIEWED

from ..documents.prefetch import get_embedded_rows
from ..documents.registry import get_published_type, get_row_type
from .decorators import audited_action
from .permissions import ActionError, perm, require_perm


@dataclass(frozen=True)
class UnreviewedTexts:
    """How many texts of a row and of the facts inside it are unreviewed translations, and a digest of what they say."""

    count: int
    digest: str


def get_unreviewed_texts(row) -> UnreviewedTexts:
    """Return the unreviewed translations of a row and of the facts inside it, counted and digested."""
    found = [
        (each.pk, name, *(getattr(each, column) for column in languages.get_text_columns(name)), language)
        for each in (row, *_embedded_facts(row))
        for name, language in _list_unreviewed(each)
    ]
    return UnreviewedTexts(len(found), sha256_hex(str(found)))


@audited_action
def confirm_translations(*, row, seen: str, by) -> int:
    """Mark every unreviewed translation of a row and of the facts inside it as reviewed. Return how many texts.

    seen: the digest of `get_unreviewed_texts` that was shown to the editor. Raises PermissionDenied, or ActionError if
    nothing is unreviewed or it is no longer what was seen.
    """
    require_perm(by, perm(row, "change"))
    row = _lock_row_and_facts(row)
    now = get_unreviewed_texts(row)
    if not now.count:
        raise ActionError(_("No translation waits to be confirmed."))
    if now.digest != seen:
        raise ActionError(
            _("The words were changed since you opened the page. Read them as they are now, and try again.")
        )
    for each in (row, *_embedded_facts(row)):
        _mark_row_reviewed(each)
    return now.count


def _lock_row_and_facts(row):
    """Return the row as stored, and lock it and the facts inside it. Raises ActionError if it was deleted."""
    stored = type(row)._base_manager.select_for_update(no_key=True).filter(pk=row.pk).first()
    if stored is None:
        raise ActionError(_("No translation waits to be confirmed."))
    for relation in get_published_type(get_row_type(stored)).embedded:
        list(getattr(stored, relation).select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return stored


def _embedded_facts(row):
    """Return the facts inside a row."""
    relations = get_published_type(get_row_type(row)).embedded
    return [fact for relation in relations for fact in get_embedded_rows(row, relation)]


def _list_unreviewed(row) -> list[tuple[str, str]]:
    """Return (text, language) of each unreviewed translation of a row."""
    return [
        (name, language)
        for name, states in row.text_states.items()
        for language, state in states.items()
        if state.get("state") == UNREVIEWED
    ]


def _mark_row_reviewed(row) -> None:
    """Mark the unreviewed translations of one row as reviewed, and save it."""
    waiting = _list_unreviewed(row)
    for name, language in waiting:
        languages.mark_reviewed(row, name, language)
    if waiting:
        row.save(update_fields=["text_states", "updated_at"])
