"""The button that marks the translations of a form as reviewed, and the filter that finds unreviewed ones."""

from functools import reduce
from operator import or_

from django.contrib import admin, messages
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from record import languages
from record.formatting import in_brackets

from ...actions.confirm_translations import confirm_translations, get_unreviewed_texts
from ...actions.permissions import perm
from ...models import Child, Root
from .workflow_views import WorkflowButtonView, workflow_url


class TranslationsFilter(admin.SimpleListFilter):
    """Filter for rows whose Chinese translation nobody has yet reviewed."""

    title = gettext_lazy("translations")
    parameter_name = "translations"

    def lookups(self, request, model_admin):
        return [(languages.UNREVIEWED, gettext_lazy("Not yet reviewed"))]

    def queryset(self, request, queryset):
        if self.value() != languages.UNREVIEWED:
            return queryset
        waiting = (Q(**{f"text_states__{name}__zh-hant__state": self.value()}) for name in queryset.model.texts)
        return queryset.filter(reduce(or_, waiting))


class TranslationReviewMixin(admin.ModelAdmin):
    """Mixin with the filter, for the admin of whatever has a document of its own."""

    def get_list_filter(self, request):
        return (*super().get_list_filter(request), TranslationsFilter)


class ConfirmView(WorkflowButtonView):
    """The button that marks the translations as reviewed, if they are still those that the editor saw."""

    name = "confirm"

    def perform(self, form):
        count = confirm_translations(row=self.row, seen=self.request.POST.get("seen", ""), by=self.request.user)
        told = ngettext("%d translation is confirmed.", "%d translations are confirmed.", count)
        messages.success(self.request, told % count)


def get_confirm_button(request, row) -> tuple[str, str, str] | None:
    """Return (label, URL, digest of the shown texts) of the button.

    Return None if nothing waits for review or the user may not change the row. Facts are confirmed with the root or
    child they are part of.
    """
    if not isinstance(row, Root | Child):
        return None
    waiting = get_unreviewed_texts(row)
    if not waiting.count or not request.user.has_perm(perm(row, "change")):
        return None
    label = _("Confirm the translations") + in_brackets(str(waiting.count))
    return label, workflow_url(row, "confirm"), waiting.digest
