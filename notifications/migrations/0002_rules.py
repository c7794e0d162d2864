"""The rules that ship: when editors are reminded of what. Editors change them in the admin."""

from django.db import migrations

RULES = [
    ("window_opens", [60, 30, 7, 0], None),
    ("window_closes", [60, 30, 7, 0], None),
    ("past_window", [-7], 7),
    ("target_date", [30, 0], None),
    ("observation_overdue", [-7], 7),
    ("digest", [0], None),
]


def make_rules(apps, schema_editor):
    rules = apps.get_model("notifications", "ReminderRule").objects
    for kind, offsets, repeat_days in RULES:
        rules.get_or_create(kind=kind, defaults={"offsets": offsets, "repeat_days": repeat_days})


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]
    operations = [migrations.RunPython(make_rules, migrations.RunPython.noop)]
