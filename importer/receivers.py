"""Signal receivers: redactions also reach what the importer remembers of data files."""

from django.dispatch import receiver

from newsroom.signals import redacting

from . import redacted_words


@receiver(redacting)
def redact_loaded_files(sender, fields, words, **_):
    """Remove redacted fields and words from the remembered rows and files."""
    redacted_words.redact_import_state(fields, words)
