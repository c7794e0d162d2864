"""Detection of edit conflicts and the merge of posted forms; `EditConflictMixin` is all that others use of it."""

from .mixin import EditConflictMixin

__all__ = ["EditConflictMixin"]
