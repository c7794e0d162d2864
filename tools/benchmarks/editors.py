"""An editor's browser: the admin asked in process, through every middleware, logged in."""

from collections.abc import Callable
from functools import partial

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from django.urls import reverse

from .newsroom import EDITOR


def editor() -> Client:
    user = get_user_model().objects.get(username=EDITOR)
    user.is_staff = True
    user.save()
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def asking(what: str) -> Callable:
    """Return what prepares and then returns one request. `what`: an address, “form model slug”, “save model slug”."""
    client = editor()
    if what.startswith("/"):
        path = what.format(last=_last_page(what)) if "{last}" in what else what
        return lambda: partial(client.get, path)
    verb, label, slug = what.split()
    model = apps.get_model(label)
    row = model.objects.get(slug=slug)
    path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
    if verb == "form":
        return lambda: partial(client.get, path)
    return lambda: partial(client.post, path, _changed(client, path))


def _changed(client: Client, path: str) -> dict:
    """Return the form as it stands now, with one fact of a hundred changed."""
    from tests.publishing_helpers import filled

    setup_test_environment()
    data = filled(client.get(path))
    teardown_test_environment()
    name = next((name for name in data if name.endswith("-0-position")), "aliases")
    now = data.get(name) or "0"
    return data | {name: str((int(now) + 1) % 1000) if now.isdecimal() else f"{now}+"}


def _last_page(path: str) -> int:
    model = apps.get_model(".".join(path.split("/")[2:4]))
    return max(1, -(-model.objects.count() // admin.site.get_model_admin(model).list_per_page))
