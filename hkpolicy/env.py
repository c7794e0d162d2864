"""Strict reading of the environment: a wrong value stops the start and is reported with the name of its variable.

An empty value counts as not set, so that `NAME=` in a file or on a command line removes a setting.
Values that may hold a password (URLs, keys) are never repeated in a message.
"""

import hashlib
import os
import re
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

REQUIRED = object()
TRUE_VALUES, FALSE_VALUES = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
RATE_PATTERN = re.compile(r"[1-9][0-9]*/(second|minute|hour|day)")
BUSY_TIMEOUT_SECONDS = 20
LOCK_TIMEOUT_SECONDS = 10  # the publishing lock is held for seconds at most, except by an import
IDLE_IN_TRANSACTION_TIMEOUT_SECONDS = 60


class Env:
    """Typed access to environment variables. Every method raises ImproperlyConfigured for a value it does not accept.

    `asked` collects every name that was read, so that a test can compare them with the docs.
    """

    def __init__(self, variables):
        self.variables = variables
        self.asked = set()

    def text(self, name, *, default=REQUIRED):
        """Return the value without surrounding spaces; without one `default`, or raise if it is required."""
        self.asked.add(name)
        value = self.variables.get(name, "").strip()
        if value:
            return value
        if default is REQUIRED:
            raise ImproperlyConfigured(f"{name} is not set, and nothing can be assumed for it. See .env.example.")
        return default

    def flag(self, name, *, default):
        """Return True for "1", "true", "yes" or "on", False for "0", "false", "no" or "off"."""
        value = self.text(name, default="").lower()
        if value in TRUE_VALUES | FALSE_VALUES:
            return value in TRUE_VALUES
        return default if not value else self._refuse(name, "true or false", value)

    def number(self, name, *, default, least=0, most=None):
        """Return a whole number from `least` to `most`."""
        value = self.text(name, default="")
        if not value:
            return default
        expected = f"a whole number from {least}" + ("" if most is None else f" to {most}")
        if not re.fullmatch(r"[0-9]{1,18}", value):
            return self._refuse(name, expected, value)
        number = int(value)
        if number < least or (most is not None and number > most):
            return self._refuse(name, expected, value)
        return number

    def words(self, name, *, default=(), allowed=None):
        """Return a list from a value separated by commas; each item must be in `allowed`, if given."""
        value = self.text(name, default="")
        words = [word.strip() for word in value.split(",") if word.strip()]
        if value and not words:
            self._refuse(name, "a list separated by commas", value)
        for word in words:
            if allowed is not None and word not in allowed:
                self._refuse(name, "a list of " + ", ".join(allowed), word)
        return words or list(default)

    def folder(self, name, *, default, base):
        """Return an absolute path; a relative one is resolved from `base`."""
        value = self.text(name, default="")
        path = base / Path(value).expanduser() if value else default
        if path is not None and path.exists() and not path.is_dir():
            self._refuse(name, "a folder", str(path))
        return path

    def rate(self, name, *, default=""):
        """Return a rate limit such as "600/hour"; "" means no limit."""
        value = self.text(name, default=default)
        if value and not RATE_PATTERN.fullmatch(value):
            self._refuse(name, "a number and a period such as 600/hour (second, minute, hour, day)", value)
        return value

    def address(self, name, *, default=REQUIRED):
        """Return a mail address, with or without a name before it."""
        value = self.text(name, default=default)
        if not re.fullmatch(r"[^<>@]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+", value):
            self._refuse(name, "a mail address", value)
        return value

    def origin(self, name, *, default=REQUIRED):
        """Return scheme, host and optional port without a path, such as https://example.org"""
        value = self.text(name, default=default).rstrip("/")
        return self._checked_origin(name, value)

    def origins(self, name, *, default=()):
        """Return a list of origins from a value separated by commas."""
        return [self._checked_origin(name, value) for value in self.words(name, default=default)]

    def database(self, name, *, sqlite_file, pooled):
        """Return Django's settings of a database.

        The value is postgres://user:password@host:port/name or sqlite:///file; if it is not set, `sqlite_file` is used.
        """
        value = self.text(name, default="")
        if not value:
            return build_sqlite_config(sqlite_file)
        url = self._url(name, value, {"postgres", "postgresql", "sqlite"})
        if url.scheme == "sqlite":
            if url.netloc or len(url.path) < 2:
                self._refuse(name, "sqlite:///file or sqlite:////folder/file")
            return build_sqlite_config(Path(unquote(url.path[1:])))
        if not url.path.strip("/"):
            self._refuse(name, "a PostgreSQL URL that ends in the database's name")
        return build_postgresql_config(url, pooled=pooled)

    def redis(self, name):
        """Return the URL of a Redis database, or "" if none is set."""
        value = self.text(name, default="")
        if value:
            self._url(name, value, {"redis", "rediss", "unix"})
        return value

    def mail(self, name, *, default=REQUIRED):
        """Return Django's mail settings from an smtp://, smtp+tls://, smtps://, file:///folder or console: URL."""
        value = self.text(name, default=default)
        if value == "console:":
            return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
        url = self._url(name, value, {"smtp", "smtp+tls", "smtps", "file"})
        if url.scheme == "file":
            return {"EMAIL_BACKEND": "hkpolicy.mail.FolderBackend", "EMAIL_FILE_PATH": unquote(url.path)}
        if not url.hostname:
            self._refuse(name, "a URL with a host, such as smtp+tls://user:password@mail.example.org:587")
        usual_port = {"smtp": 25, "smtp+tls": 587, "smtps": 465}[url.scheme]
        return {
            "EMAIL_BACKEND": "hkpolicy.mail.SMTPBackend",
            "EMAIL_HOST": url.hostname,
            "EMAIL_PORT": url.port or usual_port,
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_TLS": url.scheme == "smtp+tls",
            "EMAIL_USE_SSL": url.scheme == "smtps",
            "EMAIL_TIMEOUT": 20,
            "EMAIL_ANSWER_TIMEOUT": 600,  # RFC 5321, 4.5.3.2.6: giving up earlier sends the mail twice
        }

    def _checked_origin(self, name, value):
        url = self._url(name, value, {"http", "https"})
        if not url.hostname or url.path or url.query or url.fragment or url.username:
            self._refuse(name, "an address without a path, such as https://example.org", value)
        return value

    def _url(self, name, value, schemes):
        expected = "a URL that begins with " + " or ".join(f"{scheme}:" for scheme in sorted(schemes))
        try:
            url = urlsplit(value)
            port_is_sane = url.port is None or url.port > 0
        except ValueError:
            port_is_sane = False
        return url if port_is_sane and url.scheme in schemes else self._refuse(name, expected)

    @staticmethod
    def _refuse(name, expected, value=None):
        shown = "" if value is None else f", not {value!r}"
        raise ImproperlyConfigured(f"{name} must be {expected}{shown}. See .env.example.")


