"""Owners in the admin: each milestone and outcome may have an editor who is reminded of it."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth import get_user_model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.actions.permissions import ActionError

from ..actions.owners import set_owner

NO_OWNER = "nobody"


def find_editors():
    return (
        get_user_model().objects.filter(is_staff=True, is_active=True).order_by("first_name", "last_name", "username")
    )


class OwnerForm(ActionForm):
    """The changelist's action form, with the new owner of the selected rows."""

    owner = forms.ChoiceField(label=capfirst(gettext_lazy("owner")), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(str(person.pk), str(person)) for person in find_editors()]
        self.fields["owner"].choices = [("", "---------"), *named, (NO_OWNER, _("nobody"))]


class OwnerMixin(admin.ModelAdmin):
    """Adds the owner to an admin: an editor who is reminded of the row."""

    action_form = OwnerForm

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "owner":
            kwargs["queryset"] = find_editors()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.action(description=gettext_lazy("Set the owner of the selected rows"), permissions=["change"])
    def set_owner_of_rows(self, request, queryset):
        chosen = request.POST.get("owner", "")
        if not chosen:
            messages.error(request, _("Choose an owner beside the action."))
            return
        owner = None if chosen == NO_OWNER else find_editors().get(pk=chosen)  # the form has validated the choice
        try:
            count = set_owner(rows=queryset, owner=owner, by=request.user)
        except ActionError as error:
            messages.error(request, str(error))
        else:
            told = ngettext("%d row has a new owner.", "%d rows have a new owner.", count)
            messages.success(request, told % count)
