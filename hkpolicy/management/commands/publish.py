"""Publish roots by kind and slug: manage.py publish KIND SLUG… --note TEXT [--overrule WHY] [--by USER] [--major]"""

from django.core.management.base import BaseCommand

from hkpolicy.management.roots import ROOT_MODELS, build_public_text, get_roots_by_slug
from importer.management.loading import add_by_argument, as_command_errors
from importer.service_accounts import get_acting_user
from newsroom.actions.append import ChangeNote
from newsroom.actions.publish import publish
from newsroom.documents.drafts import build_draft


class Command(BaseCommand):
    help = "Publishes roots as they stand in the newsroom, as one publication."

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="KIND", choices=sorted(ROOT_MODELS), help=", ".join(sorted(ROOT_MODELS)))
        parser.add_argument("slugs", metavar="SLUG", nargs="+")
        parser.add_argument("--note", metavar="TEXT", required=True, help="the public change note")
        parser.add_argument(
            "--overrule", metavar="WHY", default="", help="publish in spite of warnings; kept internally"
        )
        parser.add_argument("--major", action="store_true", help="mark it as major in What changed")
        add_by_argument(parser)

    def handle(self, *, kind, slugs, note, major, overrule, by, **_):
        with as_command_errors():
            drafts = [build_draft(row) for row in get_roots_by_slug(kind, slugs)]
            notes = {draft.key: ChangeNote(build_public_text(note), major=major) for draft in drafts}
            publication = publish(drafts=drafts, by=get_acting_user(by), notes=notes, overruled=overrule)
        self.stdout.write(f"Publication {publication.pk}." if publication else "Nothing to publish.")
