import json

from django.db import migrations, models


def fill(apps, schema_editor):
    """From the documents, as `FundingEdition.columns` does."""
    editions = apps.get_model("initiatives", "FundingEdition").objects.using(schema_editor.connection.alias)
    changed = []
    for edition in editions.filter(tombstone=False).only("document").iterator(2000):
        edition.qualifier = json.loads(edition.document).get("qualifier") or ""
        changed.append(edition)
    editions.bulk_update(changed, ["qualifier"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0006_milestones_calendar"),
    ]

    operations = [
        migrations.AddField(
            model_name="fundingedition",
            name="qualifier",
            field=models.CharField(default="", max_length=8),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
