"""Template context for diffs: two sets of documents of a root and its children side by side.

Values are written in the editor's words and link to their fields in the form.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from record.choices import Language, TextState
from record.documents import canonical_json
from record.documents.canonical_json import ReferenceKey, documents_differ, get_reference_key, strip_names
from record.documents.diff import Difference, DifferenceKind, diff_documents
from record.documents.text_diff import DiffPiece, diff_words
from record.languages import get_text_column, localize
from record.models import edition_classes

from ...documents.registry import get_published_type, get_working_rows
from . import labels
from .labels import find_key_field
from .value_display import display_date, display_document_value, display_fact_title

MAX_UNFOLDED_DOCUMENTS = 12  # up to so many changed documents are all shown unfolded; of more only the root
MAX_UNCHANGED_LENGTH, UNCHANGED_CONTEXT_LENGTH = (
    400,
    150,
)  # characters: of a longer unchanged run only so many are shown next to a change


@dataclass(frozen=True)
class DiffRow:
    """One difference, with nested rows for its parts.

    `remark`: what happened to the value, where the marked pieces do not show it. `url`: of the field in the form.
    """

    label: str
    remark: str = ""
    url: str = ""
    title: str = ""
    title_language: str = ""
    language: str = ""
    language_name: str = ""
    pieces: tuple[DiffPiece, ...] = ()
    states: tuple[DiffPiece, ...] = ()
    rows: tuple["DiffRow", ...] = ()


@dataclass(frozen=True)
class DocumentDiff:
    """A root or child whose document differs between the two sides."""

    kind: str
    title: str
    language: str
    change: DifferenceKind
    remark: str
    url: str
    rows: tuple[DiffRow, ...]
    is_open: bool


@dataclass(frozen=True)
class FormTarget:
    """Where a part is edited: the form of a row, or a group of inlines in it.

    `pk`: None if there is no such form. `group`: the HTML id of the group of inlines.
    """

    model: type
    pk: int | None
    group: str = ""

    def field_url(self, key: str, language: str = "") -> str:
        """Return the URL of the field that holds a document's key, in this language; "" if it cannot be edited."""
        field = find_key_field(self.model, key)
        if not self.pk or (not self.group and (field is None or not _is_editable(field))):
            return ""
        name = get_text_column(key, language) if language else getattr(field, "name", "")
        anchor = self.group or labels.field_anchor(self.model, name)
        return f"{labels.change_form_url(self.model, self.pk)}#{anchor}"


def _is_editable(field) -> bool:
    """Return True if the form has a place for the field."""
    return getattr(field, "editable", False) or field.auto_created or field.one_to_many


def build_diff_context(
    old: Iterable[dict], new: Iterable[dict], *, linked: bool = True, unfolded: bool = False
) -> dict:
    """Return the context of admin/differences.html.

    `linked`: the new side is the working copy, so rows link to the form. `unfolded`: show all differences opened;
    that is also done where at most MAX_UNFOLDED_DOCUMENTS documents differ.
    """
    before, after = ({get_reference_key(document): document for document in side} for side in (old, new))
    found = {key: diff_documents(before.get(key), after.get(key)) for key in [*after, *before]}
    found = {key: each for key, each in found.items() if each}
    forms = _find_form_targets(found, after) if linked else {}
    unfolded = unfolded or len(found) <= MAX_UNFOLDED_DOCUMENTS
    things = [
        _build_document_diff(key, before.get(key), after.get(key), found[key], forms, unfolded)
        for key in _sort_roots_first(found)
    ]
    return {"things": things}


def _sort_roots_first(keys: Iterable[ReferenceKey]) -> list[ReferenceKey]:
    """Sort keys: roots before their children, each in the order in which the types were registered."""
    types = list(edition_classes())
    return sorted(keys, key=lambda key: (bool(edition_classes()[key[0]].parents), types.index(key[0])))


