"""Told to whoever holds copies of words that must go."""

from django.dispatch import Signal

redacting = Signal()  # sent inside the transaction with fields (`documents.redactable.Named`) and words (strings)
