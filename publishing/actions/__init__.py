"""The verbs that append to the record: keyword-only, atomic, permission checked once, safe to repeat."""

from .appending import Note
from .holding import hold_back
from .invite import invite
from .move import move
from .permits import Refused, permit
from .publish import Blocked, Moved, SlugTaken, publish, reissue
from .withdraw import withdraw

__all__ = [
    "Blocked",
    "Moved",
    "Note",
    "Refused",
    "SlugTaken",
    "hold_back",
    "invite",
    "move",
    "permit",
    "publish",
    "reissue",
    "withdraw",
]
