"""Who is acting: the log of the working copy asks when it writes.

An act is one request, one command or one verb. A verb called within another act is part of it, in its own
person's name.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Act:
    """by: a user, perhaps one that is only looked up when asked for. places: what was found of where rows belong."""

    by: object
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    places: dict = field(default_factory=dict)

    @property
    def user_id(self) -> int | None:
        return self.by.pk if self.by is not None else None


_now: ContextVar[Act | None] = ContextVar("act", default=None)


def current() -> Act:
    """The act that goes on; of nobody where none was begun."""
    return _now.get() or Act(None)


@contextmanager
def acting(by) -> Iterator[Act]:
    """What is logged inside is of this person."""
    outer = _now.get()
    act = Act(by) if outer is None else Act(by, outer.id, outer.places)
    token = _now.set(act)
    try:
        yield act
    finally:
        _now.reset(token)
