"""Move a child to another root of the same kind: manage.py move KIND CONTENT_ID --to SLUG [--by USER]"""

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError

from hkpolicy.management.roots import get_roots_by_slug
from importer.management.loading import add_by_argument, as_command_errors
from importer.service_accounts import get_acting_user
from newsroom.actions.move import move
from newsroom.documents.registry import get_root, get_row_type, get_working_row
from record.models import edition_classes


class Command(BaseCommand):
    help = "Gives a milestone, an outcome or another child to another root, in the working copy and in the record."

    def add_arguments(self, parser):
        kinds = sorted(type for type, edition_class in edition_classes().items() if edition_class.parents)
        parser.add_argument("kind", metavar="KIND", choices=kinds, help=", ".join(kinds))
        parser.add_argument("content_id", metavar="CONTENT_ID")
        parser.add_argument("--to", metavar="SLUG", required=True, help="the new root, of the kind of the old one")
        add_by_argument(parser)

    def handle(self, *, kind, content_id, to, by, **_):
        try:
            child = get_working_row(kind, content_id)
        except (ObjectDoesNotExist, ValidationError) as error:
            raise CommandError(f"No {kind} has the content_id {content_id!r}.") from error
        with as_command_errors():
            [root] = get_roots_by_slug(get_root(child)._meta.model_name, [to])
            publication = move(child=child, to=root, by=get_acting_user(by))
        self.stdout.write(
            f"Publication {publication.pk}." if publication else f"Moved to {get_row_type(root)} {to}, not public."
        )
