"""Withdraw a root by kind and slug: manage.py withdraw KIND SLUG --reason TEXT [--by USER]"""

from django.core.management.base import BaseCommand

from hkpolicy.management.roots import ROOT_MODELS, build_public_text, get_roots_by_slug
from importer.management.loading import add_by_argument, as_command_errors
from importer.service_accounts import get_acting_user
from newsroom.actions.withdraw import withdraw
from newsroom.documents.registry import get_row_key


class Command(BaseCommand):
    help = "Takes a root and its children out of the record, leaving a public reason."

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="KIND", choices=sorted(ROOT_MODELS), help=", ".join(sorted(ROOT_MODELS)))
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--reason", metavar="TEXT", required=True, help="the public reason")
        add_by_argument(parser)

    def handle(self, *, kind, slug, reason, by, **_):
        with as_command_errors():
            [row] = get_roots_by_slug(kind, [slug])
            publication = withdraw(root=get_row_key(row), reason=build_public_text(reason), by=get_acting_user(by))
        self.stdout.write(f"Publication {publication.pk}." if publication else "Nothing of it is public.")
