"""Signals to whoever keeps copies of words that are to be redacted."""

from django.dispatch import Signal

redacting = Signal()  # sent inside the transaction with fields (`documents.redactable.Named`) and words (strings)
