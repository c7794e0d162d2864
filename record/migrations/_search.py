"""Operations for PostgreSQL only: the index that search uses, and how often links occur together."""

from django.db import migrations


def run_on_postgresql(forwards: str, backwards: str):
    """Return an operation that runs SQL on PostgreSQL and nothing elsewhere."""

    def running(sql: str):
        return lambda apps, editor: editor.execute(sql) if editor.connection.vendor == "postgresql" else None

    return migrations.RunPython(running(forwards), running(backwards))


def create_search_index(table: str):
    """Return an operation that indexes the tokens of what is live, by the expression of `queries.filter_tokens`."""
    return run_on_postgresql(
        f'CREATE INDEX "{table}_search" ON "{table}" '
        "USING gin (to_tsvector('simple'::regconfig, COALESCE(tokens, ''))) "
        "WHERE live_until IS NULL AND NOT tombstone",
        f'DROP INDEX IF EXISTS "{table}_search"',
    )


# How often a thing is named in one relation: without it PostgreSQL takes the two for independent, and plans badly.
create_link_statistics = run_on_postgresql(
    "CREATE STATISTICS links_by_what_they_name (mcv, dependencies) ON named, relation FROM record_link",
    "DROP STATISTICS IF EXISTS links_by_what_they_name",
)
