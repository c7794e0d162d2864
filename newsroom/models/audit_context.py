"""The user who is acting, for the audit log.

An act is one request, one command or one action. An action called within another act keeps that act's id, and is
attributed to its own user.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True)
class AuditContext:
    """The user and the id under which changes are logged.

    user: a user, possibly a lazy object that is only loaded when it is used; None for nobody. locations: a cache of the
    locations of rows found so far during this act, in the form that `locate_rows` reads and fills.
    """

    user: object
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    locations: dict = field(default_factory=dict)

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user is not None else None


_audit_context: ContextVar[AuditContext | None] = ContextVar("act", default=None)


def get_audit_context() -> AuditContext:
    """Return the act in progress, or a new one without a user if none was begun."""
    return _audit_context.get() or AuditContext(None)


@contextmanager
def set_actor(by) -> Iterator[AuditContext]:
    """Attribute the audit-log entries made inside the block to this user.

    A nested block shares the id and the cached locations of the outer one.
    """
    outer = _audit_context.get()
    act = AuditContext(by) if outer is None else AuditContext(by, outer.id, outer.locations)
    token = _audit_context.set(act)
    try:
        yield act
    finally:
        _audit_context.reset(token)
