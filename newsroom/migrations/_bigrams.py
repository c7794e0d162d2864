"""Operations for PostgreSQL only: the function and the indexes that the admin's search uses."""

from record.migrations._search import run_on_postgresql

create_bigram_function = run_on_postgresql(
    """CREATE FUNCTION newsroom_pairs(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 300 AS $$
SELECT chars || ARRAY(SELECT one || other FROM unnest(chars, chars[2:]) AS pairs(one, other) WHERE other IS NOT NULL)
FROM (SELECT string_to_array(upper($1), NULL) AS chars) letters $$""",
    "DROP FUNCTION newsroom_pairs(text)",
)


def create_bigram_index(table: str, *columns: str):
    """Return an operation that indexes the characters of these columns and their pairs, for `admin.editing.search`."""
    words = " || ' ' || ".join(f'"{column}"' for column in columns)
    return run_on_postgresql(
        f'CREATE INDEX "{table}_pairs" ON "{table}" USING gin (newsroom_pairs({words}))',
        f'DROP INDEX IF EXISTS "{table}_pairs"',
    )
