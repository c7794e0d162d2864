from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce


def _followers(apps):
    """The changes of each kind of edition that follow a neighbour's name, a move or an attestation: they took nothing."""
    for model in apps.get_models():
        if {"change", "number", "revision"} <= {field.name for field in model._meta.get_fields()}:
            yield model.objects.exclude(number=F("revision")).values("change")


def taken_until_now(apps, schema_editor):
    """What was scheduled was taken when it was frozen; for the rest the moment of the publication has to do."""
    schedules = apps.get_model("publishing", "Schedule").objects.filter(publication=OuterRef("publication"))
    publications = apps.get_model("publishing", "Publication").objects.filter(pk=OuterRef("publication"))
    changes = apps.get_model("publishing", "Change").objects
    changes.filter(action="published").update(
        taken_at=Coalesce(
            Subquery(schedules.values("frozen__at")[:1]), Subquery(publications.values("published_at")[:1])
        )
    )
    for followers in _followers(apps):
        changes.filter(pk__in=followers).update(taken_at=None)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0010_seen_schedules")]

    operations = [
        migrations.AddField("change", "taken_at", models.DateTimeField(null=True)),
        migrations.RunPython(taken_until_now, migrations.RunPython.noop),
    ]
