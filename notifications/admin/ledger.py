"""Reminder rules can be edited; reminders and notices are read-only."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from newsroom.actions.permissions import perm
from newsroom.admin.base import FORMFIELD_OVERRIDES
from newsroom.admin.editing.restored_posts import RestoredPostMixin
from newsroom.admin.read_only import ReadOnlyAdmin
from newsroom.documents.registry import get_working_rows

from ..actions.delivery import retry_message
from ..choices import DeliveryState
from ..models import Notice, Reminder, ReminderRule
from ..transports.messages import load_subject_names


@admin.register(ReminderRule)
class ReminderRuleAdmin(RestoredPostMixin):
    """One rule for each kind; rules ship with the site, and are switched off rather than deleted."""

    formfield_overrides = FORMFIELD_OVERRIDES
    list_display = ("kind", "offsets", "repeat_days", "active")
    readonly_fields = ("kind",)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReminderChangeList(ChangeList):
    """A change list that loads the names of the reminders' subjects once a page."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        called = load_subject_names({row.key.subject for row in self.result_list}, language=get_language())
        for row in self.result_list:
            row.called = called.get(row.key.subject, "")


class LedgerAdmin(ReadOnlyAdmin):
    """A read-only admin of a ledger; failed messages can be retried."""

    show_full_result_count = False
    actions = ("try_again",)

    @admin.display(description=_("about"))
    def about(self, row):
        return row.called

    def has_retry_permission(self, request):
        return request.user.has_perm(perm(self.model, "change"))

    @admin.action(description=_("Try failed ones again"), permissions=["retry"])
    def try_again(self, request, queryset):
        count = sum(retry_message(row=row, by=request.user) for row in queryset.filter(state=DeliveryState.FAILED))
        text = ngettext("%(count)d mail will be tried again.", "%(count)d mails will be tried again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)


@admin.register(Reminder)
class ReminderAdmin(LedgerAdmin):
    list_display = ("remind_on", "rule", "about", "due_on", "recipient", "state", "reason", "sent_at")
    list_filter = ("state", "rule", "reason", ("recipient", admin.RelatedOnlyFieldListFilter))
    search_fields = ("subject_id", "message_id", "recipient__username", "recipient__email")
    date_hierarchy = "remind_on"
    list_select_related = ("rule", "recipient")

    def get_changelist(self, request, **kwargs):
        return ReminderChangeList


class NoticeChangeList(ChangeList):
    """A change list that loads the working-copy names of the notices' roots once a page."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        keys = {row: (row.frozen.type, str(row.frozen.content_id)) for row in self.result_list}
        called = get_working_rows(keys.values())
        for row, key in keys.items():
            row.called = str(called.get(key, ""))


@admin.register(Notice)
class NoticeAdmin(LedgerAdmin):
    list_display = ("created_at", "happened", "about", "recipient", "state", "reason", "sent_at")
    list_filter = ("state", "reason", ("recipient", admin.RelatedOnlyFieldListFilter))
    search_fields = ("message_id", "recipient__username", "recipient__email")
    list_select_related = ("recipient", "review__frozen", "schedule__frozen")

    def get_changelist(self, request, **kwargs):
        return NoticeChangeList

    @admin.display(description=_("what happened"))
    def happened(self, row):
        return row.event_label
