from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from publishing.actions import Refused
from publishing.admin.base import RootAdmin, WorkingInline
from publishing.admin.bulk import MOST
from publishing.admin.lists import PublicFilter
from publishing.admin.panels import Button, Listing
from publishing.admin.verbs import verb_url
from publishing.dates import hong_kong_day
from publishing.shapes.wording import day_in_words

from ..actions import attest, attest_all
from ..editions import InitiativeEdition
from ..models import Context, Funding, Initiative, InitiativeRelation, Milestone, Outcome, Verdict
from .citing import CitationInline
from .facts import StatementInline


class RelationInline(WorkingInline):
    model = InitiativeRelation
    fk_name = "initiative"
    main = ()
    last = ("relation", "other", "position", "held_back")
    autocomplete_fields = ("other",)


@admin.register(Initiative)
class InitiativeAdmin(RootAdmin):
    main = (("slug", "stage"), "lead", "partners", "areas", "announced_in", "aliases")
    actions = (*RootAdmin.actions, "attest_rows")
    autocomplete_fields = ("lead", "partners", "areas", "announced_in")
    inlines = (StatementInline, RelationInline, CitationInline)
    listed = (
        Listing(Milestone, "initiative", ("kind", "result")),
        Listing(Outcome, "initiative", ("unit", "direction")),
        Listing(Funding, "initiative", ("stage", "amount_hkd")),
        Listing(Verdict, "initiative", ("rating", "rated_by", "rated_on")),
    )
    list_display = ("__str__", "state", "stage", "lead", "attested_on", "updated_at")
    list_filter = (PublicFilter, "stage", "areas")
    list_select_related = ("lead",)
    list_per_page = 25  # the state of each row needs its Draft to be built
    pairs = search_fields = ("slug", "title_en", "title_zh_hant", "title_zh_hans", "aliases")
    date_hierarchy = "announced_latest"

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.attest_view))
        return [path("<int:pk>/attest/", view, name="initiatives_initiative_attest"), *super().get_urls()]

    def attest_view(self, request, pk):
        initiative = self.root_or_404(request, pk, "publishing.review")
        try:
            attest(initiative=initiative, by=request.user, on=hong_kong_day(timezone.now()))
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Attested as still true today."))
        return HttpResponseRedirect(self.way_back(request, initiative))

    def has_review_permission(self, request) -> bool:
        return request.user.has_perm("publishing.review")

    @admin.action(description=gettext_lazy("Attest the selected as still true today"), permissions=["review"])
    def attest_rows(self, request, queryset):
        if queryset.count() > MOST:
            messages.error(request, _("Choose at most %(most)d at once.") % {"most": MOST})
            return
        try:
            count = attest_all(initiatives=queryset, by=request.user, on=hong_kong_day(timezone.now()))
        except Refused as error:
            messages.error(request, _("Nothing was attested. %(reason)s") % {"reason": error})
        else:
            told = ngettext("%d is attested as still true today.", "%d are attested as still true today.", count)
            messages.success(request, told % count)

    def small_verbs(self, request, row):
        if not request.user.has_perm("publishing.review") or not _is_public(row):
            return []
        return [Button(_("Still true"), verb_url(row, "attest"))]

    def remarks(self, row):
        if row.attested_on is None:
            return [_("Nobody has attested yet that it is still true.")]
        return [
            _("Attested as still true on %(day)s by %(who)s.")
            % {"day": day_in_words(row.attested_on), "who": row.attested_by}
        ]


def _is_public(row: Initiative) -> bool:
    return InitiativeEdition.objects.filter(content_id=row.content_id).exists()


@admin.register(Context)
class ContextAdmin(RootAdmin):
    main = (("slug", "kind"), ("initiative", "announcement"))
    prepopulated_fields = {}
    autocomplete_fields = ("initiative", "announcement")
    inlines = (CitationInline,)
    list_display = ("beginning", "state", "kind", "initiative", "announcement", "slug")
    list_filter = (PublicFilter, "kind")
    list_select_related = ("initiative", "announcement")
    search_fields = ("slug", "body_en", "body_zh_hant", "body_zh_hans")

    @admin.display(description=gettext_lazy("text"))
    def beginning(self, row):
        return str(row)[:100]
