"""The verbs that append to the record: keyword-only, atomic, permission checked once, safe to repeat."""

from .move import move
from .permits import Refused, permit
from .publish import Blocked, Moved, SlugTaken, publish, reissue
from .withdraw import withdraw

__all__ = ["Blocked", "Moved", "Refused", "SlugTaken", "move", "permit", "publish", "reissue", "withdraw"]
