"""Comparable text of what a form shows and of what comes back: stored and posted values are written alike.

A field group is what is kept or given up as a whole: mostly one field, but all columns of a fuzzy date together.
"""

import hashlib
import json
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import InlineForeignKeyField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ....fields import get_date_groups
from ..amounts import AmountField

DIGEST_LENGTH = 8  # 48 bits: enough to detect a change, and it protects no secret


@dataclass(frozen=True)
class FieldGroup:
    """Fields that are kept or given up together. `names`: theirs in the form."""

    names: tuple[str, ...]
    label: str

    @property
    def key(self) -> str:
        """The key of the group: the name of its first field."""
        return self.names[0]


def group_form_fields(form) -> list[FieldGroup]:
    """Group the fields of a form, in its order.

    Disabled fields, the primary key, the deletion checkbox and the key that ties a row to its parent are left out.
    """
    model = form._meta.model
    groups = {
        name: (group.columns, capfirst(group.label)) for group in get_date_groups(model) for name in group.columns
    }
    groups |= {name: (names, None) for names in getattr(form, "together", ()) for name in names}
    found = {}
    for name, field in form.fields.items():
        if field.disabled or isinstance(field, InlineForeignKeyField) or name in (model._meta.pk.name, "DELETE"):
            continue
        names, label = groups.get(name, ((name,), None))
        names = tuple(each for each in names if each in form.fields)
        found.setdefault(names, FieldGroup(names, label or form.fields[names[0]].label))
    return list(found.values())


def get_stored_values(form, unit: FieldGroup) -> list[str]:
    """Return the stored value of each field, from an unbound form."""
    return [_normalize_value(form.fields[name], form[name].value()) for name in unit.names]


def get_posted_values(form, unit: FieldGroup, data, prefix: str) -> list[str]:
    """Return the value of each field as it was posted under this prefix."""
    return [_normalize_value(form.fields[name], get_raw_value(form, name, data, prefix)) for name in unit.names]


def get_raw_value(form, name: str, data, prefix: str):
    """Return the posted value of one field as its widget reads it."""
    return form.fields[name].widget.value_from_datadict(data, {}, prefix_field_name(prefix, name))


def prefix_field_name(prefix: str, name: str) -> str:
    """Return the name of a field in the POST data."""
    return f"{prefix}-{name}" if prefix else name


def write_stored_values(form, unit: FieldGroup, data, prefix: str) -> None:
    """Overwrite the posted values with the stored ones."""
    for name in unit.names:
        value, key = form[name].value(), prefix_field_name(prefix, name)
        data.pop(key, None)
        if isinstance(value, list | tuple | QuerySet):
            data.setlist(key, [_serialize_value(each) for each in value])
        elif isinstance(form.fields[name], forms.NullBooleanField):
            data[key] = _serialize_value(value)
        elif value is True:
            data[key] = "on"
        elif value is not None and value is not False:
            data[key] = _serialize_value(value)


def digest_values(values: list[str]) -> str:
    """Return a short digest of values, DIGEST_LENGTH characters long."""
    words = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(hashlib.sha256(words).digest()).decode()[:DIGEST_LENGTH]


def display_field_group(form, unit: FieldGroup, values: list[str]) -> str:
    """Return values as a person reads them; several fields one on a line, each with its label."""
    if len(unit.names) == 1:
        return _display_field_value(form.fields[unit.key], values[0])
    parts = [
        (form.fields[name].label, _display_field_value(form.fields[name], value))
        for name, value in zip(unit.names, values, strict=True)
    ]
    return "\n".join(f"{_strip_hidden_words(label)}: {words}" for label, words in parts if words)


def _normalize_value(field: forms.Field, value) -> str:
    """Return a value as comparable text: typed values are converted by the field if they can be.

    Empty, None and False become ""; several values a sorted JSON list.
    """
    if not isinstance(field, forms.ModelChoiceField):  # which would query the database for the row
        with suppress(ValidationError):  # invalid values are compared as they were typed
            value = field.to_python(value)
    if isinstance(field, forms.NullBooleanField):
        return _serialize_value(value)
    if isinstance(value, list | tuple | QuerySet):
        return json.dumps(sorted(_serialize_value(each) for each in value))
    if value is None or value is False:
        return ""
    return "1" if value is True else _serialize_value(value).replace("\r\n", "\n").strip()


def _serialize_value(value) -> str:
    """Return a single value as text: numbers without trailing zeros, dates in ISO format, rows by primary key."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(getattr(value, "pk", value))


def _display_field_value(field: forms.Field, value: str) -> str:
    """Return a comparable text in words: yes or no, labels of choices, grouped digits."""
    if isinstance(field, forms.BooleanField):  # NullBooleanField is a subclass
        return {"": _("No"), "False": _("No"), "None": ""}.get(value, _("Yes"))
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        return ", ".join(_chosen_labels(field, json.loads(value or "[]")))
    if value and isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return ", ".join(_chosen_labels(field, [value]))
    return field.reformat(value) if isinstance(field, AmountField) else value


def _chosen_labels(field: forms.Field, keys: list[str]) -> list[str]:
    """Return the labels of chosen keys; an unknown key stays as it is. One query for a field of rows."""
    if isinstance(field, forms.ModelChoiceField):
        rows = {str(row.pk): str(row) for row in field.queryset.filter(pk__in=[key for key in keys if key.isdigit()])}
    else:
        rows = {str(key): str(label) for key, label in field.choices}
    return [rows.get(key, key) for key in keys]


def _strip_hidden_words(label) -> str:
    """Return a label without the visually hidden words before it."""
    return str(label).rpartition(">")[2].strip()
