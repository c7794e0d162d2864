from django.db import migrations

from publishing.migrations._search import PAIRS, on_postgresql


class Migration(migrations.Migration):
    dependencies = [("publishing", "0007_log")]
    operations = [on_postgresql(PAIRS, "DROP FUNCTION newsroom_pairs(text)")]
