"""Merge of the rows of an inline.

Rows that the other editor added stay, this editor's rows are renumbered to follow them, and deleted rows are asked
about.
"""

import re

from django.utils.translation import gettext as _

from .form_merge import (
    RESUBMITTED,
    FormMerge,
    digest_form,
    digest_posted_row,
    format_row_title,
    merge_deleted_row,
    merge_stored_row,
    resolve_resubmitted_row,
)


def merge_formset(merge: FormMerge, formset) -> None:
    """Merge a formset with the posted data, and leave in the data only rows that can be saved, numbered anew.

    `formset`: unbound, of the stored rows.
    """
    prefix, key = formset.prefix, formset.model._meta.pk.name
    forms = {str(form.instance.pk): form for form in formset.initial_forms}
    initial, total = (_read_form_count(merge, formset, name) for name in ("INITIAL_FORMS", "TOTAL_FORMS"))
    kept, again = [], []
    for index in range(initial):
        at = f"{prefix}-{index}"
        row = merge.data.get(f"{at}-{key}", "")
        if row in forms:
            merge_stored_row(merge, forms[row], prefix=prefix, row=row, at=at)
            kept.append(index)
        elif not merge.base_of(prefix, row):
            kept.append(index)  # the form never showed it: its own validation decides
        elif merge_deleted_row(merge, formset.empty_form, prefix=prefix, row=row, at=at):
            again.append(index)
    new = _filter_resubmitted(merge, formset, list(range(initial, total)))
    _merge_added_rows(merge, prefix, forms)
    if (kept, again, new) != (list(range(initial)), [], list(range(initial, total))):
        _renumber_rows(merge.data, prefix, kept, again + new, key)


def _read_form_count(merge: FormMerge, formset, name: str) -> int:
    """Return a number of the posted management form, at most the formset's absolute maximum; 0 if it is none."""
    sent_number = merge.data.get(f"{formset.prefix}-{name}", "")
    return min(int(sent_number), formset.absolute_max) if sent_number.isdecimal() else 0


def _filter_resubmitted(merge: FormMerge, formset, new: list[int]) -> list[int]:
    """Return the new rows to keep: those that the editor was asked about may be dropped by choice."""
    prefix = formset.prefix
    for row, known in merge.base_digests.get(prefix, {}).items():
        if RESUBMITTED not in known:
            continue
        same = (
            at
            for at in new
            if digest_posted_row(formset.empty_form, merge.data, f"{prefix}-{at}") == known[RESUBMITTED]
        )
        index = next(same, None)
        if index is not None and not resolve_resubmitted_row(
            merge, formset.empty_form, prefix=prefix, row=row, at=f"{prefix}-{index}"
        ):
            new.remove(index)
    return new


def _merge_added_rows(merge: FormMerge, prefix: str, forms: dict) -> None:
    """Note the rows that the other editor added meanwhile."""
    for row, form in forms.items():
        if prefix in merge.base_digests and row not in merge.base_digests[prefix]:
            merge.changed_rows.append(form.instance)
            merge.taken_over.append(_("%(row)s: added") % {"row": format_row_title(form.instance)})
        merge.new_base.setdefault(prefix, {}).setdefault(row, digest_form(form))


def _renumber_rows(data, prefix: str, initial: list[int], new: list[int], key: str) -> None:
    """Renumber the posted rows and correct the management form.

    `initial`, `new`: the present numbers of the stored and the new rows to keep; other rows are dropped. `key`: the
    primary key's field, which new rows lose.
    """
    places = {str(old): place for place, old in enumerate([*initial, *new])}
    fresh = {str(index) for index in new}
    pattern, moved = re.compile(rf"{re.escape(prefix)}-(\d+)-(.+)"), {}
    for name in list(data):
        if not (found := pattern.fullmatch(name)):
            continue
        index, rest = found.groups()
        values = data.pop(name)
        if index in places and not (index in fresh and rest == key):
            moved[f"{prefix}-{places[index]}-{rest}"] = values
    for name, values in moved.items():
        data.setlist(name, values)
    data[f"{prefix}-INITIAL_FORMS"], data[f"{prefix}-TOTAL_FORMS"] = str(len(initial)), str(len(places))


def strip_row_keys(sent, formsets: list):
    """Return the posted data of a row and its inlines as if nothing of it had been stored.

    `formsets`: their classes.
    """
    data = sent.copy()
    for formset in formsets:
        prefix = formset.get_default_prefix()
        parent = formset.fk.name if hasattr(formset, "fk") else ""
        for name in [each for each in data if re.fullmatch(rf"{re.escape(prefix)}-\d+-(id|{parent})", each)]:
            del data[name]
        data[f"{prefix}-INITIAL_FORMS"] = "0"
    return data
