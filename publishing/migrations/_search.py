"""The index that search uses, on PostgreSQL only."""

from django.db import migrations


def search_index(table: str):
    """An operation that indexes the tokens of what is live, by the expression that `publishing.queries.having` uses."""
    name = f"{table}_search"

    def add(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f'CREATE INDEX "{name}" ON "{table}" '
                "USING gin (to_tsvector('simple'::regconfig, COALESCE(tokens, ''))) "
                "WHERE live_until IS NULL AND NOT tombstone"
            )

    def remove(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f'DROP INDEX IF EXISTS "{name}"')

    return migrations.RunPython(add, remove)