def build_sqlite_config(file):
    """Return the settings of an SQLite database, and create its folder.

    There is one writer at a time, who takes the lock when the transaction begins; readers are never blocked (WAL).
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    pragmas = ("journal_mode=WAL", "synchronous=NORMAL", f"busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_TIMEOUT_SECONDS,
            "init_command": "".join(f"PRAGMA {pragma};" for pragma in pragmas),
        },
    }


def build_postgresql_config(url, *, pooled):
    """Return the settings of a PostgreSQL database.

    The connection pool replaces persistent connections, so CONN_MAX_AGE must be 0. Each connection is checked when it
    is taken from the pool: one that was cut by a restart or a failover is replaced unnoticed.
    """
    options = dict(parse_qsl(url.query))
    if pooled:
        options["pool"] = {"min_size": 1, "max_size": 10, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": pooled,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": options,
    }


def add_time_limits(database, *, statement_seconds):
    """Return the database settings for a web process, with time limits on locks and statements in PostgreSQL.

    statement_seconds: 0 means no limit. Options in the database URL override these limits. SQLite stays unchanged: it
    has `busy_timeout` already.
    """
    if database["ENGINE"] != "django.db.backends.postgresql":
        return database
    limits = {
        "lock_timeout": LOCK_TIMEOUT_SECONDS,
        "statement_timeout": statement_seconds,
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_TIMEOUT_SECONDS,
    }
    said = [f"-c {name}={seconds}s" for name, seconds in limits.items()]
    options = database["OPTIONS"]
    return database | {"OPTIONS": options | {"options": " ".join([*said, options.get("options", "")]).strip()}}


def load_or_create_secret(file):
    """Return the random key stored in `file`; create it on the first call, readable by its owner only (demo)."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        try:
            os.link(draft, file)  # if two processes start together, one wins and both read its key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text()


def compute_code_digest(folder):
    """Return a short digest of all files that shape an answer; it identifies the release."""
    digest = hashlib.sha256()
    for name in ("record", "readers", "initiatives", "experts", "hkpolicy", "templates", "locale", "static"):
        for file in sorted((folder / name).rglob("*")):
            if file.suffix in {".py", ".html", ".md", ".mo", ".xml", ".css", ".js", ".svg", ".png"}:
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
