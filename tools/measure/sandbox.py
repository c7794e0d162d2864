"""Start the site of a checkout in this process, on a new database in memory, for its walks.

Nothing of the product is imported by name, so that old and new layouts answer: models are found by the name of their
class, tasks by the end of theirs, pages by their address.
"""

import logging
import os
import sqlite3
import sys
import tempfile
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from string import Template
from zoneinfo import ZoneInfo

FILES = Path(__file__).resolve().parent
SAID_BY_THE_MACHINE = (
    "API_ANON_RATE DATABASE_URL DEBUG EMAIL_URL PORT REDIS_URL REQUIRED_LANGUAGES REQUIRE_SECOND_PERSON SECRET_KEY "
    "SITE_URL"
)


class Sandbox:
    """The site with one editor who may do everything; a context manager, once a process."""

    def __init__(self, root: Path):
        self.root = root
        self._stack = ExitStack()

    def __enter__(self) -> "Sandbox":
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        for name in SAID_BY_THE_MACHINE.split():
            os.environ.pop(name, None)
        os.environ |= {"DEMO_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "hkpolicy.settings"}
        sys.path[:] = [str(self.root), *(path for path in sys.path if Path(path or ".").resolve() != FILES.parents[1])]
        os.chdir(self.root)
        self._start_django()
        return self

    def __exit__(self, *_) -> None:
        self._stack.close()

    def _start_django(self) -> None:
        import django
        from django.core.management import call_command
        from django.db import connection
        from django.test.utils import setup_test_environment

        django.setup()
        logging.disable(logging.WARNING)
        setup_test_environment()  # mail goes nowhere
        self._keep_tasks()
        connection.settings_dict["NAME"] = ":memory:"
        call_command("migrate", verbosity=0, interactive=False)
        self._log_in()
        self._blank = sqlite3.connect(":memory:")
        connection.connection.backup(self._blank)

    def reset(self) -> None:
        """Take the database, the cache and the queue back to how they were at the start."""
        from django.core.cache import cache
        from django.db import connection

        self._blank.backup(connection.connection)
        cache.clear()
        self.queued.clear()

    def _keep_tasks(self) -> None:
        """Keep the tasks that the site queues in `queued` as (name, keyword arguments)."""
        from celery import current_app
        from celery.signals import before_task_publish

        self.queued: list[tuple[str, dict]] = []
        current_app.conf.update(broker_url="memory://", broker_transport_options={})
        current_app.loader.import_default_modules()
        self._keep = lambda sender, body, **_: self.queued.append((sender, body[1]))  # celery's reference is weak
        before_task_publish.connect(self._keep)

    def _log_in(self) -> None:
        from django.contrib.auth.models import Group, User
        from django.test import Client

        name = {"username": "mei", "email": "mei@example.org"}
        editor = User.objects.create(**name, is_staff=True, is_superuser=True)
        editor.groups.add(Group.objects.get_or_create(name="author")[0])
        self.editor, self.reader = Client(), Client()
        self.editor.force_login(editor)

    def find_model(self, name: str):
        from django.apps import apps

        [model] = [model for model in apps.get_models() if model.__name__ == name]
        return model

    def run_task(self, endings: str | tuple[str, ...], **arguments) -> None:
        """Run the task whose name ends so, or in one of these, as a worker would."""
        from celery import current_app

        [name] = [name for name in current_app.tasks if name.endswith(endings)]
        current_app.tasks[name].apply(kwargs=arguments, throw=True)

    def make_file(self, name: str) -> Path:
        """Fill in the data file of that name: what is due there is due in thirty days."""
        due = datetime.now(ZoneInfo("Asia/Hong_Kong")).date() + timedelta(days=30)
        file = self.folder / name
        file.write_text(Template((FILES / name).read_text(encoding="utf-8")).substitute(due=due), encoding="utf-8")
        return file

    def load(self, file: Path, *options: str) -> None:
        from django.core.management import call_command

        with (self.folder / "loaded.txt").open("a") as out:
            call_command("load_record", str(file), *options, stdout=out)
