"""Moving a published child to another root: the only way in which it changes the root it belongs to."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from record.choices import ChangeAction, UpdateType
from record.documents.canonical_json import ReferenceKey, to_canonical_json
from record.languages import LANGUAGES
from record.models import Change, Publication, edition_classes
from record.queries import load_references

from ..documents.changeset import ChangesetEntry
from ..documents.registry import get_root, get_row_type
from .append import ChangeNote, append_publication, lock_publishing
from .decorators import audited_action
from .permissions import ActionError, require_perm

MOVED_IN_NOTE = gettext_lazy("Moved here from another page: %(kind)s")
MOVED_OUT_NOTE = gettext_lazy("Moved to another page: %(kind)s")


@audited_action
def move(*, child: models.Model, to: models.Model, by) -> Publication | None:
    """Move a child to another root of the same type, in the working copy and, if it is public, in the record.

    The live document moves as it stands, without unpublished edits; both roots get a change. Return None if the child
    is not public or the record says so already. Raises PermissionDenied, or ActionError if the new root is of another
    type, or the child is public and the new root is not.
    """
    require_perm(by, "record.publish")
    record = lock_publishing()
    type, root_type = get_row_type(child), get_row_type(to)
    if get_row_type(get_root(child)) != root_type:
        raise ActionError(_("It can only move to another one of the same kind."))
    setattr(child, root_type, to)
    child.save()
    row = edition_classes()[type].objects.filter(content_id=child.content_id).first()
    if row is None:
        return None
    root = (root_type, str(to.content_id))
    reference = load_references([root]).get(root)
    if reference is None or reference.get("withdrawn"):
        raise ActionError(_("Publish “%(root)s” first.") % {"root": to})
    document = row.load_document() | {root_type: reference}
    if to_canonical_json(document) == row.document:
        return None
    entry, left = ChangesetEntry(type, str(row.content_id), root, row, document), (root_type, str(row.root_content_id))
    if left == root:  # only the name of the root was out of date
        return append_publication(record, [entry], by=by, notes={})
    publication = append_publication(
        record, [entry], by=by, notes={root: ChangeNote(_make_move_note(MOVED_IN_NOTE, child))}
    )
    _add_change_to_former_root(publication, left, _make_move_note(MOVED_OUT_NOTE, child))
    return publication


def _add_change_to_former_root(publication: Publication, root: ReferenceKey, note: dict) -> None:
    """Add a change without an edition to the root that the child left.

    The document of that root stays the same, but has one child less when it is read again.
    """
    Change.objects.create(
        publication=publication,
        action=ChangeAction.PUBLISHED,
        update_type=UpdateType.MINOR,
        note=note,
        type=root[0],
        content_id=root[1],
        root_type=root[0],
        root_content_id=root[1],
    )


def _make_move_note(words, child: models.Model) -> dict:
    """Return a change note with the kind of what moved, in every language.

    It does not give the title, which would outlive a redaction there.
    """
    note = {}
    for language in LANGUAGES:
        with override(language):
            note[language] = str(words) % {"kind": child._meta.verbose_name}
    return note
