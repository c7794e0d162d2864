"""Shared parts of the commands that import and publish: the acting user, the report and the errors."""

from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from newsroom.actions.permissions import ActionError

from ..load import InvalidFile
from ..service_accounts import UnknownUser


@contextmanager
def as_command_errors():
    """Turn the errors of actions and imports into CommandError; their transaction was rolled back."""
    try:
        yield
    except InvalidFile as bad:
        raise CommandError(f"Refused, and nothing was written:\n{bad}") from bad
    except (UnknownUser, PermissionDenied, ActionError, LookupError) as error:
        raise CommandError(str(error)) from error


def add_by_argument(parser) -> None:
    """Add the option --by to a command's parser."""
    parser.add_argument("--by", metavar="USER", help="who acts; without it the newsroom's own account")


class ImportCommand(BaseCommand):
    """Base of the commands that import rows and print a report of what was done."""

    def add_arguments(self, parser):
        add_by_argument(parser)
        parser.add_argument("--publish", action="store_true", help="publish what no editor has touched, at once")
        parser.add_argument("--overwrite", action="store_true", help="take the file's values where an editor changed")
        parser.add_argument("--dry-run", action="store_true", help="tell what would be done, and do nothing")

    def handle(self, *, publish, overwrite, dry_run, by, **options):
        given = {"file": options["file"]} if "file" in options else {}
        with as_command_errors():
            outcome = self.load(**given, by=by, publishing=publish, overwrite=overwrite, dry_run=dry_run)
        self.stdout.write(str(outcome))
        self.stdout.write(f"\n{outcome.closing_line(publishing=publish, dry_run=dry_run)}")
