"""The three editors of the demo, one for each role, and the file with their passwords."""

import json
import os
import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

DEMO_EDITORS = {
    "author": {"username": "mei", "first_name": "Mei", "last_name": "Chan"},
    "reviewer": {"username": "tom", "first_name": "Tom", "last_name": "Lee"},
    "publisher": {"username": "ada", "first_name": "Ada", "last_name": "Ho"},
}


@transaction.atomic
def ensure_editors(file):
    """Create the editors that `file` does not list yet. Return {role: {"username", "password"}} as the file then says.

    An editor whose password the file has lost gets a new one.
    """
    known = json.loads(file.read_text()) if file.exists() else {}
    logins = {role: known.get(role) or create_login(role) for role in DEMO_EDITORS}
    for role, login in logins.items():
        make_editor(role, login["password"])
    if logins != known:
        write_private_file(file, json.dumps(logins, indent=2) + "\n")
    return logins


def create_login(role):
    return {"username": DEMO_EDITORS[role]["username"], "password": secrets.token_urlsafe(12)}


def make_editor(role, password):
    """Create or update the editor of a role, with this password and in the role's group."""
    person = DEMO_EDITORS[role]
    address = f"{person['username']}@example.org"
    user, _made = get_user_model().objects.get_or_create(
        username=person["username"], defaults=person | {"email": address, "is_staff": True}
    )
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    group, _made = Group.objects.get_or_create(name=role)
    user.groups.add(group)


def write_private_file(file, text):
    """Write a file atomically and with mode 600, so that others can never read it, not even for a moment."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
    draft.rename(file)
