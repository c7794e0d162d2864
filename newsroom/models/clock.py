"""The database's clock, which all processes share."""

from datetime import UTC, datetime

from django.db import connection

NOW_SQL = {"sqlite": "SELECT STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')", "postgresql": "SELECT CLOCK_TIMESTAMP()"}


def database_now() -> datetime:
    """Ask the database for the current time, regardless of this machine's clock."""
    with connection.cursor() as cursor:
        cursor.execute(NOW_SQL[connection.vendor])
        [now] = cursor.fetchone()
    return now if isinstance(now, datetime) else datetime.fromisoformat(now).replace(tzinfo=UTC)
