"""The users on whose behalf an import acts: a named one, or one of two accounts that nobody can log in to."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

NEWSROOM = "newsroom"  # acts if nobody is named; may publish, withdraw and check results
RECORD_FILE = "record-file"  # sets the results that files give, so that another user must check them
MAY = ("publish", "withdraw", "review")


class NobodyOfThatName(Exception):
    """Raised when no active user with this name may act."""


def acting(username: str | None):
    """Return the active user of that name, or the newsroom's own account for None. Raises UnknownUser."""
    if username in (None, NEWSROOM):
        return _newsroom()
    user = get_user_model().objects.filter(username=username, is_active=True).first()
    if user is None or username == RECORD_FILE:
        raise NobodyOfThatName(f"No user called {username!r} may act.")
    return user


def record_file():
    """Return the account that sets the results given by files; it is in the group author."""
    user = _account(RECORD_FILE)
    user.groups.add(Group.objects.get(name="author"))
    return user


def _newsroom():
    """Return the newsroom's own account, with all permissions it needs."""
    user = _account(NEWSROOM)
    may = Permission.objects.filter(content_type__app_label="publishing", codename__in=MAY)
    if missing := set(may) - set(user.user_permissions.all()):
        user.user_permissions.add(*missing)
    return user


def _account(username: str):
    user, made = get_user_model().objects.get_or_create(username=username)
    if made:
        user.set_unusable_password()
        user.save()
    return user
