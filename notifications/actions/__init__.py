"""The verbs of reminding: plan what is owed, send one, try one again."""

from .delivery import deliver, retry
from .sweeping import Foreseen, foresee, sweep

__all__ = ["Foreseen", "deliver", "foresee", "retry", "sweep"]
