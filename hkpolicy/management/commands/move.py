"""Move a child to another root of the same kind: manage.py move KIND CONTENT_ID --to SLUG [--by USER]"""

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError

from hkpolicy.management.loading import add_by, refusals_said
from hkpolicy.record.accounts import acting
from hkpolicy.record.kinds import rows_of_kind
from publishing.actions import move
from publishing.documents import root_row, row_of, type_of
from publishing.editions import edition_classes


class Command(BaseCommand):
    help = "Gives a milestone, an outcome or another child to another root, in the working copy and in the record."

    def add_arguments(self, parser):
        kinds = sorted(type for type, edition_class in edition_classes().items() if edition_class.parents)
        parser.add_argument("kind", metavar="KIND", choices=kinds, help=", ".join(kinds))
        parser.add_argument("content_id", metavar="CONTENT_ID")
        parser.add_argument("--to", metavar="SLUG", required=True, help="the new root, of the kind of the old one")
        add_by(parser)

    def handle(self, *, kind, content_id, to, by, **_):
        try:
            child = row_of(kind, content_id)
        except (ObjectDoesNotExist, ValidationError) as error:
            raise CommandError(f"No {kind} has the content_id {content_id!r}.") from error
        with refusals_said():
            [root] = rows_of_kind(root_row(child)._meta.model_name, [to])
            publication = move(child=child, to=root, by=acting(by))
        self.stdout.write(
            f"Publication {publication.pk}." if publication else f"Moved to {type_of(root)} {to}, not public."
        )
