from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0005_pairs"),
        ("publishing", "0012_log_of_an_act"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="milestoneedition",
            index=models.Index(
                condition=models.Q(("live_until__isnull", True), ("tombstone", False)),
                fields=[
                    "kind",
                    "result",
                    "due_known",
                    "due_from",
                    "due_by",
                    "due_until",
                    "actual_from",
                    "actual_until",
                    "not_done_on",
                    "root_content_id",
                    "live_until",
                    "tombstone",
                ],
                name="milestones_calendar",
            ),
        ),
    ]
