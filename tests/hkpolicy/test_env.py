import os
import re
import subprocess
import sys
import traceback
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from environs import EnvError, validate

from hkpolicy.env import (
    Env,
    check_hosts,
    check_mail_address,
    check_rate,
    compute_code_digest,
    load_or_create_secret,
    parse_origin,
)

BASE = settings.BASE_DIR
ASKS = {
    "flag": lambda env: env.bool("NAME", False),
    "number": lambda env: env.int("NAME", 1, validate=validate.Range(1, 10)),
    "words": lambda env: env.list("NAME", [], subcast=str.strip, validate=validate.ContainsOnly(["en", "zh-hant"])),
    "hosts": lambda env: env.list("NAME", [], subcast=str.strip, validate=check_hosts),
    "folder": lambda env: env.folder("NAME", "", base=BASE),
    "rate": lambda env: env.str("NAME", None, validate=check_rate),
    "address": lambda env: env.str("NAME", "me@example.org", validate=check_mail_address),
    "origin": lambda env: env.origin("NAME", "http://localhost"),
    "origins": lambda env: env.list("NAME", [], subcast=parse_origin),
    "database": lambda env: env.database("NAME", "", sqlite_file=Path("var/test/x.sqlite3"), pooled=True),
    "redis": lambda env: env.redis("NAME", ""),
    "mail": lambda env: env.mail("NAME", "console:"),
}


@pytest.fixture
def ask(monkeypatch):
    """Return what is read of a kind, where NAME has this value or, for None, is not set."""

    def asked(kind, value):
        if value is None:
            monkeypatch.delenv("NAME", raising=False)
        else:
            monkeypatch.setenv("NAME", value)
        return ASKS[kind](Env())

    return asked


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("flag", "maybe"),
        ("flag", "2"),
        ("number", "0"),
        ("number", "11"),
        ("number", "-1"),
        ("number", "1.5"),
        ("number", "ten"),
        ("words", "en,fr"),
        ("words", ","),
        ("hosts", ","),
        ("folder", "manage.py"),
        ("rate", "600"),
        ("rate", "0/hour"),
        ("rate", "600/fortnight"),
        ("address", "nobody"),
        ("address", "Somebody <nobody>"),
        ("origin", "example.org"),
        ("origin", "https://example.org/path"),
        ("origin", "ftp://example.org"),
        ("origins", "https://a.example,b.example"),
        ("origins", " , ,"),
        ("database", "mysql://localhost/x"),
        ("database", "postgres://localhost"),
        ("database", "postgres://localhost:port/x"),
        ("database", "sqlite://x.sqlite3"),
        ("database", "x"),
        ("redis", "localhost:6379"),
        ("mail", "mail.example.org"),
        ("mail", "smtp://"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_of_its_variable(ask, kind, value):
    with pytest.raises(EnvError, match=r'^Environment variable "NAME" invalid: '):
        ask(kind, value)


@pytest.mark.parametrize("kind", ["database", "mail", "redis", "origin"])
@pytest.mark.parametrize("url", ["mysql://me:hunter2@h/x", "{}://me:hunter2/x@h", "{}://me:hunter2", "{}://[hunter2/x"])
def test_a_refusal_never_repeats_a_password(ask, kind, url):
    scheme = {"database": "postgres", "mail": "smtp", "redis": "redis", "origin": "https"}[kind]
    with pytest.raises(EnvError) as refusal:
        ask(kind, url.format(scheme))
    assert "hunter2" not in "".join(traceback.format_exception(refusal.value))


def test_what_has_no_default_must_be_set(monkeypatch):
    monkeypatch.setenv("NAME", "  ")
    with pytest.raises(EnvError, match=r'^Environment variable "NAME" not set'):
        Env().str("NAME")


@pytest.mark.parametrize("kind", [kind for kind in ASKS if kind != "database"])
def test_an_empty_value_counts_as_not_set(ask, kind):
    assert ask(kind, "") == ask(kind, None)


@pytest.mark.parametrize(
    ("kind", "value", "meaning"),
    [
        ("flag", "On", True),
        ("flag", "0", False),
        ("number", "10", 10),
        ("words", "zh-hant, en", ["zh-hant", "en"]),
        ("folder", "some/where", BASE / "some" / "where"),
        ("folder", "/tmp", Path("/tmp")),
        ("rate", "600/hour", "600/hour"),
        ("address", "The tracker <tracker@example.org>", "The tracker <tracker@example.org>"),
        ("origin", "https://example.org/", "https://example.org"),
        ("origins", "https://a.example,http://b.example:81", ["https://a.example", "http://b.example:81"]),
        ("redis", "redis://localhost/3", "redis://localhost/3"),
    ],
)
def test_a_right_value_is_read(ask, kind, value, meaning):
    assert ask(kind, value) == meaning


def test_a_postgresql_url_is_read_whole_and_pooled(ask):
    database = ask("database", "postgres://me:p%40ss@db.example:6432/tracker?sslmode=require")
    options = database.pop("OPTIONS")
    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "tracker",
        "USER": "me",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 6432,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }
    assert options.pop("sslmode") == "require"
    assert set(options) == {"pool"}


