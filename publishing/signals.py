"""News of a committed publication. A wake-up only: the rows are the truth."""

from django.dispatch import Signal

published = Signal()  # sent after commit with publication_id
