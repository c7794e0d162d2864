"""Signal receivers: redactions also reach what the importer remembers of data files."""

from django.dispatch import receiver

from publishing.signals import redacting

from .record import redacted


@receiver(redacting)
def forget_loaded(sender, fields, words, **_):
    """Remove redacted fields and words from the remembered rows and files."""
    redacted.forget(fields, words)
