import json
import os
import signal
import socket
import sys
import threading
from unittest.mock import Mock

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from hkpolicy.demo import editors, processes
from record.models import Publication

WAITS = [sys.executable, "-c", "import time; time.sleep(60)"]
FAILS = [sys.executable, "-c", "raise SystemExit(3)"]
DEAF = [sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"]


def roles(username):
    return list(get_user_model().objects.get(username=username).groups.values_list("name", flat=True))


@pytest.mark.django_db
def test_three_editors_can_log_in_as_the_file_says(tmp_path):
    file = tmp_path / "demo" / "logins.json"
    editors.ensure_editors(file)
    logins = json.loads(file.read_text())
    assert list(logins) == ["author", "reviewer", "publisher"]
    for role, login in logins.items():
        assert authenticate(**login).is_staff
        assert roles(login["username"]) == [role]
    assert len({login["password"] for login in logins.values()}) == 3
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_editors_and_their_passwords_stay(tmp_path):
    file = tmp_path / "logins.json"
    assert editors.ensure_editors(file) == editors.ensure_editors(file)
    assert get_user_model().objects.count() == 3


@pytest.mark.django_db
def test_a_lost_file_gives_new_passwords_to_the_same_people(tmp_path):
    file = tmp_path / "logins.json"
    former = editors.ensure_editors(file)
    file.unlink()
    renewed = editors.ensure_editors(file)
    assert get_user_model().objects.count() == 3
    assert authenticate(**former["author"]) is None
    assert authenticate(**renewed["author"]) is not None


@pytest.fixture
def started(monkeypatch):
    """Every process started during the test."""
    seen = []

    class Watched(processes.subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            seen.append(self)

    monkeypatch.setattr(processes.subprocess, "Popen", Watched)
    return seen


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_of_them(started, number):
    ask = threading.Timer(0.3, os.kill, (os.getpid(), number))
    processes.run_together({"web": WAITS, "worker": WAITS}, when_up=ask.start)
    assert [process.returncode for process in started] == [-signal.SIGTERM] * 2


def test_the_end_of_one_ends_all_of_them_with_an_error(started):
    with pytest.raises(processes.ProcessDied, match="worker ended with code 3"):
        processes.run_together({"web": WAITS, "worker": FAILS})
    assert [process.returncode for process in started] == [-signal.SIGTERM, 3]


def test_what_does_not_listen_is_killed(started, monkeypatch):
    monkeypatch.setattr(processes, "STOP_TIMEOUT_SECONDS", 0.2)
    ask = threading.Timer(0.8, os.kill, (os.getpid(), signal.SIGTERM))
    processes.run_together({"web": DEAF}, when_up=ask.start)
    assert started[0].returncode == -signal.SIGKILL


@pytest.fixture
def commands_called(monkeypatch, settings, tmp_path):
    """Note the commands the demo would run, as it would run them, in a folder of this test."""
    settings.DEMO_DIR = tmp_path
    called = []

    def note(command, *args, **options):
        called.append((command, *(str(arg.name) for arg in args), options))
        if command == "load_record":
            publisher = get_user_model().objects.get(username=options["by"])
            Publication.objects.create(by=publisher, published_at=timezone.now())

    monkeypatch.setattr("hkpolicy.management.commands.demo.call_command", note)
    return called


@pytest.mark.django_db
def test_the_record_is_loaded_and_published_by_the_publisher_once(commands_called):
    call_command("demo", "--prepare")
    call_command("demo", "--prepare")
    migrated = ("migrate", {"verbosity": 0})
    assert commands_called == [
        migrated,
        ("load_record", "hk_record.yaml", {"publish": True, "by": "ada"}),
        ("load_pages", {"publish": True, "by": "ada"}),
        migrated,
    ]


@pytest.mark.django_db
def test_an_emptied_database_gets_the_record_again(commands_called):
    call_command("demo", "--prepare")
    Publication.objects.all().delete()
    call_command("demo", "--prepare")
    assert [call[0] for call in commands_called] == ["migrate", "load_record", "load_pages"] * 2


@pytest.mark.django_db
def test_a_taken_port_is_told_before_anything_is_done(commands_called, settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.PORT = server.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {settings.PORT} is taken"):
            call_command("demo")
    assert commands_called == []


@pytest.mark.django_db
def test_a_start_cut_short_says_so_and_is_finished_by_the_next(commands_called, monkeypatch):
    whole = "hkpolicy.management.commands.demo.call_command"
    with monkeypatch.context() as interrupted:
        interrupted.setattr(whole, Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(CommandError, match="Stopped before it was ready"):
            call_command("demo", "--prepare")
    call_command("demo", "--prepare")
    assert [call[0] for call in commands_called] == ["migrate", "load_record", "load_pages"]


def test_the_demo_needs_a_folder_of_its_own(settings):
    settings.DEMO_DIR = None
    with pytest.raises(CommandError, match="DEMO_DIR is not set"):
        call_command("demo")