def _build_document_diff(
    key: ReferenceKey, old: dict | None, new: dict | None, found: list[Difference], forms: dict, unfolded: bool
) -> DocumentDiff:
    """Build the diff of one document; `old` or `new` is None where the document was added or removed."""
    model = get_published_type(key[0]).model
    form = forms.get(key[1], FormTarget(model, None))
    change = _classify_change(old, new)
    name, language = localize(edition_classes()[key[0]].slug_and_title(new or old)["title"], labels.editor_language())
    return DocumentDiff(
        kind=labels.kind_of_type(key[0]),
        title=name or model.unnamed_label(),
        language=language,
        change=change,
        remark=_describe_change(change),
        url=labels.change_form_url(model, form.pk) if form.pk else "",
        rows=tuple(_build_diff_rows(model, found, form, forms)),
        is_open=change is DifferenceKind.CHANGED and (unfolded or not edition_classes()[key[0]].parents),
    )


def _classify_change(old: dict | None, new: dict | None) -> DifferenceKind:
    """Classify the change of a document: added, removed, changed, or FOLLOWS if only names of others changed."""
    if old is None or new is None:
        return DifferenceKind.ADDED if old is None else DifferenceKind.REMOVED
    names_only = not documents_differ(strip_names(old), strip_names(new))
    return DifferenceKind.NEIGHBOUR_CHANGED if names_only else DifferenceKind.CHANGED


def _describe_change(change: DifferenceKind) -> str:
    """Return the words for a kind of change."""
    return {
        DifferenceKind.ADDED: _("new"),
        DifferenceKind.REMOVED: _("removed"),
        DifferenceKind.CHANGED: _("changed"),
        DifferenceKind.MOVED: _("reordered"),
        DifferenceKind.NEIGHBOUR_CHANGED: _("follows: a name or link in it changes"),
    }[change]


def _build_diff_rows(
    model, found: Iterable[Difference], form: FormTarget, forms: dict, within: str = ""
) -> Iterable[DiffRow]:
    """Yield a row for each difference.

    `within`: the key of a group of keys, such as a baseline, whose name prefixes those of its fields.
    """
    for each in found:
        key = f"{within}_{each.key}" if within else each.key
        label = capfirst(labels.get_key_label(model, key))
        url = form.field_url(key, each.language)
        if each.language:
            yield _build_text_row(each, label, url)
        elif isinstance(each.new or each.old, list):
            yield DiffRow(label, url=url, rows=tuple(_build_item_row(model, part, form, forms) for part in each.parts))
        elif _is_group(each):
            related = getattr(find_key_field(model, key), "related_model", None)
            inner, inside = (related, "") if related else (model, key)
            rows = _build_diff_rows(inner, each.parts, form if inside else FormTarget(inner, None), forms, inside)
            yield DiffRow(label, url=url, rows=tuple(rows))
        else:
            remark = _describe_change(each.kind) if each.kind is DifferenceKind.NEIGHBOUR_CHANGED else ""
            yield DiffRow(label, remark, url, pieces=_build_pieces(model, key, each))


def _is_group(each: Difference) -> bool:
    """Return True if the parts are shown one by one.

    That is so if the value stands on both sides, or is a group of keys without an id of its own.
    """
    return bool(each.parts) and (each.kind is DifferenceKind.CHANGED or "content_id" not in (each.new or each.old))


def _build_text_row(each: Difference, label: str, url: str) -> DiffRow:
    """Build the row of a text in one language; `states` show a change of how it came about."""
    pieces = diff_words(each.old, each.new) if each.old != each.new else ()
    states = ()
    if each.states[0] != each.states[1] and each.old and each.new:
        plain = _("as an editor wrote it")
        old, new = (str(TextState(state).label) if state else plain for state in each.states)
        states = (DiffPiece("deleted", old), DiffPiece("inserted", new))
    return DiffRow(
        label,
        url=url,
        language=each.language,
        language_name=Language(each.language).label,
        pieces=elide_unchanged_runs(pieces),
        states=states,
    )


