"""Withdraw a root by kind and slug: manage.py withdraw KIND SLUG --reason TEXT [--by USER]"""

from django.core.management.base import BaseCommand

from hkpolicy.management.loading import add_by, refusals_said
from hkpolicy.record.accounts import acting
from hkpolicy.record.kinds import KINDS, public_text, rows_of_kind
from publishing.actions import withdraw
from publishing.documents import key_of


class Command(BaseCommand):
    help = "Takes a root and its children out of the record, leaving a public reason."

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="KIND", choices=sorted(KINDS), help=", ".join(sorted(KINDS)))
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--reason", metavar="TEXT", required=True, help="the public reason")
        add_by(parser)

    def handle(self, *, kind, slug, reason, by, **_):
        with refusals_said():
            [row] = rows_of_kind(kind, [slug])
            publication = withdraw(root=key_of(row), reason=public_text(reason), by=acting(by))
        self.stdout.write(f"Publication {publication.pk}." if publication else "Nothing of it is public.")
