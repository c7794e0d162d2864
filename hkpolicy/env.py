"""What environs does not know: parsers of folders, origins, databases and mail, and checks of other values.

An empty value counts as not set, so that `NAME=` in a file or on a command line removes a setting.
Values that may hold a password (URLs, keys) are never repeated in a message.
"""

import hashlib
import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
import environs
from environs import ValidationError, validate

BUSY_TIMEOUT_SECONDS = 20
LOCK_TIMEOUT_SECONDS = 10  # the publishing lock is held for seconds at most, except by an import
IDLE_IN_TRANSACTION_TIMEOUT_SECONDS = 60

check_rate = validate.Regexp(
    r"[1-9][0-9]*/(second|minute|hour|day)\Z",
    error="Must be a number and a period such as 600/hour (second, minute, hour, day).",
)
check_mail_address = validate.Regexp(
    r"([^<>@]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)\Z", error="Must be a mail address, with or without a name."
)
check_hosts = validate.ContainsNoneOf([""], error="Must be a list separated by commas, none of them empty.")


class Env(environs.Env):
    """Environs, for which an empty value counts as not set, with the parsers below as methods."""

    def __init__(self):
        super().__init__()
        self.add_parser("folder", parse_folder)
        self.add_parser("origin", parse_origin)
        self.add_parser("database", parse_database)
        self.add_parser("redis", parse_redis)
        self.add_parser("mail", parse_mail)

    def _get_value(self, env_key, default):
        return super()._get_value(env_key, "").strip() or default


def parse_folder(value, *, base):
    """Return an absolute path, a relative one resolved from `base`; None for an empty value."""
    folder = base / Path(value).expanduser() if value else None
    if folder and folder.exists() and not folder.is_dir():
        raise ValidationError("Must be a folder.")
    return folder


def parse_origin(value):
    """Return scheme, host and optional port without a path, such as https://example.org"""
    value = value.strip().rstrip("/")
    url = split_url(value, "http", "https")
    if not url.hostname or url.path or url.query or url.fragment or url.username:
        raise ValidationError("Must be an address without a path, such as https://example.org")
    return value


def parse_database(value, *, sqlite_file, pooled):
    """Return Django's settings of a database; without a value, of SQLite in `sqlite_file`.

    The connection pool replaces persistent connections, so CONN_MAX_AGE stays 0. Each connection is checked when it is
    taken from the pool: one that was cut by a restart or a failover is replaced unnoticed.
    """
    if not value:
        return build_sqlite_config(sqlite_file)
    split_url(value, "postgres", "postgresql", "sqlite")
    config = {"HOST": "", "OPTIONS": {}} | dj_database_url.parse(value, conn_health_checks=pooled)
    if config["ENGINE"].endswith("sqlite3"):
        if config["HOST"] or config["NAME"] == ":memory:":
            raise ValidationError("Must be sqlite:///file or sqlite:////folder/file")
        return build_sqlite_config(Path(config["NAME"]))
    if not config["NAME"]:
        raise ValidationError("Must be a PostgreSQL URL that ends in the database's name.")
    pool = {"pool": {"min_size": 1, "max_size": 10, "timeout": 10}} if pooled else {}
    return config | {"OPTIONS": config["OPTIONS"] | pool}


def parse_redis(value):
    """Return the URL of a Redis database, or "" if none is set."""
    if value:
        split_url(value, "redis", "rediss", "unix")
    return value


def parse_mail(value):
    """Return Django's mail settings from an smtp://, smtp+tls://, smtps://, file:///folder or console: URL."""
    if value == "console:":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    url = split_url(value, "smtp", "smtp+tls", "smtps", "file")
    if url.scheme == "file":
        return {"EMAIL_BACKEND": "hkpolicy.mail.FolderBackend", "EMAIL_FILE_PATH": unquote(url.path)}
    if not url.hostname:
        raise ValidationError("Must be a URL with a host, such as smtp+tls://user:password@mail.example.org:587")
    return {
        "EMAIL_BACKEND": "hkpolicy.mail.SMTPBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[url.scheme],
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
        "EMAIL_ANSWER_TIMEOUT": 600,  # RFC 5321, 4.5.3.2.6: giving up earlier sends the mail twice
    }


def split_url(value, *schemes):
    """Return the parts of a URL. Raises ValidationError if its scheme or its port is wrong."""
    try:
        url = urlsplit(value)
        port_is_sane = url.port is None or url.port > 0
    except ValueError:
        port_is_sane = False
    if not port_is_sane or url.scheme not in schemes:  # raised out here: the error above quotes the URL
        raise ValidationError("Must be a URL that begins with " + " or ".join(f"{scheme}:" for scheme in schemes))
    return url


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
