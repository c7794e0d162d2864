"""What the loader remembers of data files follows what is redacted."""

from django.dispatch import receiver

from publishing.signals import redacting

from .record import redacted


@receiver(redacting)
def forget_loaded(sender, fields, words, **_):
    redacted.forget(fields, words)
