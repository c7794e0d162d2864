import json

from django.db import migrations, models


def fill(apps, schema_editor):
    """From the documents, as `MilestoneEdition.columns` does; most hold no search that found nothing."""
    editions = apps.get_model("initiatives", "MilestoneEdition").objects.using(schema_editor.connection.alias)
    changed = []
    searched = editions.filter(tombstone=False, document__contains='"nothing_found"')
    for edition in searched.only("document", "due_until").iterator(2000):
        try:
            edition.nothing_found_until = last_day(json.loads(edition.document)["evidence"], edition.due_until)
        except (ValueError, TypeError, KeyError):
            continue  # a document that cannot be read stops no other
        changed.append(edition)
    editions.bulk_update(changed, ["nothing_found_until"], batch_size=500)


def last_day(evidence, end):
    days = [
        each["holds_until"]
        for each in evidence
        if each["supports"] == "nothing_found"
        and each["holds_until"]
        and (end is None or not (each["dated"] and each["dated"]["latest"]) or each["dated"]["latest"] >= end.isoformat())
    ]
    return max(days, default=None)


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0008_years_of_days"),
    ]

    operations = [
        migrations.AddField(
            model_name='milestoneedition',
            name='nothing_found_until',
            field=models.DateField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
