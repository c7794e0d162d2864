"""Reminders in the admin: the rules are edited, the ledger is read."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from . import actions
from .choices import State
from .models import Reminder, ReminderRule
from .transports.messages import names


@admin.register(ReminderRule)
class ReminderRuleAdmin(admin.ModelAdmin):
    """One rule a kind; they ship with the site and are switched off rather than deleted."""

    list_display = ("kind", "offsets", "repeat_days", "active")
    readonly_fields = ("kind",)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class Ledger(ChangeList):
    """The names of what the reminders are about, read once a page."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        called = names({row.key.subject for row in self.result_list}, language=get_language())
        for row in self.result_list:
            row.called = called.get(row.key.subject, "")


@admin.register(Reminder)
class ReminderAdmin(admin.ModelAdmin):
    list_display = ("remind_on", "rule", "about", "due_on", "recipient", "state", "reason", "sent_at")
    list_filter = ("state", "rule", "reason", ("recipient", admin.RelatedOnlyFieldListFilter))
    search_fields = ("subject_id", "message_id", "recipient__username", "recipient__email")
    date_hierarchy = "remind_on"
    list_select_related = ("rule", "recipient")
    show_full_result_count = False
    actions = ("try_again",)

    def get_changelist(self, request, **kwargs):
        return Ledger

    @admin.display(description=_("about"))
    def about(self, row):
        return row.called

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_retry_permission(self, request):
        return request.user.has_perm("notifications.change_reminder")

    @admin.action(description=_("Try failed ones again"), permissions=["retry"])
    def try_again(self, request, queryset):
        failed = queryset.filter(state=State.FAILED).values_list("pk", flat=True)
        count = sum(actions.retry(reminder_id=pk) for pk in failed)
        text = ngettext("%(count)d reminder will be tried again.", "%(count)d reminders will be tried again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
