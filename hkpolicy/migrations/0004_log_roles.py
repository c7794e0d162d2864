"""The roles read the log of the working copy. Nobody writes it by hand."""

from importlib import import_module

from django.db import migrations


def grant(apps, schema_editor):
    import_module("hkpolicy.migrations.0002_roles").make_permissions(apps)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    of_log = Permission.objects.filter(content_type__app_label="publishing", codename__endswith="_workingchange")
    for role in Group.objects.all():
        role.permissions.remove(*of_log)
    for role in ("author", "reviewer", "publisher", "administrator"):
        Group.objects.get(name=role).permissions.add(of_log.get(codename="view_workingchange"))


class Migration(migrations.Migration):
    dependencies = [("hkpolicy", "0003_newsroom_roles"), ("publishing", "0007_log")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