def test_smtp_is_read_with_its_usual_port(ask):
    mail = ask("mail", "smtp+tls://me:p%40ss@mail.example.org")
    assert mail["EMAIL_BACKEND"] == "hkpolicy.mail.SMTPBackend"
    assert (mail["EMAIL_TIMEOUT"], mail["EMAIL_ANSWER_TIMEOUT"]) == (20, 600)
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == ("me", "p@ss")
    assert (mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"]) == (True, False)


def test_a_kept_secret_is_made_once_and_readable_by_its_owner_only(tmp_path):
    file = tmp_path / "new" / "secret_key"
    secret = load_or_create_secret(file)
    assert len(secret) >= 50
    assert load_or_create_secret(file) == secret
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]


def start(*, say="settings.SECRET_KEY", **variables):
    """Start Django with nothing but these variables; return its exit code and what it said."""
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "hkpolicy.settings"} | variables
    code = f"import django; django.setup(); from django.conf import settings; print({say})"
    done = subprocess.run([sys.executable, "-c", code], cwd=BASE, env=environment, capture_output=True, text=True)
    return SimpleNamespace(code=done.returncode, said=(done.stderr.strip() or done.stdout.strip()).splitlines()[-1])


PRODUCTION = {
    "DATABASE_URL": "postgres://db/tracker",
    "REDIS_URL": "redis://cache/0",
    "SECRET_KEY": "a key",
    "SITE_URL": "https://tracker.example",
    "EMAIL_URL": "console:",
    "DEFAULT_FROM_EMAIL": "tracker@example.org",
}


def test_a_site_for_strangers_starts_when_everything_is_said():
    assert start(**PRODUCTION).said == "a key"


def test_a_redis_that_hangs_keeps_nobody_waiting_for_long():
    broker = "settings.CELERY_BROKER_TRANSPORT_OPTIONS"
    cache = "settings.CACHES['default']"
    assert start(say=f"({broker}, {cache}['BACKEND'], {cache}['OPTIONS'])", **PRODUCTION).said == (
        "({'socket_timeout': 2, 'socket_connect_timeout': 1, 'max_retries': 0},"
        " 'hkpolicy.cache.OptionalRedisCache', {'socket_timeout': 1, 'socket_connect_timeout': 1})"
    )


@pytest.mark.parametrize(("scheme", "header"), [("https", "HTTP_X_FORWARDED_PROTO"), ("http", "None")])
def test_behind_a_proxy_links_are_https_where_the_site_is(scheme, header):
    site = PRODUCTION | {"SITE_URL": f"{scheme}://tracker.example"}
    assert start(say="(settings.SECURE_PROXY_SSL_HEADER or [None])[0]", **site).said == header


@pytest.mark.parametrize(
    ("entered_by", "limits"),
    [
        ("hkpolicy.wsgi", "-c lock_timeout=10s -c statement_timeout=45s -c idle_in_transaction_session_timeout=60s"),
        ("hkpolicy.celery", "None"),
    ],
)
def test_the_web_process_has_time_limits_in_the_database_and_a_long_command_has_none(entered_by, limits):
    said = f"(__import__('{entered_by}'), settings.DATABASES['default']['OPTIONS'].get('options'))[1]"
    assert start(say=said, **PRODUCTION, WEB_STATEMENT_SECONDS="45").said == limits


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL"])
def test_a_site_for_strangers_guesses_nothing(name):
    started = start(**PRODUCTION | {name: ""})
    assert started.code != 0
    assert f'EnvNotSetError: Environment variable "{name}" not set' in started.said


@pytest.mark.parametrize(("name", "value"), [("DEBUG", "maybe"), ("PORT", "0"), ("REQUIRED_LANGUAGES", "en,fr")])
def test_a_wrong_value_stops_the_start(name, value, tmp_path):
    started = start(DEMO_DIR=str(tmp_path), **{name: value})
    assert started.code != 0
    assert f'EnvValidationError: Environment variable "{name}" invalid: ' in started.said


def test_a_demo_needs_no_setting_and_keeps_its_key(tmp_path):
    first, again = (start(DEMO_DIR=str(tmp_path)) for _ in range(2))
    assert first.code == 0
    assert first.said == again.said == (tmp_path / "secret_key").read_text()


def test_every_setting_is_explained_in_the_example_and_no_other():
    example = (BASE / ".env.example").read_text()
    explained = re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", example, flags=re.MULTILINE)
    composed = re.findall(r"\$\{([A-Z_]+)", (BASE / "docker-compose.yml").read_text())
    assert sorted(explained) == sorted(settings.ENV_NAMES | set(composed))
    for paragraph in example.strip().split("\n\n"):
        assert paragraph.startswith("# "), f"not explained: {paragraph}"


def test_a_change_of_the_code_is_another_release(tmp_path):
    (tmp_path / "templates").mkdir()
    page = tmp_path / "templates" / "page.html"
    page.write_text("one")
    before = compute_code_digest(tmp_path)
    assert compute_code_digest(tmp_path) == before
    page.write_text("two")
    assert compute_code_digest(tmp_path) != before
