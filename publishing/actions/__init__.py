"""The actions of the newsroom: everything that changes the record or the working copy on somebody's behalf.

They take keyword arguments, are atomic, check permission once and are safe to repeat.
"""

from .appending import Note
from .approvals import NotApproved
from .clocks import WrongClock
from .confirming import confirm_translations, unconfirmed
from .holding import hold_back
from .invite import invite
from .merging import merge
from .move import move
from .permits import Refused, permit
from .previewing import revoke_preview, share_preview
from .publish import Blocked, Moved, SlugTaken, Warned, publish, reissue, warnings_of
from .redacting import confirm_redaction, drop_redaction, propose_redaction
from .restoring import Restored, restore
from .reviewing import approve, request_review, send_back, take_back
from .scheduling import cancel, carry_out, schedule, take_note
from .together import for_each
from .undeleting import undelete
from .verbs import verb
from .withdraw import withdraw

__all__ = [
    "Blocked",
    "Moved",
    "NotApproved",
    "Note",
    "Refused",
    "Restored",
    "SlugTaken",
    "Warned",
    "WrongClock",
    "approve",
    "cancel",
    "carry_out",
    "confirm_redaction",
    "confirm_translations",
    "drop_redaction",
    "for_each",
    "hold_back",
    "invite",
    "merge",
    "move",
    "permit",
    "propose_redaction",
    "publish",
    "reissue",
    "request_review",
    "restore",
    "revoke_preview",
    "schedule",
    "send_back",
    "share_preview",
    "take_back",
    "take_note",
    "unconfirmed",
    "undelete",
    "verb",
    "warnings_of",
    "withdraw",
]
