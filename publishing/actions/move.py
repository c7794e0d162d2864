"""Moving a published child to another root: the only way in which it changes the root it belongs to."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from .. import rules
from ..choices import Action, UpdateType
from ..documents import Entry, root_row, type_of
from ..documents.plans import names_in_record
from ..editions import Change, Publication, edition_classes
from ..languages import LANGUAGES
from ..rules import Key
from .appending import Note, append, lock_the_record
from .permits import Refused, permit
from .verbs import verb

CAME = gettext_lazy("Moved here from another page: %(kind)s")
WENT = gettext_lazy("Moved to another page: %(kind)s")


@verb
def move(*, child: models.Model, to: models.Model, by) -> Publication | None:
    """Move a child to another root of the same type, in the working copy and, if it is public, in the record.

    The live document moves as it stands, without unpublished edits; both roots get a change. Return None if the child
    is not public or the record says so already. Raises PermissionDenied, or ActionError if the new root is of another
    type, or the child is public and the new root is not.
    """
    permit(by, "publishing.publish")
    record = lock_the_record()
    type, root_type = type_of(child), type_of(to)
    if type_of(root_row(child)) != root_type:
        raise Refused(_("It can only move to another one of the same kind."))
    setattr(child, root_type, to)
    child.save()
    row = edition_classes()[type].objects.filter(content_id=child.content_id).first()
    if row is None:
        return None
    root = (root_type, str(to.content_id))
    name = names_in_record([root]).get(root)
    if name is None or name.get("withdrawn"):
        raise Refused(_("Publish “%(root)s” first.") % {"root": to})
    document = row.current() | {root_type: {"type": root_type, "content_id": root[1]} | name}
    if rules.canonical(document) == row.document:
        return None
    entry, left = Entry(type, str(row.content_id), root, row, document), (root_type, str(row.root_content_id))
    if left == root:  # only the name of the root was out of date
        return append(record, [entry], by=by, notes={})
    publication = append(record, [entry], by=by, notes={root: Note(_about(CAME, child))})
    _tell_who_lost_it(publication, left, _about(WENT, child))
    return publication


def _tell_who_lost_it(publication: Publication, root: Key, note: dict) -> None:
    """Add a change without an edition to the root that the child left.

    The document of that root stays the same, but has one child less when it is read again.
    """
    Change.objects.create(
        publication=publication,
        action=Action.PUBLISHED,
        update_type=UpdateType.MINOR,
        note=note,
        type=root[0],
        content_id=root[1],
        root_type=root[0],
        root_content_id=root[1],
    )


def _about(words, child: models.Model) -> dict:
    """Return a change note with the kind of what moved, in every language.

    It does not give the title, which would outlive a redaction there.
    """
    note = {}
    for language in LANGUAGES:
        with override(language):
            note[language] = str(words) % {"kind": child._meta.verbose_name}
    return note
