"""The actions of telling people: plan what is owed, send one message, retry one."""

from .delivery import deliver, retry
from .news import deliver_news, sweep_news
from .sweeping import Foreseen, foresee, sweep

__all__ = ["Foreseen", "deliver", "deliver_news", "foresee", "retry", "sweep", "sweep_news"]
