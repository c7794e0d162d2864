"""The users on whose behalf an import acts: a named one, or one of two accounts that nobody can log in to."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

NEWSROOM_USERNAME = "newsroom"  # acts if nobody is named; may publish, withdraw and check results
RECORD_FILE_USERNAME = "record-file"  # sets the results that files give, so that another user must check them
NEWSROOM_PERMISSIONS = ("publish", "withdraw", "review")


class UnknownUser(Exception):
    """Raised when no active user with this name may act."""


def get_acting_user(username: str | None):
    """Return the active user of that name, or the newsroom's own account for None. Raises UnknownUser."""
    if username in (None, NEWSROOM_USERNAME):
        return _get_newsroom_account()
    user = get_user_model().objects.filter(username=username, is_active=True).first()
    if user is None or username == RECORD_FILE_USERNAME:
        raise UnknownUser(f"No user called {username!r} may act.")
    return user


def get_file_account():
    """Return the account that sets the results given by files; it is in the group author."""
    user = _get_or_create_account(RECORD_FILE_USERNAME)
    user.groups.add(Group.objects.get(name="author"))
    return user


def _get_newsroom_account():
    """Return the newsroom's own account, with all permissions it needs."""
    user = _get_or_create_account(NEWSROOM_USERNAME)
    may = Permission.objects.filter(content_type__app_label="record", codename__in=NEWSROOM_PERMISSIONS)
    if missing := set(may) - set(user.user_permissions.all()):
        user.user_permissions.add(*missing)
    return user


def _get_or_create_account(username: str):
    user, made = get_user_model().objects.get_or_create(username=username)
    if made:
        user.set_unusable_password()
        user.save()
    return user
