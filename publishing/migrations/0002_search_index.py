from django.db import migrations

from publishing.migrations._search import search_index


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]
    operations = [
        search_index("publishing_pageedition"),
    ]
