"""Template context for diffs: two sets of documents of a root and its children side by side.

Values are written in the editor's words and link to their fields in the form.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .. import rules
from ..choices import Language, TextState
from ..documents import builder_of, rows_of
from ..editions import edition_classes
from ..languages import column, say
from ..rules import Difference, Key, Piece, What, marked
from . import summaries
from .summaries import field_of
from .worded import date_told, in_words, title_of

FEW = 12  # up to so many changed documents are all shown unfolded; of more only the root
LONG, KEPT = 400, 150  # characters: of a longer unchanged run only so many are shown next to a change


@dataclass(frozen=True)
class Row:
    """One difference, with nested rows for its parts.

    `says`: what happened to the value, where the marked pieces do not show it. `url`: of the field in the form.
    """

    label: str
    says: str = ""
    url: str = ""
    title: str = ""
    title_language: str = ""
    language: str = ""
    language_name: str = ""
    pieces: tuple[Piece, ...] = ()
    states: tuple[Piece, ...] = ()
    rows: tuple["Row", ...] = ()


@dataclass(frozen=True)
class Thing:
    """A root or child whose document differs between the two sides."""

    kind: str
    title: str
    language: str
    what: What
    says: str
    url: str
    rows: tuple[Row, ...]
    open: bool


@dataclass(frozen=True)
class Form:
    """Where a part is edited: the form of a row, or a group of inlines in it.

    `pk`: None if there is no such form. `group`: the HTML id of the group of inlines.
    """

    model: type
    pk: int | None
    group: str = ""

    def at(self, key: str, language: str = "") -> str:
        """Return the URL of the field that holds a document's key, in this language; "" if it cannot be edited."""
        field = field_of(self.model, key)
        if not self.pk or (not self.group and (field is None or not _edited(field))):
            return ""
        name = column(key, language) if language else getattr(field, "name", "")
        anchor = self.group or summaries.anchor(self.model, name)
        return f"{summaries.form_url(self.model, self.pk)}#{anchor}"


def _edited(field) -> bool:
    """Return True if the form has a place for the field."""
    return getattr(field, "editable", False) or field.auto_created or field.one_to_many


def compared(old: Iterable[dict], new: Iterable[dict], *, linked: bool = True, unfolded: bool = False) -> dict:
    """Return the context of admin/differences.html.

    `linked`: the new side is the working copy, so rows link to the form. `unfolded`: show all differences opened;
    that is also done where at most MAX_UNFOLDED_DOCUMENTS documents differ.
    """
    before, after = ({rules.key_of(document): document for document in side} for side in (old, new))
    found = {key: rules.differences(before.get(key), after.get(key)) for key in [*after, *before]}
    found = {key: each for key, each in found.items() if each}
    forms = _forms(found, after) if linked else {}
    unfolded = unfolded or len(found) <= FEW
    things = [_thing(key, before.get(key), after.get(key), found[key], forms, unfolded) for key in _sorted(found)]
    return {"things": things}


def _sorted(keys: Iterable[Key]) -> list[Key]:
    """Sort keys: roots before their children, each in the order in which the types were registered."""
    types = list(edition_classes())
    return sorted(keys, key=lambda key: (bool(builder_of(key[0]).parents), types.index(key[0])))


def _thing(key: Key, old: dict | None, new: dict | None, found: list[Difference], forms: dict, unfolded: bool) -> Thing:
    """Build the diff of one document; `old` or `new` is None where the document was added or removed."""
    model = builder_of(key[0]).model
    form = forms.get(key[1], Form(model, None))
    what = _what(old, new)
    name, language = say(edition_classes()[key[0]].name_of(new or old)["title"], summaries.language())
    return Thing(
        kind=summaries.kind_of(key[0]),
        title=name or model.nameless(),
        language=language,
        what=what,
        says=_said(what),
        url=summaries.form_url(model, form.pk) if form.pk else "",
        rows=tuple(_rows(model, found, form, forms)),
        open=what is What.CHANGED and (unfolded or not builder_of(key[0]).parents),
    )


def _what(old: dict | None, new: dict | None) -> What:
    """Classify the change of a document: added, removed, changed, or FOLLOWS if only names of others changed."""
    if old is None or new is None:
        return What.ADDED if old is None else What.REMOVED
    names_only = not rules.differs(rules.without_names(old), rules.without_names(new))
    return What.FOLLOWS if names_only else What.CHANGED


def _said(what: What) -> str:
    """Return the words for a kind of change."""
    return {
        What.ADDED: _("new"),
        What.REMOVED: _("removed"),
        What.CHANGED: _("changed"),
        What.MOVED: _("reordered"),
        What.FOLLOWS: _("follows: a name or link in it changes"),
    }[what]


