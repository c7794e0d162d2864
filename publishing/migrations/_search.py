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


PAIRS = """CREATE FUNCTION newsroom_pairs(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 300 AS $$
SELECT chars || ARRAY(SELECT one || other FROM unnest(chars, chars[2:]) AS pairs(one, other) WHERE other IS NOT NULL)
FROM (SELECT string_to_array(upper($1), NULL) AS chars) letters $$"""


def on_postgresql(forwards: str, backwards: str):
    """An operation that runs SQL there and nothing elsewhere."""

    def running(sql: str):
        return lambda apps, editor: editor.execute(sql) if editor.connection.vendor == "postgresql" else None

    return migrations.RunPython(running(forwards), running(backwards))


def pairs_index(table: str, *columns: str):
    """An operation that indexes the characters of these columns and their pairs, for `publishing.admin.searching`."""
    words = " || ' ' || ".join(f'"{column}"' for column in columns)
    return on_postgresql(
        f'CREATE INDEX "{table}_pairs" ON "{table}" USING gin (newsroom_pairs({words}))',
        f'DROP INDEX IF EXISTS "{table}_pairs"',
    )
