from django.contrib import admin

from newsroom.admin.base import RootAdmin, WorkingInline
from newsroom.admin.editing.changelists import PublicStateFilter

from ..models import Organisation, Person, PolicyArea, Post
from .citation_forms import CitationInline
from .merge import MergeMixin, MergeView

NAME_SEARCH_FIELDS = ("slug", "name_en", "name_zh_hant", "name_zh_hans", "aliases")


class SmallRootAdmin(RootAdmin):
    """Admin of a root that is published along with the first thing that names it, once checked."""

    protect_if_referenced = True
    list_filter = (PublicStateFilter, "checked")


@admin.register(PolicyArea)
class PolicyAreaAdmin(SmallRootAdmin):
    primary_fields = (("slug", "checked"),)
    list_display = ("__str__", "state", "slug", "checked")
    search_fields = ("slug", "title_en", "title_zh_hant", "title_zh_hans")


@admin.register(Organisation)
class OrganisationAdmin(MergeMixin, SmallRootAdmin):
    workflow_views = (*SmallRootAdmin.workflow_views, MergeView)
    primary_fields = (("slug", "kind", "checked"), "parent", ("aliases", "former_names"))
    prepopulated_fields = {"slug": ("name_en",)}
    autocomplete_fields = ("parent",)
    inlines = (CitationInline,)
    list_display = ("__str__", "state", "slug", "kind", "parent", "checked")
    list_select_related = ("parent",)
    search_fields = (*NAME_SEARCH_FIELDS, "former_names")


class PostInline(WorkingInline):
    model = Post
    primary_fields = ()
    trailing_fields = ("organisation", "position", "held_back")
    autocomplete_fields = ("organisation",)


@admin.register(Person)
class PersonAdmin(MergeMixin, SmallRootAdmin):
    workflow_views = (*SmallRootAdmin.workflow_views, MergeView)
    primary_fields = (("slug", "kind", "checked"), ("honorific", "aliases"))
    prepopulated_fields = {"slug": ("name_en",)}
    inlines = (PostInline, CitationInline)
    list_display = ("__str__", "state", "slug", "kind", "checked")
    search_fields = NAME_SEARCH_FIELDS
