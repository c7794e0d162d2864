"""Publish roots by kind and slug: manage.py publish KIND SLUG… --note TEXT [--overrule WHY] [--by USER] [--major]"""

from django.core.management.base import BaseCommand

from hkpolicy.management.loading import add_by, refusals_said
from hkpolicy.record.accounts import acting
from hkpolicy.record.kinds import KINDS, public_text, rows_of_kind
from publishing.actions import publish
from publishing.actions.appending import Note
from publishing.documents import draft_of


class Command(BaseCommand):
    help = "Publishes roots as they stand in the newsroom, as one publication."

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="KIND", choices=sorted(KINDS), help=", ".join(sorted(KINDS)))
        parser.add_argument("slugs", metavar="SLUG", nargs="+")
        parser.add_argument("--note", metavar="TEXT", required=True, help="the public change note")
        parser.add_argument(
            "--overrule", metavar="WHY", default="", help="publish in spite of warnings; kept internally"
        )
        parser.add_argument("--major", action="store_true", help="mark it as major in What changed")
        add_by(parser)

    def handle(self, *, kind, slugs, note, major, overrule, by, **_):
        with refusals_said():
            drafts = [draft_of(row) for row in rows_of_kind(kind, slugs)]
            notes = {draft.key: Note(public_text(note), major=major) for draft in drafts}
            publication = publish(drafts=drafts, by=acting(by), notes=notes, overruled=overrule)
        self.stdout.write(f"Publication {publication.pk}." if publication else "Nothing to publish.")
