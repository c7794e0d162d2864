from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce


def followed(connection):
    """The changes whose editions follow a neighbour's name, a move or an attestation: they took nothing. All tables."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = {each.name for each in connection.introspection.get_table_description(cursor, table)}
            if {"change_id", "number", "revision"} <= columns:
                name = connection.ops.quote_name(table)
                cursor.execute(f"SELECT change_id FROM {name} WHERE number <> revision")  # noqa: S608 - a table's name
                yield from (row[0] for row in cursor.fetchall())


def taken_until_now(apps, schema_editor):
    """What was scheduled was taken when it was frozen; for the rest the moment of the publication has to do."""
    schedules = apps.get_model("publishing", "Schedule").objects.filter(publication=OuterRef("publication"))
    publications = apps.get_model("publishing", "Publication").objects.filter(pk=OuterRef("publication"))
    apps.get_model("publishing", "Change").objects.filter(action="published").update(
        taken_at=Coalesce(
            Subquery(schedules.values("frozen__at")[:1]), Subquery(publications.values("published_at")[:1])
        )
    )
    changes = apps.get_model("publishing", "Change").objects
    took_nothing = list(followed(schema_editor.connection))
    for start in range(0, len(took_nothing), 500):
        changes.filter(pk__in=took_nothing[start : start + 500]).update(taken_at=None)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0010_seen_schedules")]

    operations = [
        migrations.AddField("change", "taken_at", models.DateTimeField(null=True)),
        migrations.RunPython(taken_until_now, migrations.RunPython.noop),
    ]