def _build_pieces(model, key: str, each: Difference) -> tuple[DiffPiece, ...]:
    """Return the marked pieces of one value.

    Long free text is marked word by word; dates that read alike are written with their precision and kind of year.
    """
    (old, one), (new, other) = (display_document_value(model, key, value) for value in (each.old, each.new))
    if old == new and isinstance(each.old, dict) and isinstance(each.new, dict) and "edtf" in each.new:
        old, new = (display_date(value, closely=True) for value in (each.old, each.new))
    free = isinstance(each.old, str) and isinstance(each.new, str) and (old, new) == (each.old, each.new)
    if free and len(old + new) > 60:
        return elide_unchanged_runs(diff_words(old, new))
    if old == new:  # only another language of a neighbour's name changed, or its address
        return (DiffPiece("same", new, other),)
    return tuple(piece for piece in (DiffPiece("deleted", old, one), DiffPiece("inserted", new, other)) if piece.words)


def _build_item_row(model, each: Difference, form: FormTarget, forms: dict) -> DiffRow:
    """Build the row of one item of a list: added, removed, moved or changed."""
    item = each.new if each.new is not None else each.old
    remark = _("added") if each.kind is DifferenceKind.ADDED else _describe_change(each.kind)
    if each.places:
        moved = _("moved from place %(old)d to %(new)d") % dict(zip(("old", "new"), each.places, strict=True))
        remark = moved if each.kind is DifferenceKind.MOVED else f"{remark}; {moved}"
    if not isinstance(item, dict) or canonical_json.is_reference(item):
        words = display_document_value(model, each.key, item)
        mark = {DifferenceKind.ADDED: "inserted", DifferenceKind.REMOVED: "deleted"}.get(each.kind, "same")
        pieces = (
            _build_pieces(model, each.key, each)
            if each.kind is DifferenceKind.NEIGHBOUR_CHANGED
            else (DiffPiece(mark, *words),)
        )
        return DiffRow("", remark, pieces=pieces)
    inner = getattr(find_key_field(model, each.key), "related_model", None) or model
    own = forms.get(item["content_id"], replace(form, group=form.group or labels.field_anchor(model, each.key)))
    title, language = display_fact_title(inner, item)
    rows = tuple(_build_diff_rows(inner, each.parts, own if own.group == "" else FormTarget(inner, None), forms))
    url = labels.change_form_url(own.model, own.pk) if own.pk and not own.group else own.field_url(each.key)
    return DiffRow(capfirst(str(inner._meta.verbose_name)), remark, url, title, language, rows=rows)


def elide_unchanged_runs(pieces: tuple[DiffPiece, ...]) -> tuple[DiffPiece, ...]:
    """Replace the middle of long unchanged runs, keeping the words next to a change."""
    found = []
    for at, piece in enumerate(pieces):
        if piece.mark != "same" or len(piece.words) <= MAX_UNCHANGED_LENGTH:
            found.append(piece)
            continue
        found += [DiffPiece("same", piece.words[:UNCHANGED_CONTEXT_LENGTH])] if at else []
        found.append(DiffPiece("left out", ""))
        found += [DiffPiece("same", piece.words[-UNCHANGED_CONTEXT_LENGTH:])] if at < len(pieces) - 1 else []
    return tuple(found)


def _find_form_targets(
    found: dict[ReferenceKey, list[Difference]], after: dict[ReferenceKey, dict]
) -> dict[str, FormTarget]:
    """Return {content_id: form} of what stands in the working copy; one query for each model."""
    rows = get_working_rows(key for key in found if key in after)
    forms = {content_id: FormTarget(type(row), row.pk) for (_type, content_id), row in rows.items()}
    facts = defaultdict(set)
    for key in rows:
        for model, content_id in _find_changed_facts(type(rows[key]), found[key]):
            facts[model].add(content_id)
    for model, ids in facts.items():
        for content_id, pk in model.objects.filter(content_id__in=ids).values_list("content_id", "pk"):
            forms[str(content_id)] = FormTarget(model, pk)
    return forms


def _find_changed_facts(model, found: Iterable[Difference]) -> Iterable[tuple[type, str]]:
    """Yield (model, content_id) of the changed facts that have a form of their own."""
    for each in found:
        fact_model = labels.find_fact_model(model, each.key)
        for part in each.parts:
            if fact_model and isinstance(part.new, dict) and "content_id" in part.new:
                yield fact_model, part.new["content_id"]
