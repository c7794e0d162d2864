"""Move a published child to another root: the one way in which it changes where it belongs."""

from django.db import models
from django.utils.translation import gettext as _

from .. import rules
from ..documents import Entry, root_row, type_of
from ..documents.plans import names_in_record
from ..editions import Publication, edition_classes
from .appending import append, lock_the_record
from .permits import Refused, permit
from .verbs import verb


@verb
def move(*, child: models.Model, to: models.Model, by) -> Publication | None:
    """Give a child to another root of the same type, in the working copy and, where it is public, in the record.

    What is live moves as it stands, with nothing unpublished. None where it is not public. Raises PermissionDenied,
    or Refused where the new root is not public or of another type.
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
    return append(record, [Entry(type, str(row.content_id), root, row, document)], by=by, notes={})
