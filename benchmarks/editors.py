"""An editor's browser: the admin asked in process, through every middleware, logged in."""

from collections.abc import Callable

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
    """What asks it once and answers the response. `what`: an address, “form model slug” or “save model slug”."""
    client = editor()
    if what.startswith("/"):
        path = what.format(last=_last_page(what)) if "{last}" in what else what
        return lambda: client.get(path)
    verb, label, slug = what.split()
    model = apps.get_model(label)
    row = model.objects.get(slug=slug)
    path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
    if verb == "form":
        return lambda: client.get(path)
    return _saving(client, path)


def _saving(client: Client, path: str) -> Callable:
    """One fact of a hundred is changed, each time anew."""
    from tests.newsroom import filled

    setup_test_environment()
    data = filled(client.get(path))
    teardown_test_environment()
    changed = next((name for name in data if name.endswith("-0-position")), "aliases")

    def save():
        data[changed] = str((int(data[changed] or 0) + 1) % 1000) if changed != "aliases" else data[changed] + "1"
        return client.post(path, data)

    return save


def _last_page(path: str) -> int:
    model = apps.get_model(".".join(path.split("/")[2:4]))
    return max(1, -(-model.objects.count() // admin.site.get_model_admin(model).list_per_page))
