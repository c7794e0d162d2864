"""The four roles, as migrating makes them."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management.sql import emit_post_migrate_signal

from hkpolicy.roles import GRANTS, ROLES, list_permissions

pytestmark = pytest.mark.django_db
OURS = {"importer", "notifications", "experts", "initiatives", "newsroom", "record"}
WITHOUT_RIGHTS = ["notifications.sweepreport"]  # read on the dashboard only


def rights():
    return {
        role: {
            f"{each.content_type.app_label}.{each.codename}" for each in Group.objects.get(name=role).permissions.all()
        }
        for role in ROLES
    }


def test_each_role_may_what_the_one_before_may_and_more():
    granted = rights()
    author, reviewer, publisher, administrator = (granted[role] for role in ROLES)
    assert reviewer - author == {"record.review"}
    assert publisher - reviewer == {"record.publish", "record.withdraw"}
    assert author < reviewer < publisher < administrator
    assert {"auth.add_user", "initiatives.delete_source", "newsroom.redact"} <= administrator - publisher


def test_authors_delete_what_is_inside_a_root_and_no_root():
    author = rights()["author"]
    assert {"initiatives.delete_milestone", "initiatives.delete_citation", "experts.delete_forecast"} <= author
    roots = ("initiatives.delete_initiative", "experts.delete_expert", "newsroom.delete_page")
    assert author.isdisjoint({*roots, "initiatives.delete_source", "initiatives.delete_organisation"})


@pytest.mark.parametrize("role", ROLES)
def test_nobody_writes_the_record_by_hand(role):
    record = ("edition", "_change", "_link", "_slug", "_record", "_publication")
    record = (*record, "_reviewentry", "_frozendraft", "_schedule", "_previewlink", "_redaction")
    written = {right for right in rights()[role] if right.endswith(record) and ".view_" not in right}
    assert written == set()


def test_migrating_again_gives_back_what_is_missing_and_takes_nothing():
    before, permissions = rights(), Permission.objects.count()
    Group.objects.get(name="author").permissions.clear()
    Group.objects.get(name="reviewer").permissions.add(Permission.objects.get(codename="add_user"))
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert rights() == before | {"reviewer": before["reviewer"] | {"auth.add_user"}}
    assert Permission.objects.count() == permissions


def test_the_table_names_every_model_of_ours():
    named = {model for _first, _verbs, models in GRANTS for model in models.split()}
    ours = {model for model in apps.get_models() if model.__module__.split(".")[0] in OURS}
    assert sorted(each._meta.label_lower for each in ours if each._meta.label_lower not in named) == WITHOUT_RIGHTS


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_what_the_table_says(role):
    assert rights()[role] == list_permissions(role)
