"""News of a committed publication, a wake-up only: the rows are the truth. And of words that must go."""

from django.dispatch import Signal

published = Signal()  # sent after commit with publication_id
redacting = Signal()  # sent inside the transaction with fields (`documents.redactable.Named`) and words (strings)
