"""Three-way merge of a form: as it was shown, as it is stored now, and as it was posted.

What only one editor changed is taken; where both changed a value differently, the editor is asked. `BaseDigests` is
the first of the three, as digests that the form itself carries: {prefix: {row: {field group: digest}}}. The main form
has the prefix "".
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..languages import CONVERTED
from ..models import Publishable
from .layout import language_of_columns
from .posted import Unit, digest, posted, put, shown, stored, units_of

Shown = dict[str, dict[str, dict[str, str]]]
ROW, AGAIN = "*", "+"  # keys beside a row's field groups: the whole row; the digest of a resubmitted row
MINE, THEIRS = "mine", "theirs"
DELETED = gettext_lazy("Deleted")


@dataclass(frozen=True)
class Conflict:
    """A value that both editors changed.

    `name`: of the choice in the POST data. `where`: the row in an inline, "" for the main form. `seen`: the digest of
    the stored value that would be taken.
    """

    name: str
    where: str
    label: str
    theirs: str
    mine: str
    seen: str
    language: str = ""
    chosen: str = ""


@dataclass
class Merge:
    """State of the merge of one posted page, from its main form to its inlines."""

    row: Publishable  # the row of the main form, as it is stored
    data: QueryDict
    base: Shown
    at: datetime  # when the form was shown
    new_base: Shown = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)  # labels of what was taken over from the other editor
    rows: list = field(default_factory=list)  # the stored rows that differ from what was shown

    def known(self, prefix: str, row: str) -> dict[str, str]:
        """Return the digests of a row as it was shown; {} if it was not shown."""
        return self.base.get(prefix, {}).get(row, {})

    def choice(self, name: str, seen: str) -> str:
        """Return the editor's choice, “mine” or “theirs”; "" if none was made against the value stored now."""
        chosen, _colon, between = self.data.get(f"_choice-{name}", "").partition(":")
        return chosen if between == seen and chosen in (MINE, THEIRS) else ""


def state(form) -> dict[str, str]:
    """Return {field group: digest} of the stored values of a form."""
    return {unit.name: digest(stored(form, unit)) for unit in units_of(form)}


def merge_row(merge: Merge, form, *, prefix: str = "", row: str = "", at: str = "") -> None:
    """Merge one stored row with what was posted of it.

    `form`: an unbound form of the stored row. `prefix`, `row`: of the inline and the row, "" for the main form. `at`:
    the prefix of the posted fields.
    """
    known, now = merge.known(prefix, row), state(form)
    merge.new_base.setdefault(prefix, {})[row] = now
    if any(known.get(name, each) != each for name, each in now.items()):
        merge.rows.append(form.instance)
    if prefix and merge.data.get(f"{at}-DELETE"):
        _merge_deletion(merge, form, known, now, name=f"{prefix}-{row}", at=at)
        return
    for unit in units_of(form):
        if known.get(unit.name, now[unit.name]) != now[unit.name]:
            _merge_unit(merge, form, unit, known[unit.name], prefix=prefix, row=row, at=at)


def _merge_unit(merge: Merge, form, unit: Unit, known: str, *, prefix: str, row: str, at: str) -> None:
    """Merge a field group that was stored anew since the form was shown.

    The stored value is taken if the posted one is as it was shown, or if the editor chose so. A text converted from
    the other script never makes a conflict: nobody wrote it.
    """
    theirs, mine = stored(form, unit), posted(form, unit, merge.data, at)
    where = title_of(form.instance) if prefix else ""
    if mine == theirs:
        return
    if digest(mine) == known:
        put(form, unit, merge.data, at)
        if not is_generated(form.instance, unit.name):
            merge.taken.append(f"{where}: {_label(unit)}" if where else _label(unit))
        return
    if is_generated(form.instance, unit.name):
        return  # nobody wrote the stored text: it will be converted anew
    name, seen = "-".join(filter(None, (prefix, row, unit.name))), digest(theirs)
    match merge.choice(name, seen):
        case "theirs":
            put(form, unit, merge.data, at)
        case "":
            merge.new_base[prefix][row][unit.name] = known
            language = language_of_columns(form._meta.model).get(unit.name, "")
            values = (shown(form, unit, theirs), shown(form, unit, mine))
            merge.conflicts.append(Conflict(name, where, unit.label, *values, seen, language))


def _merge_deletion(merge: Merge, form, known, now, *, name: str, at: str) -> None:
    """Merge a row that this editor deleted: a conflict if the other changed it meanwhile."""
    units = [unit for unit in units_of(form) if known.get(unit.name, now[unit.name]) != now[unit.name]]
    if not units:
        return
    seen = digest(list(now.values()))
    match merge.choice(f"{name}-{ROW}", seen):
        case "theirs":
            merge.data.pop(f"{at}-DELETE")
            for unit in units_of(form):
                put(form, unit, merge.data, at)
        case "":
            prefix, row = name.rsplit("-", 1)
            merge.new_base[prefix][row] |= {unit.name: known[unit.name] for unit in units}
            written = "\n".join(f"{_label(unit)}: {shown(form, unit, stored(form, unit))}" for unit in units)
            where = title_of(form.instance)
            merge.conflicts.append(Conflict(f"{name}-{ROW}", where, "", written, str(DELETED), seen))


def merge_gone(merge: Merge, form, *, prefix: str, row: str, at: str) -> bool:
    """Merge a row that the other editor deleted. Return True if its posted values stay, as a new row.

    `form`: an empty form of its kind. Values that this editor did not change are dropped.
    """
    known, units = merge.known(prefix, row), units_of(form)
    values = {unit.name: posted(form, unit, merge.data, at) for unit in units}
    untouched = all(digest(values[name]) == known.get(name) for name in values)
    if untouched or merge.data.get(f"{at}-DELETE"):
        if untouched:
            merge.taken.append(_("%(kind)s: deleted") % {"kind": capfirst(form._meta.model._meta.verbose_name)})
        return False
    return ask_again(merge, form, prefix=prefix, row=row, at=at)


def ask_again(merge: Merge, form, *, prefix: str, row: str, at: str) -> bool:
    """Return True if the resubmitted row is kept; add a conflict until the editor has chosen."""
    units, name = units_of(form), f"{prefix}-{row}-{ROW}"
    chosen = merge.choice(name, ROW)
    if chosen:
        return chosen == MINE
    values = {unit: posted(form, unit, merge.data, at) for unit in units}
    written = [f"{_label(unit)}: {shown(form, unit, each)}" for unit, each in values.items() if any(each)]
    merge.new_base.setdefault(prefix, {})[row] = {AGAIN: digest([part for each in values.values() for part in each])}
    kind = capfirst(form._meta.model._meta.verbose_name)
    merge.conflicts.append(Conflict(name, kind, "", str(DELETED), "\n".join(written), ROW))
    return True


def sent(form, data, at: str) -> str:
    """Return the digest of a whole posted row."""
    return digest([part for unit in units_of(form) for part in posted(form, unit, data, at)])


def is_generated(row, column: str) -> bool:
    """Return True if the stored text of this column was converted from Traditional Chinese, not written."""
    for name, states in row.text_states.items():
        if column == f"{name}_zh_hans":
            return states.get("zh-hans", {}).get("state") == CONVERTED
    return False


def title_of(row) -> str:
    """Return the kind and name of a row, such as “Milestone “Opening””."""
    return f"{capfirst(row._meta.verbose_name)} “{row}”"


def _label(unit: Unit) -> str:
    """Return the label of a field group as plain text."""
    return str(unit.label)
