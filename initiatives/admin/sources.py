from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from newsroom.admin.base import WorkingAdmin
from newsroom.admin.editing.changelists import count_related

from ..models import Citation, Source
from .merge import MergeMixin, MergeView


@admin.register(Source)
class SourceAdmin(MergeMixin, WorkingAdmin):
    """Admin of sources, which are published inside whatever cites them."""

    protect_if_referenced = True
    workflow_views = (*WorkingAdmin.workflow_views, MergeView)
    primary_fields = (
        "title",
        "url",
        ("publisher", "tier", "language"),
        "accessed_on",
        ("derived_from", "translation_of"),
    )
    autocomplete_fields = ("derived_from", "translation_of")
    list_display = ("title", "publisher", "tier", "language", "published_latest", "cited")
    list_filter = ("tier", "language")
    bigram_columns = search_fields = ("title", "publisher", "url")
    date_hierarchy = "published_latest"
    ordering = ("-published_latest", "title", "pk")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(citation_count=count_related(Citation, "source"))

    @admin.display(description=_("citations"), ordering="citation_count")
    def cited(self, source):
        return source.citation_count

    def get_root(self, row):
        return None
