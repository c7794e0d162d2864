"""The four roles, as the migration makes them."""

from importlib import import_module

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db
ROLES = ["author", "reviewer", "publisher", "administrator"]


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


def test_running_the_migration_again_adds_only_what_is_missing():
    migration = import_module("hkpolicy.migrations.0002_roles")
    before, permissions = rights(), Permission.objects.count()
    Group.objects.get(name="author").permissions.clear()
    Group.objects.get(name="reviewer").permissions.add(Permission.objects.get(codename="add_user"))
    state = MigrationExecutor(connection).loader.project_state(("hkpolicy", "0005_notice_roles"))
    migration.make_roles(state.apps, None)
    import_module("hkpolicy.migrations.0003_newsroom_roles").grant(state.apps, None)
    import_module("hkpolicy.migrations.0004_log_roles").grant(state.apps, None)
    import_module("hkpolicy.migrations.0005_notice_roles").grant(state.apps, None)
    assert rights() == before | {"reviewer": before["reviewer"] | {"auth.add_user"}}
    assert Permission.objects.count() == permissions
