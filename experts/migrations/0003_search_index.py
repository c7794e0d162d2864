from django.db import migrations

from publishing.migrations._search import search_index


class Migration(migrations.Migration):
    dependencies = [("experts", "0002_initial")]
    operations = [
        search_index("experts_expertedition"),
        search_index("experts_commentaryedition"),
    ]
