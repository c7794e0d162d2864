"""The roles around its boundary ask every address of the admin, GET and POST, and every action of every list.

Marked `exhaustive`, all roles ask the same.
"""

from contextlib import nullcontext

import pytest
from django.contrib import admin
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse

from newsroom.admin.dashboard.registry import _worklists
from newsroom.models import WorkingChange
from tests.factories import published
from tests.hkpolicy.access_fixtures import rolled_back
from tests.hkpolicy.permission_table import (
    ADDRESSES,
    EVERYBODY,
    LIST_ACTIONS,
    NOBODY,
    ROLES,
    STAFF,
    May,
    addresses,
    asked_by,
    list_actions,
    may,
)
from tests.publishing_helpers import WORKING, url, without_rendering

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


def outside(role: str) -> bool:
    return not may(role, STAFF)


def sent_to_log_in(response) -> bool:
    """Who logs out without being logged in is sent to the front page, which sends them on."""
    where = (reverse("admin:login"), reverse("admin:index"))
    return response.status_code == 302 and response.url.partition("?")[0] in where


def test_every_address_is_in_the_table():
    assert set(addresses()) == ADDRESSES.keys()


def test_every_action_of_a_list_is_in_the_table(world):
    request = RequestFactory().get("/")
    request.user = world.admin_user
    assert set(list_actions(request)) == LIST_ACTIONS.keys()


@asked_by
@pytest.mark.parametrize("name", ADDRESSES)
def test_who_may_look_and_who_may_change_something(world, name, roles):
    row, path = ADDRESSES[name], world.path(name)
    for role in roles(row.read):
        check_look(world, role, name, path)
    data = world.sent(name, path)
    for role in roles(row.write):
        check_change(world, role, row, path, data)


def test_who_may_enter_is_led_on_from_the_login_page_and_who_may_not_is_not(world):
    path = reverse("admin:login")
    assert [world.ask(role, "get", path).status_code for role in (STAFF, "outsider")] == [302, 200]


def check_look(world, role: str, name: str, path: str) -> None:
    row = ADDRESSES[name]
    with rolled_back() as writes, nullcontext() if role == row.read else without_rendering():
        response = world.ask(role, "get", path)
    status = response.status_code
    assert not writes, (role, "a GET changes nothing")
    if name == "login" and not outside(role):
        assert status == 302, role
    elif may(role, row.read):
        assert status == row.shown, role
    elif outside(role):
        assert sent_to_log_in(response) or (row.read == NOBODY and status == 405), (role, status)
    else:
        assert status == row.hidden or (row.read == NOBODY and status == 405), (role, status)
    if status == 200 and row.read != EVERYBODY and name != "jsi18n":
        assert "no-store" in response["Cache-Control"], role


def check_change(world, role: str, row: May, path: str, data: dict) -> None:
    with rolled_back() as writes, without_rendering():
        response = world.ask(role, "post", path, data)
    status = response.status_code
    assert bool(writes) is may(role, row.write), (role, status, writes)
    if may(role, row.write):
        assert status == 302, role
    elif row.write == NOBODY and (may(role, row.read) or row.read == NOBODY):
        assert status < 500, role
    elif outside(role):
        assert status == 302, role
    else:
        assert status in (row.hidden, 405), (role, status)


def test_no_address_takes_a_post_without_its_token(world):
    for name in ADDRESSES:
        with rolled_back():
            path = world.path(name)
            with rolled_back() as writes:
                response = world.ask("admin_user", "post", path, {"any": "thing"}, strict=True)
        assert (response.status_code, writes) == (403, []), name


@asked_by
@pytest.mark.parametrize("name", LIST_ACTIONS)
def test_who_may_act_on_a_list(world, name, roles):
    about, action = name.split()
    row, path = world.rows[about], reverse(f"admin:{about}_changelist")
    if action == "release_rows":
        type(row).objects.filter(pk=row.pk).update(held_back=True)
    if action == "attest_rows":
        published(row, by=world.admin_user)
    data = {"action": action, "_selected_action": [row.pk], "owner": world.admin_user.pk, "post": "yes"}
    for role in roles(LIST_ACTIONS[name]):
        with rolled_back() as writes, without_rendering():
            planned = len(connection.run_on_commit)
            response = world.ask(role, "post", path, data)
            led_on = response.status_code == 302 and not response.url.startswith(path) and not sent_to_log_in(response)
            mailed = len(connection.run_on_commit) > planned
        assert (bool(writes) or led_on or mailed) is may(role, LIST_ACTIONS[name]), (role, response, writes)


def finders():
    """(model, field) of everything that is found by typing."""
    for model, model_admin in admin.site._registry.items():
        for each in [model_admin, *(inline(model, admin.site) for inline in model_admin.inlines)]:
            yield from ((each.model, field) for field in each.autocomplete_fields)


def test_who_finds_what_by_typing(world):
    for model, field in set(finders()):
        first = "administrator" if field == "groups" else "author"
        asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
        for role in ROLES[ROLES.index(STAFF) :]:
            status = world.ask(role, "get", reverse("admin:autocomplete"), asked).status_code
            assert status == (200 if may(role, first) else 403), (model, field, role)


@pytest.mark.parametrize("need", _worklists)
def test_somebody_without_a_role_finds_nothing_on_the_front_page(world, need):
    page = world.ask("stranger", "get", reverse("admin:need", args=[need]))
    assert page.status_code == 404 or page.context["listed"].count == 0


def test_no_form_offers_what_only_a_verb_says(world):
    request = RequestFactory().get("/")
    request.user = world.admin_user
    user_model = type(world.admin_user)
    for model in WORKING:
        people = {field.name for field in model._meta.fields if field.related_model is user_model} - {"owner"}
        offered = admin.site.get_model_admin(model).get_form(request).base_fields.keys()
        assert not offered & {*people, "attested_on", "content_id", "text_states"}, model


@pytest.mark.parametrize("page", ["change", "delete", "password_change"])
def test_a_superusers_account_is_changed_by_superusers_only(world, page):
    path = reverse("admin:auth_user_password_change", args=[world.admin_user.pk])
    path = path if page == "password_change" else url(world.admin_user, page)
    data = world.sent(f"auth_user_{page}", path)
    with rolled_back() as writes:
        assert world.ask("administrator", "post", path, data).status_code == 403
    assert not writes
    if page != "delete":  # who has published something cannot be deleted by anybody
        with rolled_back() as writes:
            assert world.ask("admin_user", "post", path, data).status_code == 302
        assert writes


def test_an_administrator_makes_nobody_a_superuser(world):
    path = url(world.rows["auth_user"], "change")
    data = world.sent("auth_user_change", path) | {"is_superuser": "on"}
    assert world.ask("administrator", "post", path, data).status_code == 302
    world.rows["auth_user"].refresh_from_db()
    assert not world.rows["auth_user"].is_superuser


def test_somebody_without_a_role_is_refused_before_they_are_told_what_an_entry_of_the_log_is(world):
    entry = WorkingChange.objects.exclude(action=WorkingChange.Action.DELETE).first()
    assert world.ask("stranger", "post", url(entry, "undelete")).status_code == 403
