"""Confirm translations: somebody has read them beside their English, and they say the same."""

from django.utils.translation import gettext as _

from .. import languages
from ..documents import builder_of, type_of
from ..languages import UNREVIEWED
from .permits import Refused, permit
from .verbs import verb


@verb
def confirm_translations(*, row, by) -> int:
    """Every unreviewed translation of a row and of the facts inside it. Gives how many texts.

    Raises PermissionDenied, or Refused where none waits.
    """
    options = row._meta
    permit(by, f"{options.app_label}.change_{options.model_name}")
    count = sum(_confirm(each) for each in (row, *_facts(row)))
    if not count:
        raise Refused(_("No translation waits to be confirmed."))
    return count


def _facts(row):
    return (fact for relation in builder_of(type_of(row)).parts for fact in getattr(row, relation).all())


def _confirm(row) -> int:
    waiting = [
        (name, language)
        for name, states in row.text_states.items()
        for language, state in states.items()
        if state.get("state") == UNREVIEWED
    ]
    for name, language in waiting:
        languages.confirm(row, name, language)
    if waiting:
        row.save()
    return len(waiting)
