"""Three states of a form brought together: as it was shown, as it is stored now, and as it was sent.

What only one of the two changed is taken; what both changed differently is asked. `Shown` is the first state as
digests, carried by the form itself: {prefix: {row: {unit: digest}}}; the form of the thing itself has no prefix.
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
ROW, AGAIN = "*", "+"  # beside the units of a row: the row itself; what was sent of a row that is gone
MINE, THEIRS = "mine", "theirs"
DELETED = gettext_lazy("Deleted")


@dataclass(frozen=True)
class Conflict:
    """What both changed. `name`: of the choice; `seen`: the digest of what would be taken."""

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
    row: Publishable  # the thing itself, as it is stored
    data: QueryDict
    base: Shown
    at: datetime  # when the form was shown
    new_base: Shown = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)  # what the other changed, in words
    rows: list = field(default_factory=list)  # the stored rows that differ from what was shown

    def known(self, prefix: str, row: str) -> dict[str, str]:
        return self.base.get(prefix, {}).get(row, {})

    def choice(self, name: str, seen: str) -> str:
        """mine, theirs, or nothing: a choice between other values than these is none."""
        chosen, _colon, between = self.data.get(f"_choice-{name}", "").partition(":")
        return chosen if between == seen and chosen in (MINE, THEIRS) else ""


def state(form) -> dict[str, str]:
    """{unit: digest} of a form as it is stored."""
    return {unit.name: digest(stored(form, unit)) for unit in units_of(form)}


def merge_row(merge: Merge, form, *, prefix: str = "", row: str = "", at: str = "") -> None:
    """One stored row, and what was sent of it under the prefix `at`."""
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
        return  # nobody wrote what is stored; it would be converted anew
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
    """A row I deleted: what if the other wrote in it?"""
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
    """A row the other deleted, `form` an empty one of its kind. Whether what was sent of it stays, as a new row."""
    known, units = merge.known(prefix, row), units_of(form)
    values = {unit.name: posted(form, unit, merge.data, at) for unit in units}
    untouched = all(digest(values[name]) == known.get(name) for name in values)
    if untouched or merge.data.get(f"{at}-DELETE"):
        if untouched:
            merge.taken.append(_("%(kind)s: deleted") % {"kind": capfirst(form._meta.model._meta.verbose_name)})
        return False
    return ask_again(merge, form, prefix=prefix, row=row, at=at)


def ask_again(merge: Merge, form, *, prefix: str, row: str, at: str) -> bool:
    """Whether my text of a row that is gone is kept; asked until it was chosen."""
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
    """The digest of a whole sent row."""
    return digest([part for unit in units_of(form) for part in posted(form, unit, data, at)])


def is_generated(row, column: str) -> bool:
    """Whether the stored text of this column was converted, not written."""
    for name, states in row.text_states.items():
        if column == f"{name}_zh_hans":
            return states.get("zh-hans", {}).get("state") == CONVERTED
    return False


def title_of(row) -> str:
    return f"{capfirst(row._meta.verbose_name)} “{row}”"


def _label(unit: Unit) -> str:
    return str(unit.label)
