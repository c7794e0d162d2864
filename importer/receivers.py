"""Signal receivers: redactions also reach what is kept of data files."""

from django.dispatch import receiver

from newsroom.documents.deserialize import KeyKind
from newsroom.signals import redacting
from record.documents.redaction import scrub_document

from .models import LoadedFile, LoadedRow

KEPT_KEYS = ("id", "slug", "kind", "verified", "access")  # of a row that held a redacted date or number


@receiver(redacting)
def redact_loaded_files(sender, fields, words, **_):
    """Remove redacted words from rows and files as they were imported.

    A date or a number cannot be found in a row by what it was: all but its vocabulary goes.
    """
    emptied = {each.field.content_id for each in fields if each.kind is KeyKind.DATE or each.field.becomes_null}
    for row in LoadedRow.objects.order_by("pk").iterator():
        raw = scrub_document(row.raw, words)
        if emptied & {each["content_id"] for each in row.given.values()}:
            raw = {key: raw[key] for key in KEPT_KEYS if key in raw}
        if raw != row.raw:
            LoadedRow.objects.filter(pk=row.pk).update(raw=raw)
    for file in LoadedFile.objects.all():
        file.meta = scrub_document(file.meta, words)
        file.unknown_sections = scrub_document(file.unknown_sections, words)
        file.save()