def _rows(model, found: Iterable[Difference], form: Form, forms: dict, within: str = "") -> Iterable[Row]:
    """Yield a row for each difference.

    `within`: the key of a group of keys, such as a baseline, whose name prefixes those of its fields.
    """
    for each in found:
        key = f"{within}_{each.key}" if within else each.key
        label = capfirst(summaries.label_of(model, key))
        url = form.at(key, each.language)
        if each.language:
            yield _text_row(each, label, url)
        elif isinstance(each.new or each.old, list):
            yield Row(label, url=url, rows=tuple(_item(model, part, form, forms) for part in each.parts))
        elif _is_group(each):
            related = getattr(field_of(model, key), "related_model", None)
            inner, inside = (related, "") if related else (model, key)
            rows = _rows(inner, each.parts, form if inside else Form(inner, None), forms, inside)
            yield Row(label, url=url, rows=tuple(rows))
        else:
            says = _said(each.what) if each.what is What.FOLLOWS else ""
            yield Row(label, says, url, pieces=_pieces(model, key, each))


def _is_group(each: Difference) -> bool:
    """Return True if the parts are shown one by one.

    That is so if the value stands on both sides, or is a group of keys without an id of its own.
    """
    return bool(each.parts) and (each.what is What.CHANGED or "content_id" not in (each.new or each.old))


def _text_row(each: Difference, label: str, url: str) -> Row:
    """Build the row of a text in one language; `states` show a change of how it came about."""
    pieces = marked(each.old, each.new) if each.old != each.new else ()
    states = ()
    if each.states[0] != each.states[1] and each.old and each.new:
        plain = _("as an editor wrote it")
        old, new = (str(TextState(state).label) if state else plain for state in each.states)
        states = (Piece("deleted", old), Piece("inserted", new))
    return Row(
        label,
        url=url,
        language=each.language,
        language_name=Language(each.language).label,
        pieces=shortened(pieces),
        states=states,
    )


def _pieces(model, key: str, each: Difference) -> tuple[Piece, ...]:
    """Return the marked pieces of one value.

    Long free text is marked word by word; dates that read alike are written with their precision and kind of year.
    """
    (old, one), (new, other) = (in_words(model, key, value) for value in (each.old, each.new))
    if old == new and isinstance(each.old, dict) and isinstance(each.new, dict) and "edtf" in each.new:
        old, new = (date_told(value, closely=True) for value in (each.old, each.new))
    free = isinstance(each.old, str) and isinstance(each.new, str) and (old, new) == (each.old, each.new)
    if free and len(old + new) > 60:
        return shortened(marked(old, new))
    if old == new:  # only another language of a neighbour's name changed, or its address
        return (Piece("same", new, other),)
    return tuple(piece for piece in (Piece("deleted", old, one), Piece("inserted", new, other)) if piece.words)


def _item(model, each: Difference, form: Form, forms: dict) -> Row:
    """Build the row of one item of a list: added, removed, moved or changed."""
    item = each.new if each.new is not None else each.old
    says = _("added") if each.what is What.ADDED else _said(each.what)
    if each.places:
        moved = _("moved from place %(old)d to %(new)d") % dict(zip(("old", "new"), each.places, strict=True))
        says = moved if each.what is What.MOVED else f"{says}; {moved}"
    if not isinstance(item, dict) or rules.is_reference(item):
        words = in_words(model, each.key, item)
        mark = {What.ADDED: "inserted", What.REMOVED: "deleted"}.get(each.what, "same")
        pieces = _pieces(model, each.key, each) if each.what is What.FOLLOWS else (Piece(mark, *words),)
        return Row("", says, pieces=pieces)
    inner = getattr(field_of(model, each.key), "related_model", None) or model
    own = forms.get(item["content_id"], replace(form, group=form.group or summaries.anchor(model, each.key)))
    title, language = title_of(inner, item)
    rows = tuple(_rows(inner, each.parts, own if own.group == "" else Form(inner, None), forms))
    url = summaries.form_url(own.model, own.pk) if own.pk and not own.group else own.at(each.key)
    return Row(capfirst(str(inner._meta.verbose_name)), says, url, title, language, rows=rows)


def shortened(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Replace the middle of long unchanged runs, keeping the words next to a change."""
    found = []
    for at, piece in enumerate(pieces):
        if piece.mark != "same" or len(piece.words) <= LONG:
            found.append(piece)
            continue
        found += [Piece("same", piece.words[:KEPT])] if at else []
        found.append(Piece("left out", ""))
        found += [Piece("same", piece.words[-KEPT:])] if at < len(pieces) - 1 else []
    return tuple(found)


def _forms(found: dict[Key, list[Difference]], after: dict[Key, dict]) -> dict[str, Form]:
    """Return {content_id: form} of what stands in the working copy; one query for each model."""
    rows = rows_of(key for key in found if key in after)
    forms = {content_id: Form(type(row), row.pk) for (_type, content_id), row in rows.items()}
    facts = defaultdict(set)
    for key in rows:
        for model, content_id in _facts(type(rows[key]), found[key]):
            facts[model].add(content_id)
    for model, ids in facts.items():
        for content_id, pk in model.objects.filter(content_id__in=ids).values_list("content_id", "pk"):
            forms[str(content_id)] = Form(model, pk)
    return forms


def _facts(model, found: Iterable[Difference]) -> Iterable[tuple[type, str]]:
    """Yield (model, content_id) of the changed facts that have a form of their own."""
    for each in found:
        inner = getattr(field_of(model, each.key), "related_model", None)
        for part in each.parts:
            if isinstance(part.new, dict) and inner in summaries.fact_models.values() and "content_id" in part.new:
                yield inner, part.new["content_id"]
