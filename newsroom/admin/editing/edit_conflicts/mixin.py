"""Detection of edit conflicts, so that no save overwrites another.

An editor who saves a form that somebody else saved meanwhile sees what the other changed, and chooses.
"""

import json
from copy import copy
from datetime import datetime

from django.contrib import messages
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import connections, router, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ....models import WorkingChange
from ..restored_posts import UnsavedFormMixin
from .form_merge import BaseDigests, FormMerge, digest_form, merge_stored_row
from .form_values import DIGEST_LENGTH
from .formset_merge import merge_formset, strip_row_keys

BASE_DIGESTS_FIELD = "_shown"  # hidden field: digests of the values that the form showed
CONFLICT_SHOWN_FIELD = "_asked"  # hidden field: the page already asked to choose


class EditConflictMixin(UnsavedFormMixin):
    """Mixin that gives every change form digests of the values it shows.

    When the form is sent back, it is first merged with what is stored by then.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Merge a POST with the stored row before Django's view handles it.

        The row stays locked until the response is made. Answers 409 while conflicts are left to choose; after a save,
        a message lists what was taken over from the other editor. The form of a row that was deleted meanwhile is
        shown again as that of a new one.
        """
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if self.has_add_permission(request) and self._get_requested_row(request, object_id) is None:
            return self._render_as_new(request)
        with transaction.atomic(using=router.db_for_write(self.model)):
            merge = request.merge = self._merge(request, object_id)
            others = actor_names(changes_since(merge)) if merge and merge.taken_over else ""
            request.shown_unsaved = bool(merge and merge.conflicts) or getattr(request, "shown_unsaved", False)
            response = super().changeform_view(request, object_id, form_url, extra_context)
        if merge and merge.conflicts:
            response.status_code = 409
        elif merge and merge.taken_over and response.status_code == 302:
            told = _("Kept as well, changed meanwhile by %(who)s: %(what)s.")
            messages.info(request, told % {"who": others, "what": "; ".join(merge.taken_over)})
        return response

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Add the digests of the shown values and, after a merge, its conflicts and who changed what."""
        if obj is not None and obj.pk and self.has_change_permission(request, obj):
            merge = getattr(request, "merge", None)
            open_since = merge.shown_at if merge and merge.conflicts else timezone.now()
            context |= {
                "shown": encode_base_digests(merge.new_base if merge else digest_page_forms(context), at=open_since)
            }
            if merge and merge.conflicts:
                messages.error(request, _conflict_message(again=CONFLICT_SHOWN_FIELD in request.POST))
            if merge and (merge.conflicts or merge.taken_over):
                changes = changes_since(merge)
                at = changes[0].timestamp if changes else None
                context |= {"merge": merge, "merged_with": actor_names(changes), "merged_at": at}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _render_as_new(self, request):
        """Show what was written in a row that somebody else deleted, as the form of a new one, with status 409."""
        formsets = [formset for formset, _inline in self.get_formsets_with_inlines(request)]
        request.POST, request.shown_unsaved = strip_row_keys(request.POST, formsets), True
        told = _("It was deleted meanwhile. What you had written stands here; saving adds it anew.")
        messages.warning(request, told)
        form_url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        response = super().changeform_view(request, None, form_url)
        response.status_code = 409
        return response

    def _merge(self, request, object_id) -> FormMerge | None:
        """Lock the row, merge the POST data with it, and return the merge.

        Values that only the other editor changed are written into `request.POST`. Return None if the row is gone or
        the user may not change it.
        """
        row = self._get_locked_row(request, object_id)
        if row is None or not self.has_change_permission(request, row):
            return None
        as_read = copy(request)
        as_read.method = "GET"
        fields = flatten_fieldsets(self.get_fieldsets(as_read, row))
        form = self.get_form(as_read, row, change=True, fields=fields)(instance=row)
        formsets, inlines = self._create_formsets(as_read, row, change=True)
        shown = decode_base_digests(request.POST.get(BASE_DIGESTS_FIELD, "")) or ({}, timezone.now())
        merge = FormMerge(row, request.POST.copy(), *shown)
        merge_stored_row(merge, form)
        for formset, inline in zip(formsets, inlines, strict=True):
            if inline.has_change_permission(as_read, row):
                lock_rows(formset.queryset)
                merge_formset(merge, formset)
        request.POST = merge.data
        return merge

    def _get_locked_row(self, request, object_id):
        """Return the stored row, locked until the end of the transaction; None if it is gone."""
        row = self._get_requested_row(request, object_id)
        if row is None:
            return None
        lock_rows(self.model._base_manager.filter(pk=row.pk))
        return self.get_object(request, str(row.pk))

    def _get_requested_row(self, request, object_id):
        """Return the row that the URL names; None if it is gone."""
        to_field = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        if to_field and not self.to_field_allowed(request, to_field):
            to_field = None  # Django itself refuses it later
        return self.get_object(request, unquote(object_id), to_field)


def lock_rows(rows) -> None:
    """Lock these rows, with FOR NO KEY UPDATE so that inserting rows that reference them does not block."""
    if connections[rows.db].features.has_select_for_update:
        wanted = rows.model._base_manager.filter(pk__in=rows.order_by().values("pk"))
        list(wanted.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def digest_page_forms(context) -> BaseDigests:
    """Return the digests of the main form and of every inline form of a page."""
    found = {"": {"": digest_form(context["adminform"].form)}}
    for inline in context["inline_admin_formsets"]:
        if inline.has_change_permission:
            found[inline.formset.prefix] = {
                str(form.instance.pk): digest_form(form) for form in inline.formset.initial_forms
            }
    return found


def _conflict_message(*, again: bool) -> str:
    """Return the message with a link to the choices. `again`: the page was sent back with a choice missing."""
    told = (
        _("Still not saved: a choice is missing") if again else _("Not saved yet: somebody else saved this meanwhile")
    )
    return format_html('{} – <a href="#collision-title">{}</a>', told, _("Choose below what shall stay."))


def encode_base_digests(shown: BaseDigests, *, at: datetime) -> str:
    """Serialize digests as JSON: for each prefix the names of the field groups once, then the digests of each row.

    `at`: the instant from which the changes of others count.
    """
    kinds = {}
    for prefix, rows in shown.items():
        names = list(next(iter(rows.values()), {}))
        kinds[prefix] = [names, {row: _pack_digests(names, known) for row, known in rows.items()}]
    return json.dumps([at.isoformat(), kinds], separators=(",", ":"))


def decode_base_digests(text: str) -> tuple[BaseDigests, datetime] | None:
    """Return (digests, instant) of a text that `encode_base_digests` made; None for any other text."""
    try:
        at, kinds = json.loads(text)
        shown = {
            prefix: {row: _unpack_digests(names, known) for row, known in rows.items()}
            for prefix, (names, rows) in kinds.items()
        }
        return shown, datetime.fromisoformat(at)
    except (ValueError, TypeError, AttributeError):
        return None


def _pack_digests(names: list[str], known: dict[str, str]):
    """Concatenate the digests of a row; keep the dict if its names are not those of the first row."""
    return "".join(known.values()) if list(known) == names else known


def _unpack_digests(names: list[str], known) -> dict[str, str]:
    """Return {name: digest} from concatenated digests; a dict is returned as it is."""
    if isinstance(known, dict):
        return known
    starts = range(0, len(known), DIGEST_LENGTH)
    return dict(zip(names, (known[at : at + DIGEST_LENGTH] for at in starts), strict=True))


def changes_since(merge: FormMerge) -> list[WorkingChange]:
    """Return the 50 latest changes of the row and of the rows in its form since it was shown, newest first."""
    ids = {each.content_id for each in [merge.row, *merge.changed_rows]}
    log = WorkingChange.objects.filter(Q(content_id__in=ids) | Q(part_content_id=merge.row.content_id))
    return list(log.filter(timestamp__gte=merge.shown_at).select_related("actor")[:50])


def actor_names(changes: list[WorkingChange]) -> str:
    """Return the names of those who made these changes, sorted; “somebody” if none is known."""
    names = {str(each.actor) for each in changes if each.actor}
    return ", ".join(sorted(names)) or _("somebody")
