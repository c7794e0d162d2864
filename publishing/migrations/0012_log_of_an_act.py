from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0011_change_taken_at")]

    operations = [
        migrations.RemoveIndex("workingchange", "deleted_in_one_act"),
        migrations.AddIndex("workingchange", models.Index(fields=["cid"], name="log_of_an_act")),
    ]
