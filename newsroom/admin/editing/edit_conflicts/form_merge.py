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

from record.languages import CONVERTED

from ....models import Publishable
from ..fieldsets import map_column_languages
from .form_values import (
    FieldGroup,
    digest_values,
    display_field_group,
    get_posted_values,
    get_stored_values,
    group_form_fields,
    write_stored_values,
)

BaseDigests = dict[str, dict[str, dict[str, str]]]
WHOLE_ROW, RESUBMITTED = "*", "+"  # keys beside a row's field groups: the whole row; the digest of a resubmitted row
MINE, THEIRS = "mine", "theirs"
DELETED_LABEL = gettext_lazy("Deleted")


@dataclass(frozen=True)
class EditConflict:
    """A value that both editors changed.

    `name`: of the choice in the POST data. `row_title`: of the row in an inline, "" for the main form. `their_digest`:
    the digest of the stored value that would be taken.
    """

    name: str
    row_title: str
    label: str
    theirs: str
    mine: str
    their_digest: str
    language: str = ""
    chosen: str = ""


@dataclass
class FormMerge:
    """State of the merge of one posted page, from its main form to its inlines."""

    row: Publishable  # the row of the main form, as it is stored
    data: QueryDict
    base_digests: BaseDigests
    shown_at: datetime  # when the form was shown
    new_base: BaseDigests = field(default_factory=dict)
    conflicts: list[EditConflict] = field(default_factory=list)
    taken_over: list[str] = field(default_factory=list)  # labels of what was taken over from the other editor
    changed_rows: list = field(default_factory=list)  # the stored rows that differ from what was shown

    def base_of(self, prefix: str, row: str) -> dict[str, str]:
        """Return the digests of a row as it was shown; {} if it was not shown."""
        return self.base_digests.get(prefix, {}).get(row, {})

    def get_choice(self, name: str, seen: str) -> str:
        """Return the editor's choice, “mine” or “theirs”; "" if none was made against the value stored now."""
        chosen, _colon, between = self.data.get(f"_choice-{name}", "").partition(":")
        return chosen if between == seen and chosen in (MINE, THEIRS) else ""


def digest_form(form) -> dict[str, str]:
    """Return {field group: digest} of the stored values of a form."""
    return {unit.key: digest_values(get_stored_values(form, unit)) for unit in group_form_fields(form)}


def merge_stored_row(merge: FormMerge, form, *, prefix: str = "", row: str = "", at: str = "") -> None:
    """Merge one stored row with what was posted of it.

    `form`: an unbound form of the stored row. `prefix`, `row`: of the inline and the row, "" for the main form. `at`:
    the prefix of the posted fields.
    """
    known, now = merge.base_of(prefix, row), digest_form(form)
    merge.new_base.setdefault(prefix, {})[row] = now
    if any(known.get(name, each) != each for name, each in now.items()):
        merge.changed_rows.append(form.instance)
    if prefix and merge.data.get(f"{at}-DELETE"):
        _merge_deletion(merge, form, known, now, name=f"{prefix}-{row}", at=at)
        return
    for unit in group_form_fields(form):
        if known.get(unit.key, now[unit.key]) != now[unit.key]:
            _merge_field_group(merge, form, unit, known[unit.key], prefix=prefix, row=row, at=at)


def _merge_field_group(merge: FormMerge, form, unit: FieldGroup, known: str, *, prefix: str, row: str, at: str) -> None:
    """Merge a field group that was stored anew since the form was shown.

    The stored value is taken if the posted one is as it was shown, or if the editor chose so. A text converted from
    the other script never makes a conflict: nobody wrote it.
    """
    theirs, mine = get_stored_values(form, unit), get_posted_values(form, unit, merge.data, at)
    where = format_row_title(form.instance) if prefix else ""
    if mine == theirs:
        return
    if digest_values(mine) == known:
        write_stored_values(form, unit, merge.data, at)
        if not is_converted_text(form.instance, unit.key):
            merge.taken_over.append(f"{where}: {_group_label(unit)}" if where else _group_label(unit))
        return
    if is_converted_text(form.instance, unit.key):
        return  # nobody wrote the stored text: it will be converted anew
    name, seen = "-".join(filter(None, (prefix, row, unit.key))), digest_values(theirs)
    match merge.get_choice(name, seen):
        case "theirs":
            write_stored_values(form, unit, merge.data, at)
        case "":
            merge.new_base[prefix][row][unit.key] = known
            language = map_column_languages(form._meta.model).get(unit.key, "")
            values = (display_field_group(form, unit, theirs), display_field_group(form, unit, mine))
            merge.conflicts.append(EditConflict(name, where, unit.label, *values, seen, language))


