from django.db import migrations

from publishing.migrations._search import search_index


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_initial")]
    operations = [
        search_index("initiatives_initiativeedition"),
        search_index("initiatives_milestoneedition"),
        search_index("initiatives_outcomeedition"),
        search_index("initiatives_announcementedition"),
        search_index("initiatives_organisationedition"),
        search_index("initiatives_personedition"),
        search_index("initiatives_areaedition"),
        search_index("initiatives_contextedition"),
    ]
