"""The verbs of reminding: plan what is owed, send one, try one again."""

from .deliver import deliver, retry
from .sweep import Foreseen, foresee, sweep

__all__ = ["Foreseen", "deliver", "foresee", "retry", "sweep"]