def _merge_deletion(merge: FormMerge, form, known, now, *, name: str, at: str) -> None:
    """Merge a row that this editor deleted: a conflict if the other changed it meanwhile."""
    units = [unit for unit in group_form_fields(form) if known.get(unit.key, now[unit.key]) != now[unit.key]]
    if not units:
        return
    seen = digest_values(list(now.values()))
    match merge.get_choice(f"{name}-{WHOLE_ROW}", seen):
        case "theirs":
            merge.data.pop(f"{at}-DELETE")
            for unit in group_form_fields(form):
                write_stored_values(form, unit, merge.data, at)
        case "":
            prefix, row = name.rsplit("-", 1)
            merge.new_base[prefix][row] |= {unit.key: known[unit.key] for unit in units}
            written = "\n".join(
                f"{_group_label(unit)}: {display_field_group(form, unit, get_stored_values(form, unit))}"
                for unit in units
            )
            where = format_row_title(form.instance)
            merge.conflicts.append(EditConflict(f"{name}-{WHOLE_ROW}", where, "", written, str(DELETED_LABEL), seen))


def merge_deleted_row(merge: FormMerge, form, *, prefix: str, row: str, at: str) -> bool:
    """Merge a row that the other editor deleted. Return True if its posted values stay, as a new row.

    `form`: an empty form of its kind. Values that this editor did not change are dropped.
    """
    known, units = merge.base_of(prefix, row), group_form_fields(form)
    values = {unit.key: get_posted_values(form, unit, merge.data, at) for unit in units}
    untouched = all(digest_values(values[name]) == known.get(name) for name in values)
    if untouched or merge.data.get(f"{at}-DELETE"):
        if untouched:
            merge.taken_over.append(_("%(kind)s: deleted") % {"kind": capfirst(form._meta.model._meta.verbose_name)})
        return False
    return resolve_resubmitted_row(merge, form, prefix=prefix, row=row, at=at)


def resolve_resubmitted_row(merge: FormMerge, form, *, prefix: str, row: str, at: str) -> bool:
    """Return True if the resubmitted row is kept; add a conflict until the editor has chosen."""
    units, name = group_form_fields(form), f"{prefix}-{row}-{WHOLE_ROW}"
    chosen = merge.get_choice(name, WHOLE_ROW)
    if chosen:
        return chosen == MINE
    values = {unit: get_posted_values(form, unit, merge.data, at) for unit in units}
    written = [
        f"{_group_label(unit)}: {display_field_group(form, unit, each)}" for unit, each in values.items() if any(each)
    ]
    merge.new_base.setdefault(prefix, {})[row] = {
        RESUBMITTED: digest_values([part for each in values.values() for part in each])
    }
    kind = capfirst(form._meta.model._meta.verbose_name)
    merge.conflicts.append(EditConflict(name, kind, "", str(DELETED_LABEL), "\n".join(written), WHOLE_ROW))
    return True


def digest_posted_row(form, data, at: str) -> str:
    """Return the digest of a whole posted row."""
    return digest_values([part for unit in group_form_fields(form) for part in get_posted_values(form, unit, data, at)])


def is_converted_text(row, column: str) -> bool:
    """Return True if the stored text of this column was converted from Traditional Chinese, not written."""
    for name, states in row.text_states.items():
        if column == f"{name}_zh_hans":
            return states.get("zh-hans", {}).get("state") == CONVERTED
    return False


def format_row_title(row) -> str:
    """Return the kind and name of a row, such as “Milestone “Opening””."""
    return f"{capfirst(row._meta.verbose_name)} “{row}”"


def _group_label(unit: FieldGroup) -> str:
    """Return the label of a field group as plain text."""
    return str(unit.label)
