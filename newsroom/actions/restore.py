"""Restoring: an earlier edition of a root and its children is written back to the working copy as an ordinary edit."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from record.models import Change, Publication, edition_classes, get_child_editions
from record.queries import documents_at

from ..documents.deserialize import (
    KeyKind,
    capture_columns,
    fill_redacted_value,
    get_document_name,
    group_by_kind,
    is_excluded,
    richest_nodes,
    write_value,
)
from ..documents.prefetch import get_embedded_rows, load_prefetched_rows
from ..documents.registry import get_model_declaration, get_published_type
from ..models.ownership import get_parent_keys, locate_rows
from .append import lock_publishing
from .decorators import audited_action
from .permissions import ActionError, perm, require_perm


@dataclass
class RestoreResult:
    """What restoring did to the working copy.

    changed, recreated, held_back: rows. held_texts: (row, text, language) of texts that are now held back.
    left_out: sentences about what could not be restored.
    """

    changed: list[Model] = field(default_factory=list)
    recreated: list[Model] = field(default_factory=list)
    held_back: list[Model] = field(default_factory=list)
    held_texts: list[tuple[Model, str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@audited_action
def restore(*, root_type: str, content_id, at_publication: Publication, by) -> RestoreResult:
    """Make the working copy of a root and its children say what was live right after a publication of it.

    Rows deleted since come back with their content_id. Rows that the edition does not have are held back; none is
    deleted. Nothing becomes public. Raises PermissionDenied, or ActionError if the publication left nothing of the root
    public or another root uses its slug now.
    """
    model = get_published_type(root_type).model
    require_perm(by, perm(model, "change"))
    lock_publishing()  # so that no redaction happens meanwhile
    root = model.objects.select_for_update().get(content_id=content_id)
    documents = documents_after_publication(root_type, content_id, at_publication)
    _check_slug_free(root, documents[0])
    return _Restorer(root, documents, by).run()


def documents_after_publication(root_type: str, content_id, publication: Publication) -> list[dict]:
    """Return what was live of a root and its children right after a publication of it, the root's first.

    Raises ActionError if that publication did not touch the root, or withdrew it.
    """
    touched = Change.objects.filter(publication=publication, root_type=root_type, root_content_id=content_id)
    found = documents_at((root_type, str(content_id)), publication.published_at)
    if not touched.exists():
        raise ActionError(_("That publication did not touch it."))
    if not found:
        raise ActionError(_("Nothing of it was public then."))
    return found


def _check_slug_free(root: Model, document: dict) -> None:
    """Raise ActionError if another root of the model has the slug of the document."""
    other = type(root).objects.filter(slug=document["slug"]).exclude(pk=root.pk).first()
    if other is not None:
        raise ActionError(
            _("“%(other)s” now has the slug “%(slug)s”. Change that first.")
            % {"other": other, "slug": document["slug"]}
        )


class _Restorer:
    """One restore in progress.

    References to unknown rows wait until everything else is written: a later row may be what they name.
    """

    def __init__(self, root: Model, documents: list[dict], by):
        self.root, self.documents, self.by = root, documents, by
        self.result = RestoreResult()
        self.fullest = richest_nodes(documents)
        self.found_rows: dict[tuple[type[Model], str], Model] = {}
        self.pending_references: list[tuple[Model, str, dict]] = []

    def run(self) -> RestoreResult:
        """Write all documents, type by type, and return what that did."""
        for type, documents in self._by_type().items():
            model, rows = get_published_type(type).model, self._load_rows(type, documents)
            moved = self._ids_under_other_roots(type, documents)
            for document in documents:
                row = rows.pop(document["content_id"], None)
                if document["content_id"] in moved:
                    self._leave_out(model, get_document_name(document), _("it belongs to something else now"))
                else:
                    self._write(row or model(content_id=document["content_id"]), document)
            for row in rows.values():
                self._hold_back(row)
        for row, key, value in self.pending_references:
            self._set_waiting_reference(row, key, value)
        return self.result

    def _by_type(self) -> dict[str, list[dict]]:
        """Return {type: documents}, the root's type first."""
        root_type = self.documents[0]["type"]
        types = [root_type, *(edition_class.type for edition_class in get_child_editions(root_type))]
        return {type: [document for document in self.documents if document["type"] == type] for type in types}

    def _load_rows(self, type: str, documents: list[dict]) -> dict[str, Model]:
        """Return {content_id: working row} for these documents and for the root's other rows of that type."""
        root_type, wanted = self.documents[0]["type"], Q(content_id__in=[each["content_id"] for each in documents])
        if type != root_type:
            wanted |= Q(**{root_type: self.root})
        return {str(row.content_id): row for row in load_prefetched_rows(type, wanted)}

    def _ids_under_other_roots(self, type: str, documents: list[dict]) -> set[str]:
        """Return the content_ids of what belongs to another root now.

        A published child keeps its root until it is moved back.
        """
        ids = [document["content_id"] for document in documents]
        elsewhere = (
            edition_classes()[type].objects.filter(content_id__in=ids).exclude(root_content_id=self.root.content_id)
        )
        return {str(content_id) for content_id in elsewhere.values_list("content_id", flat=True)}

    def _write(self, row: Model, document: dict, before: dict | None = None) -> bool:
        """Make a row and what belongs to it say what the document says.

        before: the column values before the caller changed some. Return False if something that the row requires is
        gone; the row is then left out.
        """
        values, new = group_by_kind(type(row), document), row._state.adding
        if lost := self._missing_required_name(row, values[KeyKind.ONE]):
            self._leave_out(type(row), get_document_name(document, lost), _gone_sentence(lost))
            if not new:
                self._hold_back(row)
            return False
        before = capture_columns(type(row)()) if new else before or capture_columns(row)
        if hasattr(row, "held_back"):
            row.held_back = False
        for key, value in (values[KeyKind.TEXT] | values[KeyKind.DATE] | values[KeyKind.VALUE]).items():
            today = value if new else fill_redacted_value(row, key, value)
            if today != value:
                self._leave_out(type(row), str(row), _("words of that edition were redacted; today's stay"))
            self.result.held_texts += [(row, key, language) for language in write_value(row, key, today)]
        kept = [key for key, value in values[KeyKind.ONE].items() if value is None and is_excluded(getattr(row, key))]
        for key, value in values[KeyKind.ONE].items():
            if key not in kept:
                self._set_reference(row, key, value)
        _drop_conflicting_references(row, kept)
        self._save(row, before)
        for key, value in values[KeyKind.MANY].items():
            self._set_many_references(row, key, value)
        for key, value in values[KeyKind.ROWS].items():
            self._write_rows(row, key, value)
        return True

    def _save(self, row: Model, before: dict) -> None:
        """Save the row if it is new or differs from `before`."""
        new, after = row._state.adding, capture_columns(row)
        changed = {name for name in after if after[name] != before[name]}
        if not (new or changed):
            return
        get_model_declaration(type(row)).deserialize.before_save(row, changed, self.by)
        row.save()
        self._note_changed(row, new=new)

    def _note_changed(self, row: Model, *, new: bool = False) -> None:
        """Note in the result that a row was changed or recreated."""
        if new:
            self.result.recreated.append(row)
        elif row not in self.result.changed and row not in self.result.recreated:
            self.result.changed.append(row)

    def _write_rows(self, parent: Model, key: str, documents: list[dict]) -> None:
        """Write the facts and citations of a row in the order of its document, and hold others back."""
        relation = parent._meta.get_field(key)
        rows = {str(row.content_id): row for row in get_embedded_rows(parent, key)}
        written = []
        for at, document in enumerate(documents):
            row = rows.pop(document["content_id"], None)
            row = row or self._find_or_make_fact(relation.related_model, document, at)
            if row is not None:
                before = capture_columns(row)
                _attach_fact(row, relation, parent)
                if self._write(row, document, before):
                    written.append(row)
        for row in rows.values():
            self._hold_back(row)
        self._put_in_order(written)

    def _find_or_make_fact(self, model: type[Model], document: dict, position: int) -> Model | None:
        """Return a fact that is not where it was: found elsewhere under the root, or made again.

        None if it belongs to another root now.
        """
        row = model.objects.filter(content_id=document["content_id"]).first()
        if row is None:
            return model(content_id=document["content_id"], position=position)
        if locate_rows([row], {})[0].root_id != str(self.root.content_id):
            self._leave_out(model, str(row), _("it belongs to something else now"))
            return None
        return row

    def _put_in_order(self, rows: list[Model]) -> None:
        """Renumber the rows if documents would not show them in this order."""
        now = sorted(rows, key=lambda row: (row.position, row.pk))
        if not rows or get_model_declaration(type(rows[0])).deserialize.in_document_order(now) == rows:
            return
        for position, row in enumerate(rows):
            before = capture_columns(row)
            row.position = position
            self._save(row, before)

    def _set_reference(self, row: Model, key: str, value: dict | None) -> None:
        """Set a foreign key to what the document names, or let it wait if that is not known yet."""
        named = self._resolve(row, key, value)
        if named is None and value is not None:
            self.pending_references.append((row, key, value))
        else:
            setattr(row, key, named)

    def _set_waiting_reference(self, row: Model, key: str, value: dict) -> None:
        """Set a foreign key that waited; to None, with a sentence, if what it names is gone."""
        before = capture_columns(row)
        named = self._resolve(row, key, value)
        if named is None:
            label = capfirst(str(row._meta.get_field(key).verbose_name))
            self._leave_out(type(row), str(row), f"{label}: {_gone_sentence(get_document_name(value))}")
        setattr(row, key, named)
        self._save(row, before)

    def _set_many_references(self, row: Model, key: str, values: list[dict]) -> None:
        """Set a many-to-many relation. Rows that documents omit stay in it."""
        model, now = row._meta.get_field(key).related_model, set(getattr(row, key).all())
        known = {str(each.content_id): each for each in now}
        wanted = set()
        for value in values:
            named = known.get(value["content_id"]) or self._find(model, value)
            if named is None:
                self._leave_out(type(row), str(row), _gone_sentence(get_document_name(value)))
            else:
                wanted.add(named)
        wanted |= {each for each in now - wanted if is_excluded(each)}
        if wanted != now:
            getattr(row, key).set(wanted)
            self._note_changed(row)

    def _resolve(self, row: Model, key: str, value: dict | None) -> Model | None:
        """Return the row that a reference names, or None."""
        if value is None:
            return None
        now = getattr(row, key) if getattr(row, row._meta.get_field(key).attname) else None
        if now is not None and str(now.content_id) == value["content_id"]:
            return now
        return self._find(row._meta.get_field(key).related_model, value)

    def _missing_required_name(self, row: Model, references: dict) -> str:
        """Return the name of what the row requires and cannot refer to, or "" if there is no such thing."""
        required = ((key, value) for key, value in references.items() if not row._meta.get_field(key).null)
        return next((get_document_name(value) for key, value in required if self._resolve(row, key, value) is None), "")

    def _find(self, model: type[Model], value: dict) -> Model | None:
        """Return the row that a document names. A row that documents hold whole is recreated if it was deleted."""
        key = (model, value["content_id"])
        if key not in self.found_rows:
            row = model.objects.filter(content_id=value["content_id"]).first()
            if row is None and get_model_declaration(model).deserialize.recreatable:
                return self._make_again(model, self.fullest[value["content_id"]])
            if row is None:
                return None
            self.found_rows[key] = row
        return self.found_rows[key]

    def _make_again(self, model: type[Model], document: dict) -> Model:
        """Recreate a row. Its own columns are saved first, so that what it names may refer back to it."""
        row = self.found_rows[model, document["content_id"]] = model(content_id=document["content_id"])
        values = group_by_kind(model, document)
        for key, value in (values[KeyKind.TEXT] | values[KeyKind.DATE] | values[KeyKind.VALUE]).items():
            write_value(row, key, value)
        self._save(row, capture_columns(model()))
        self._write(row, document)
        for each in get_model_declaration(model).deserialize.after_create(row, document, self._find):
            each.save()
        return row

    def _hold_back(self, row: Model) -> None:
        """Hold back a row that is not held back yet."""
        if not row.held_back:
            row.held_back = True
            row.save()
            self.result.held_back.append(row)

    def _leave_out(self, model: type[Model], name: str, reason: str) -> None:
        """Add a sentence to the result about something that could not be restored."""
        kind = capfirst(str(model._meta.verbose_name))
        self.result.left_out.append(f"{kind} “{name}”: {reason}")


def _drop_conflicting_references(row: Model, kept: list[str]) -> None:
    """Clear references that the document does not have if the row may not have both."""
    if not kept:
        return
    try:
        row.validate_constraints()
    except ValidationError:
        for key in kept:
            setattr(row, key, None)


def _attach_fact(row: Model, relation: Field, parent: Model) -> None:
    """Put a fact under the row it belongs to."""
    if isinstance(relation, GenericRelation):
        row.content_type, row.object_id = ContentType.objects.get_for_model(parent), parent.pk
        return
    for key in get_parent_keys(type(row)):
        setattr(row, key.name, parent if key == relation.field else None)


def _gone_sentence(name: str) -> str:
    """Return the sentence for something that no longer exists in the newsroom."""
    return _("“%(named)s” is no longer in the newsroom") % {"named": name}
