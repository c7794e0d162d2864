from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.actions.permissions import ActionError
from newsroom.admin.base import RootAdmin, WorkingInline
from newsroom.admin.editing.changelists import PublicStateFilter
from newsroom.admin.status_panel import ChildTable, PanelButton
from newsroom.admin.workflow.bulk import MAX_BULK_ROOTS
from newsroom.admin.workflow.workflow_views import WorkflowButtonView, workflow_url
from record.dates import today
from record.formatting import format_day

from ..actions.attest import attest, attest_all
from ..editions import InitiativeEdition
from ..models import Context, Funding, Initiative, InitiativeRelation, Milestone, Outcome, Verdict
from .citation_forms import CitationInline
from .inlines import StatementInline


class InitiativeRelationInline(WorkingInline):
    model = InitiativeRelation
    fk_name = "initiative"
    primary_fields = ()
    trailing_fields = ("relation", "other", "position", "held_back")
    autocomplete_fields = ("other",)


class AttestView(WorkflowButtonView):
    name = "attest"
    permission = "record.review"

    def perform(self, form):
        attest(initiative=self.row, by=self.request.user, on=today())
        messages.success(self.request, _("Attested as still true today."))


@admin.register(Initiative)
class InitiativeAdmin(RootAdmin):
    primary_fields = (("slug", "stage"), "lead", "partners", "areas", "announced_in", "aliases")
    actions = (*RootAdmin.actions, "attest_rows")
    workflow_views = (*RootAdmin.workflow_views, AttestView)
    autocomplete_fields = ("lead", "partners", "areas", "announced_in")
    inlines = (StatementInline, InitiativeRelationInline, CitationInline)
    child_tables = (
        ChildTable(Milestone, "initiative", ("kind", "result")),
        ChildTable(Outcome, "initiative", ("unit", "direction")),
        ChildTable(Funding, "initiative", ("stage", "amount_hkd")),
        ChildTable(Verdict, "initiative", ("rating", "rated_by", "rated_on")),
    )
    list_display = ("__str__", "state", "stage", "lead", "attested_on", "updated_at")
    list_filter = (PublicStateFilter, "stage", "areas")
    list_select_related = ("lead",)
    list_per_page = 25  # the state of each row needs its Draft to be built
    bigram_columns = search_fields = ("slug", "title_en", "title_zh_hant", "title_zh_hans", "aliases")
    date_hierarchy = "announced_latest"

    def has_review_permission(self, request) -> bool:
        return request.user.has_perm("record.review")

    @admin.action(description=gettext_lazy("Attest the selected as still true today"), permissions=["review"])
    def attest_rows(self, request, queryset):
        if queryset.count() > MAX_BULK_ROOTS:
            messages.error(request, _("Choose at most %(most)d at once.") % {"most": MAX_BULK_ROOTS})
            return
        try:
            count = attest_all(initiatives=queryset, by=request.user, on=today())
        except ActionError as error:
            messages.error(request, _("Nothing was attested. %(reason)s") % {"reason": error})
        else:
            told = ngettext("%d is attested as still true today.", "%d are attested as still true today.", count)
            messages.success(request, told % count)

    def extra_buttons(self, request, row):
        if not request.user.has_perm("record.review") or not _is_public(row):
            return []
        return [PanelButton(_("Still true"), workflow_url(row, "attest"))]

    def status_messages(self, row):
        if row.attested_on is None:
            return [_("Nobody has attested yet that it is still true.")]
        return [
            _("Attested as still true on %(day)s by %(who)s.")
            % {"day": format_day(row.attested_on), "who": row.attested_by}
        ]


def _is_public(row: Initiative) -> bool:
    return InitiativeEdition.objects.filter(content_id=row.content_id).exists()


@admin.register(Context)
class ContextAdmin(RootAdmin):
    primary_fields = (("slug", "kind"), ("initiative", "announcement"))
    prepopulated_fields = {}
    autocomplete_fields = ("initiative", "announcement")
    inlines = (CitationInline,)
    list_display = ("beginning", "state", "kind", "initiative", "announcement", "slug")
    list_filter = (PublicStateFilter, "kind")
    list_select_related = ("initiative", "announcement")
    search_fields = ("slug", "body_en", "body_zh_hant", "body_zh_hans")

    @admin.display(description=gettext_lazy("text"))
    def beginning(self, row):
        return str(row)[:100]
