"""`make demo`: prepare the demo's folder once, then run the whole site from it."""

import os
from http.client import HTTPConnection, HTTPException

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from record.models import Publication

from ...demo import editors, processes

DEMO_DATA_FILE = "data/hk_record.yaml"


class Command(BaseCommand):
    help = "Migrate, make three editors, load and publish the record, then run the site until Ctrl-C."

    def add_arguments(self, parser):
        names = list(processes.build_commands())
        parser.add_argument("--only", nargs="+", choices=names, default=names, help="run these only, preparing nothing")
        parser.add_argument("--prepare", action="store_true", help="prepare everything, run nothing")

    def handle(self, *, only, prepare, **options):
        if settings.DEMO_DIR is None:
            raise CommandError("DEMO_DIR is not set: this command is for the demo. See .env.example.")
        programs = {name: command for name, command in processes.build_commands().items() if name in only}
        whole = len(programs) == len(processes.build_commands())
        if "web" in programs and not prepare and not processes.is_port_free(settings.PORT):
            raise CommandError(f"Port {settings.PORT} is taken. Choose another: make demo PORT=8001")
        try:
            logins = self.prepare() if whole or prepare else {}
        except KeyboardInterrupt:
            raise CommandError("Stopped before it was ready. The next start goes on from here.") from None
        if prepare:
            return
        os.environ["DEMO_DIR"] = str(settings.DEMO_DIR)
        is_up = is_web_answering if "web" in programs else lambda: True
        try:
            processes.run_together(programs, is_up=is_up, when_up=lambda: self.print_banner(programs, logins))
        except processes.ProcessDied as error:
            raise CommandError(f"Everything was stopped: {error}.") from error

    def prepare(self):
        """Prepare what is missing, and return the logins {role: {"username", "password"}}.

        What is there already stays; a first start that was interrupted is completed by the next one.
        """
        call_command("migrate", verbosity=0)
        logins = editors.ensure_editors(settings.DEMO_DIR / "logins.json")
        published = settings.DEMO_DIR / "published"
        if not published.exists() or not Publication.objects.exists():
            publisher = logins["publisher"]["username"]
            self.stdout.write("Loading and publishing the record (once) ...")
            call_command("load_record", settings.BASE_DIR / DEMO_DATA_FILE, publish=True, by=publisher)
            call_command("load_pages", publish=True, by=publisher)
            published.touch()
        return logins

    def print_banner(self, programs, logins):
        if "web" not in programs:
            self.stdout.write(f"Running: {', '.join(programs)}. Ctrl-C ends it.")
            return
        rows = {
            "The site": f"{settings.SITE_URL}/en/",
            "The admin": f"{settings.SITE_URL}/admin/",
            "The API": f"{settings.SITE_URL}/api/v1/",
            "Mail": settings.DEMO_DIR / "mail",
        }
        lines = [f"  {name:<10} {place}" for name, place in rows.items()]
        lines.append(f"  Log in as (also in {settings.DEMO_DIR / 'logins.json'}):")
        lines += [f"    {role:<10} {login['username']}  {login['password']}" for role, login in logins.items()]
        self.stdout.write("\n".join(["", *lines, "  Ctrl-C ends all of it.", ""]))
        self.stdout.flush()


def is_web_answering():
    """Return True if the web process answers for the front page, even with an error."""
    connection = HTTPConnection("127.0.0.1", settings.PORT, timeout=10)
    try:
        connection.request("GET", "/en/", headers={"Host": "localhost"})
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True
