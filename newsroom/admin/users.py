"""Admin of the newsroom's people: inviting them, their groups, their language."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from record.choices import Language

from ..actions.invite import invite
from ..models import EditorSettings
from .editing.restored_posts import RestoredPostMixin

User = get_user_model()
admin.site.unregister(User) if admin.site.is_registered(User) else None
admin.site.unregister(Group) if admin.site.is_registered(Group) else None


class InvitationForm(forms.ModelForm):
    """Form for a new user: name, address and groups; an email then brings the link to choose a password."""

    email = forms.EmailField(label=_("Email address"))
    language = forms.ChoiceField(
        label=_("Language"), choices=Language, initial=Language.EN, help_text=_("Of the invitation, and of later mail.")
    )

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "groups")

    def clean_email(self):
        """Refuse an address that another user has, whatever its case."""
        email = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Somebody with this address is invited already."))
        return email

    def save(self, commit=True):
        """Save the user as staff without a password."""
        self.instance.is_staff = True
        self.instance.set_unusable_password()
        return super().save(commit)


class EditorSettingsInline(admin.StackedInline):
    """Inline for a user's own settings."""

    model = EditorSettings
    can_delete = False


@admin.register(User)
class EditorAdmin(RestoredPostMixin, UserAdmin):
    """Admin of users: new ones are invited by email instead of given a password."""

    add_form = InvitationForm
    add_form_template = None
    add_fieldsets = (
        (
            None,
            {
                "fields": ("username", ("first_name", "last_name"), "email", "groups", "language"),
                "description": _("The invited person gets a mail with a link to choose a password."),
            },
        ),
    )
    list_display = ("username", "full_name", "email", "group_names", "is_active", "last_login")
    list_filter = ("groups", "is_active", "is_staff")
    search_fields = ("username", "first_name", "last_name", "email")
    autocomplete_fields = ("groups",)
    filter_horizontal = ()
    inlines = (EditorSettingsInline,)
    actions = ("invite_again",)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related(Prefetch("groups"))

    @admin.display(description=pgettext_lazy("a person", "name"), ordering="last_name")
    def full_name(self, user):
        return user.get_full_name()

    @admin.display(description=_("groups"))
    def group_names(self, user):
        return ", ".join(group.name for group in user.groups.all())

    def get_fieldsets(self, request, obj=None):
        """Show the superuser flag to superusers only."""
        if obj is None:
            return self.add_fieldsets
        rights = ("is_active", "is_staff", "groups")
        if request.user.is_superuser:
            rights = (*rights, "is_superuser")
        return (
            (None, {"fields": ("username", "password")}),
            (_("Name and address"), {"fields": (("first_name", "last_name"), "email")}),
            (_("Rights"), {"fields": rights}),
            (_("Dates"), {"fields": (("last_login", "date_joined"),)}),
        )

    readonly_fields = ("last_login", "date_joined")

    def get_inlines(self, request, obj):
        return self.inlines if obj else ()

    def has_change_permission(self, request, obj=None):
        """Let only superusers change the account of a superuser.

        Others could take it over by changing its password.
        """
        own = request.user.is_superuser or not (obj and obj.is_superuser)
        return own and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Let only superusers delete the account of a superuser."""
        own = request.user.is_superuser or not (obj and obj.is_superuser)
        return own and super().has_delete_permission(request, obj)

    def save_related(self, request, form, formsets, change):
        """Invite a new user once the groups are saved."""
        super().save_related(request, form, formsets, change)
        if not change:
            invite(user=form.instance, language=form.cleaned_data["language"], by=request.user)
            messages.info(request, _("%(email)s is invited by mail.") % {"email": form.instance.email})

    @admin.action(description=_("Send the invitation again"), permissions=["change"])
    def invite_again(self, request, queryset):
        """Send the invitation again to active users with an address, except superusers."""
        for user in queryset.exclude(email="").filter(is_active=True, is_superuser=False):
            invite(user=user, by=request.user)
            messages.info(request, _("%(email)s is invited by mail.") % {"email": user.email})


@admin.register(Group)
class RoleAdmin(RestoredPostMixin, GroupAdmin):
    """Admin of groups."""

    filter_horizontal = ()
    autocomplete_fields = ()

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "permissions":
            field.widget.attrs["size"] = 20
        return field
