from django.db import migrations

from publishing.migrations._search import pairs_index

TITLES = ("title_en", "title_zh_hant", "title_zh_hans")


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0004_milestones_once_to_come"), ("publishing", "0008_pairs")]
    operations = [
        pairs_index("initiatives_initiative", "slug", *TITLES, "aliases"),
        pairs_index("initiatives_milestone", *TITLES),
        pairs_index("initiatives_outcome", *TITLES),
        pairs_index("initiatives_funding", *TITLES),
        pairs_index("initiatives_source", "title", "publisher", "url"),
        pairs_index("initiatives_statement", "promised_phrase", "stated_phrase"),
        pairs_index("initiatives_evidence", "summary_en", "summary_zh_hant", "summary_zh_hans"),
        pairs_index("initiatives_target", "words", "set_by"),
        pairs_index("initiatives_observation", "note_en", "note_zh_hant"),
    ]
