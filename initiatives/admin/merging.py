"""The page that merges one row into another: it shows which one stays, what will move and what must be published."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from publishing.actions import Refused, merge
from publishing.actions.merging import Held, holders, merge_permissions, was_published
from publishing.admin import summaries
from publishing.admin.bulk import MOST, publish_many_url
from publishing.admin.lists import badge
from publishing.admin.together import read_together
from publishing.admin.verbs import verb_url
from publishing.documents import key_of, rows_of, states, type_of
from publishing.models import Root
from publishing.models.places import places_of
from publishing.states import State

from ..models import Citation, Initiative, Organisation, Person, Source, Statement

FINDERS = {  # the relation whose autocomplete finds rows of the type
    Source: Citation._meta.get_field("source"),
    Organisation: Initiative._meta.get_field("lead"),
    Person: Statement._meta.get_field("person"),
}
SHOWN = 50  # of one kind


class ChoiceForm(forms.Form):
    """The choice of the row that stays."""

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"] = forms.ModelChoiceField(
            label=gettext_lazy("The one that stays"),
            queryset=type(row)._default_manager.exclude(pk=row.pk),
            widget=AutocompleteSelect(FINDERS[type(row)], admin.site),
        )
        read_together([self])


@dataclass(frozen=True)
class Moving:
    """Rows of one kind that refer to the merged row by the same field, and will refer to the one that stays."""

    kind: str
    field: str
    count: int
    lines: list[summaries.Line]

    @classmethod
    def of(cls, held: Held) -> "Moving":
        kind = capfirst(str(held.model._meta.verbose_name_plural))
        field = str(getattr(held.field, "verbose_name", "") or "")
        return cls(kind, field, len(held.rows), _lines(held.rows[:SHOWN]))


def _lines(rows: list) -> list[summaries.Line]:
    """Return a line for each row, with the URL of its form; a citation is shown as the row that cites."""
    if not isinstance(rows[0], Citation):
        return [summaries.Line("", str(each), summaries.form_url(type(each), each.pk), "") for each in rows]
    prefetch_related_objects(rows, "cited")
    facts = [(each, each.cited) for each in rows]
    return [
        summaries.Line(
            capfirst(str(fact._meta.verbose_name)), str(fact), summaries.form_url(type(fact), fact.pk), each.locator
        )
        for each, fact in facts
    ]


def affected(row) -> list[Root]:
    """Return the roots that change for readers once this row is merged: they name or cite it. One query per kind."""
    rows = [each for held in holders(row) for each in held.rows]
    sources = [each for each in [row, *rows] if isinstance(each, Source)]
    cited = list(Citation.objects.filter(source__in=sources))
    places = places_of([*(each for each in rows if not isinstance(each, Source)), *cited], {})
    keys = {(place.root_type, place.root) for place in places}
    if isinstance(row, Root):
        keys.discard(key_of(row))
    return [root for _key, root in sorted(rows_of(keys).items())]


def states_of(roots: Iterable[Root]) -> dict[Root, State]:
    by_type = defaultdict(list)
    for root in roots:
        by_type[type_of(root)].append(root)
    found = {type: states(type, [root.content_id for root in of_type]) for type, of_type in by_type.items()}
    return {root: found[type][str(root.content_id)] for type, of_type in by_type.items() for root in of_type}


class Merging(admin.ModelAdmin):
    """Adds the merge page to an admin, and a link to it on the form."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        view = self.admin_site.admin_view(never_cache(self.merge_view))
        return [path("<int:pk>/merge/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk and request.user.has_perms(merge_permissions(obj)):
            context["merge_url"] = verb_url(obj, "merge")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def merge_view(self, request, pk):
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not request.user.has_perms(merge_permissions(row)):
            raise PermissionDenied
        form = ChoiceForm(request.POST or (request.GET if "into" in request.GET else None), row=row)
        into = form.cleaned_data["into"] if form.is_valid() else None
        refused = ""
        if request.method == "POST" and into:
            roots = [*affected(row), *affected(into), *([into] if isinstance(into, Root) else [])]
            refused = _merge(request, row, into)
            if not refused:
                return HttpResponseRedirect(_onward(request, into, roots))
        return self._merge_page(request, row, into, form, refused)

    def _merge_page(self, request, row, into, form, refused):
        context = self.admin_site.each_context(request) | {
            "title": _("Merge “%(name)s” into another") % {"name": row},
            "opts": self.opts,
            "original": row,
            "form": form,
            "form_url": summaries.form_url(type(row), row.pk),
            "media": self.media + form.media,
            "refused": refused,
            "into": into,
            "was_published": was_published(row),
        }
        if into:
            context["moving"] = [Moving.of(held) for held in holders(row)]
            context["roots"] = [
                {"line": _line(root), "badge": badge(state)} for root, state in states_of(affected(row)).items()
            ]
        return TemplateResponse(request, "admin/merge.html", context, status=409 if refused else 200)


def _line(root: Root) -> summaries.Line:
    return summaries.Line(summaries.kind_of(type_of(root)), str(root), summaries.form_url(type(root), root.pk), "")


def _merge(request, row, into) -> str:
    """Merge, and return "" or the reason why it was refused."""
    names = {"one": row, "other": into}
    try:
        moved = merge(row=row, into=into, by=request.user)
    except Refused as error:
        return _("Nothing was merged. %(reason)s") % {"reason": error}
    told = _("“%(one)s” is merged into “%(other)s”. Rows that moved: %(count)d.")
    messages.success(request, told % (names | {"count": len(moved)}))
    return ""


def _onward(request, into, roots: list[Root]) -> str:
    """Return the URL of the page that publishes the roots changed by merging, else of the form of the row left."""
    form = summaries.form_url(type(into), into.pk)
    changed = [root for root, state in states_of(dict.fromkeys(roots)).items() if state == State.CHANGED]
    if not changed or not request.user.has_perm("publishing.publish"):
        return form
    if len(changed) > MOST:
        messages.warning(request, _("More is to be published: the first %(most)d are shown.") % {"most": MOST})
    return publish_many_url(changed[:MOST], back=form)
