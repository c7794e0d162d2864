from django.db import migrations, models

STATISTICS = "links_by_what_they_name"


def count_together(apps, schema_editor):
    """How often a thing is named in one relation: without it PostgreSQL takes the two for independent, and plans badly."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE STATISTICS {STATISTICS} (mcv, dependencies) ON named, relation FROM publishing_link"
        )


def count_apart(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP STATISTICS IF EXISTS {STATISTICS}")


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0004_publication_name'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='link',
            name='live_links_to',
        ),
        migrations.RemoveIndex(
            model_name='link',
            name='links_to',
        ),
        migrations.AddIndex(
            model_name='link',
            index=models.Index(condition=models.Q(('live_until__isnull', True)), fields=['named', 'relation', 'content_id'], name='live_links_to'),
        ),
        migrations.AddIndex(
            model_name='link',
            index=models.Index(fields=['named', 'content_id', 'live_from'], name='links_to'),
        ),
        migrations.RunPython(count_together, count_apart),
    ]
