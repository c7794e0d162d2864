"""History of a root or a row: who changed what of it and of what belongs to it, between its publications."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from record.models import edition_classes

from ...models import WorkingChange
from ...models.ownership import locate_rows
from ..diff.labels import change_form_url
from ..workflow.compare import RootPublication, list_root_publications
from .log_entries import AuditEntryDisplay, describe_audit_entries

HISTORY_PAGE_SIZE = 50


@dataclass(frozen=True)
class HistoryEntry:
    """What one person changed in one act, or a publication."""

    at: datetime
    by: object
    changes: tuple[AuditEntryDisplay, ...] = ()
    publication: RootPublication | None = None


class AuditHistoryMixin(admin.ModelAdmin):
    """Mixin whose history page shows the audit log instead of Django's admin log."""

    def history_view(self, request, object_id, extra_context=None):
        """Show one page of the history, with the publications that fall between its entries."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        pages = Paginator(find_audit_entries(row).select_related("actor"), HISTORY_PAGE_SIZE)
        page = pages.get_page(request.GET.get(PAGE_VAR))
        context = self.admin_site.each_context(request) | {
            "title": _("History of “%(name)s”") % {"name": row},
            "original": row,
            "opts": self.opts,
            "form_url": change_form_url(self.model, row.pk),
            "moments": build_history(page, _find_own_publications(row)),
            "page": page,
            "page_range": pages.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/history.html", context)


def find_audit_entries(row):
    """Return the audit entries of a row and of all that belongs to it.

    For a root these are those of its whole tree, for a child those of its part; for a fact only its own.
    """
    [place] = locate_rows([row], {})
    own = str(row.content_id)
    if own == place.root_id:
        return WorkingChange.objects.of_root(place.root_type, own)
    return (
        WorkingChange.objects.of_part(own) if own == place.part_id else WorkingChange.objects.of_row(place.root_id, own)
    )


def _find_own_publications(row) -> list[RootPublication]:
    """Return the publications of a root; [] for other rows, which are published with their root."""
    [place] = locate_rows([row], {})
    published = place.root_type in edition_classes() and str(row.content_id) == place.root_id
    return list_root_publications(row) if published else []


def build_history(page: Page, acts: list[RootPublication]) -> list[HistoryEntry]:
    """Return the entries of a page grouped by act, with the publications between them, newest first.

    Publications older than the page's last entry or newer than its first belong to the pages beside it.
    """
    entries = list(page.object_list)
    found = [
        HistoryEntry(at=each[0].entry.timestamp, by=each[0].entry.actor, changes=tuple(each))
        for _act, group in groupby(
            describe_audit_entries(entries), key=lambda each: (each.entry.cid, each.entry.actor_id)
        )
        for each in [list(group)]
    ]
    oldest = entries[-1].timestamp if entries and page.has_next() else None
    newest = entries[0].timestamp if entries and page.has_previous() else None
    for act in acts:
        at = act.publication.published_at
        if (oldest is None or at > oldest) and (newest is None or at <= newest):
            found.append(HistoryEntry(at=at, by=act.publication.by, publication=act))
    return sorted(found, key=lambda moment: moment.at, reverse=True)
