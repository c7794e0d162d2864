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

from ..fields import date_groups
from .amounts import AmountField

DIGEST_LENGTH = 8  # 48 bits: enough to detect a change, and it protects no secret


@dataclass(frozen=True)
class Unit:
    """Fields that are kept or given up together. `names`: theirs in the form."""

    names: tuple[str, ...]
    label: str

    @property
    def name(self) -> str:
        """The name of the group: that of its first field."""
        return self.names[0]


def units_of(form) -> list[Unit]:
    """Group the fields of a form, in its order.

    Disabled fields, the primary key, the deletion checkbox and the key that ties a row to its parent are left out.
    """
    model = form._meta.model
    groups = {name: (group.columns, capfirst(group.label)) for group in date_groups(model) for name in group.columns}
    groups |= {name: (names, None) for names in getattr(form, "together", ()) for name in names}
    found = {}
    for name, field in form.fields.items():
        if field.disabled or isinstance(field, InlineForeignKeyField) or name in (model._meta.pk.name, "DELETE"):
            continue
        names, label = groups.get(name, ((name,), None))
        names = tuple(each for each in names if each in form.fields)
        found.setdefault(names, Unit(names, label or form.fields[names[0]].label))
    return list(found.values())


def stored(form, unit: Unit) -> list[str]:
    """Return the stored value of each field, from an unbound form."""
    return [_plain(form.fields[name], form[name].value()) for name in unit.names]


def posted(form, unit: Unit, data, prefix: str) -> list[str]:
    """Return the value of each field as it was posted under this prefix."""
    return [_plain(form.fields[name], raw(form, name, data, prefix)) for name in unit.names]


def raw(form, name: str, data, prefix: str):
    """Return the posted value of one field as its widget reads it."""
    return form.fields[name].widget.value_from_datadict(data, {}, named(prefix, name))


def named(prefix: str, name: str) -> str:
    """Return the name of a field in the POST data."""
    return f"{prefix}-{name}" if prefix else name


def put(form, unit: Unit, data, prefix: str) -> None:
    """Overwrite the posted values with the stored ones."""
    for name in unit.names:
        value, key = form[name].value(), named(prefix, name)
        data.pop(key, None)
        if isinstance(value, list | tuple | QuerySet):
            data.setlist(key, [_text(each) for each in value])
        elif isinstance(form.fields[name], forms.NullBooleanField):
            data[key] = _text(value)
        elif value is True:
            data[key] = "on"
        elif value is not None and value is not False:
            data[key] = _text(value)


def digest(values: list[str]) -> str:
    """Return a short digest of values, DIGEST_LENGTH characters long."""
    words = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(hashlib.sha256(words).digest()).decode()[:DIGEST_LENGTH]


def shown(form, unit: Unit, values: list[str]) -> str:
    """Return values as a person reads them; several fields one on a line, each with its label."""
    if len(unit.names) == 1:
        return _words(form.fields[unit.name], values[0])
    parts = [
        (form.fields[name].label, _words(form.fields[name], value))
        for name, value in zip(unit.names, values, strict=True)
    ]
    return "\n".join(f"{_bare(label)}: {words}" for label, words in parts if words)


def _plain(field: forms.Field, value) -> str:
    """Return a value as comparable text: typed values are converted by the field if they can be.

    Empty, None and False become ""; several values a sorted JSON list.
    """
    if not isinstance(field, forms.ModelChoiceField):  # which would query the database for the row
        with suppress(ValidationError):  # invalid values are compared as they were typed
            value = field.to_python(value)
    if isinstance(field, forms.NullBooleanField):
        return _text(value)
    if isinstance(value, list | tuple | QuerySet):
        return json.dumps(sorted(_text(each) for each in value))
    if value is None or value is False:
        return ""
    return "1" if value is True else _text(value).replace("\r\n", "\n").strip()


def _text(value) -> str:
    """Return a single value as text: numbers without trailing zeros, dates in ISO format, rows by primary key."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(getattr(value, "pk", value))


def _words(field: forms.Field, value: str) -> str:
    """Return a comparable text in words: yes or no, labels of choices, grouped digits."""
    if isinstance(field, forms.BooleanField):  # NullBooleanField is a subclass
        return {"": _("No"), "False": _("No"), "None": ""}.get(value, _("Yes"))
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        return ", ".join(_chosen(field, json.loads(value or "[]")))
    if value and isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return ", ".join(_chosen(field, [value]))
    return field.regrouped(value) if isinstance(field, AmountField) else value


def _chosen(field: forms.Field, keys: list[str]) -> list[str]:
    """Return the labels of chosen keys; an unknown key stays as it is. One query for a field of rows."""
    if isinstance(field, forms.ModelChoiceField):
        rows = {str(row.pk): str(row) for row in field.queryset.filter(pk__in=[key for key in keys if key.isdigit()])}
    else:
        rows = {str(key): str(label) for key, label in field.choices}
    return [rows.get(key, key) for key in keys]


def _bare(label) -> str:
    """Return a label without the visually hidden words before it."""
    return str(label).rpartition(">")[2].strip()
