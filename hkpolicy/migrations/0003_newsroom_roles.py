"""The roles see reviews, schedules and preview links; administrators redact. None is written by hand."""

from importlib import import_module

from django.db import migrations

SEEN = "reviewentry schedule previewlink"
KEPT = (*SEEN.split(), "frozendraft", "redaction")


def grant(apps, schema_editor):
    import_module("hkpolicy.migrations.0002_roles").make_permissions(apps)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    of_publishing = Permission.objects.filter(content_type__app_label="publishing")
    seen = of_publishing.filter(codename__in=[f"view_{model}" for model in SEEN.split()])
    for role in ("author", "reviewer", "publisher", "administrator"):
        Group.objects.get(name=role).permissions.add(*seen)
    administrators = of_publishing.filter(codename__in=["redact", "view_redaction"])
    Group.objects.get(name="administrator").permissions.add(*administrators)
    written = [f"{verb}_{model}" for verb in ("add", "change", "delete") for model in KEPT]
    for role in Group.objects.all():
        role.permissions.remove(*of_publishing.filter(codename__in=written))


class Migration(migrations.Migration):
    dependencies = [("hkpolicy", "0002_roles"), ("publishing", "0006_newsroom")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
