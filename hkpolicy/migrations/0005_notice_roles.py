"""The roles read the ledger of notices; administrators try again what failed. Nobody writes it by hand."""

from importlib import import_module

from django.db import migrations


def grant(apps, schema_editor):
    import_module("hkpolicy.migrations.0002_roles").make_permissions(apps)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    of_notices = Permission.objects.filter(content_type__app_label="notifications", codename__endswith="_notice")
    for role in Group.objects.all():
        role.permissions.remove(*of_notices)
    for role in ("author", "reviewer", "publisher", "administrator"):
        Group.objects.get(name=role).permissions.add(of_notices.get(codename="view_notice"))
    Group.objects.get(name="administrator").permissions.add(of_notices.get(codename="change_notice"))


class Migration(migrations.Migration):
    dependencies = [("hkpolicy", "0004_log_roles"), ("notifications", "0003_notices")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
