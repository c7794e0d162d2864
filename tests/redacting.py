"""What tests of redaction share: words that stand nowhere else, and the whole database to look for them in."""

import json

from django.apps import apps
from django.db import connection

from newsroom.actions.redact import confirm_redaction, propose_redaction
from newsroom.documents.registry import get_row_key
from tests import factories as make

REASON = {"en": "By order of a court."}


def administrator():
    return make.UserFactory(is_superuser=True)


def redact(root, *fields, reason=REASON):
    """Proposed by one administrator, confirmed by another."""
    key = get_row_key(root)
    proposed = propose_redaction(root=key, fields=fields, reason=reason, by=administrator())
    return confirm_redaction(redaction=proposed, by=administrator())


def proposed_redaction(initiative):
    """Propose a redaction of its English title."""
    root, title = ("initiative", str(initiative.content_id)), path(initiative, "title", "en")
    return propose_redaction(root=root, fields=[title, "change_notes"], reason=REASON, by=administrator())


def path(row, key, part=""):
    return "/".join(filter(None, (row._meta.model_name, str(row.content_id), key, part)))


def places_with(words):
    """Return {"table.column"} of all that holds these words, in whatever form a column keeps them."""
    escaped = json.dumps(words)[1:-1]
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        for pattern in {words, escaped}
        if _holds(model._meta.db_table, field.column, pattern)
    }


def _holds(table, column, pattern):
    name = connection.ops.quote_name
    literal = pattern.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    question = (
        f"SELECT 1 FROM {name(table)} WHERE LOWER(CAST({name(column)} AS text)) LIKE LOWER(%s) ESCAPE '\\' LIMIT 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, [f"%{literal}%"])
        return cursor.fetchone() is not None
