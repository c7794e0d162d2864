"""Strings of Django's own pages that our message catalogs override.

They read as in Hong Kong and as in the rest of the newsroom. Nothing imports them: they are listed so that `make
messages` keeps them. A project's catalog takes precedence over Django's.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

USER_TEXTS = (_("user"), _("users"), _("User"), _("username"), _("email address"), _("Email"), _("Email address:"))
CHANGELIST_TEXTS = (
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
    _("Action"),
    _("Action:"),
    _("Run the selected action"),
    _("No action selected."),
    _("Items must be selected in order to perform actions on them. No items have been changed."),
    _("0 of %(cnt)s selected"),
    ngettext_lazy("%(total_count)s selected", "All %(total_count)s selected"),
    _("Click here to select the objects across all pages"),
    _("Select all objects on this page for an action"),
    _("Select this object for an action - {}"),
    _("Select %s to change"),
    _("Select %s to view"),
)
CHANGE_FORM_TEXTS = (
    _("History"),
    _("Add another %(verbose_name)s"),
    _("Add another %(model)s"),
    _("Save and add another"),
    _("You may edit it again below."),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
)
DELETION_TEXTS = (
    _("Objects"),
    _("Delete multiple objects"),
    _("Delete selected %(verbose_name_plural)s"),
    _("Successfully deleted %(count)d %(items)s."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _(
        'Are you sure you want to delete the %(object_name)s "%(escaped_object)s"? '
        "All of the following related items will be deleted:"
    ),
)
LOGIN_TEXTS = (
    _("Forgotten your login credentials?"),
    _(
        "Please enter the correct %(username)s and password for a staff account. "
        "Note that both fields may be case-sensitive."
    ),
    _("Thanks for spending some quality time with the web site today."),
    _("Your password was changed."),
    _("Forgotten your password? Enter your email address below, and we’ll email instructions for setting a new one."),
    _(
        "We’ve emailed you instructions for setting your password, if an account exists with the email you entered. "
        "You should receive them shortly."
    ),
    _(
        "If you don’t receive an email, please make sure you’ve entered the address you registered with, "
        "and check your spam folder."
    ),
    _("You're receiving this email because you requested a password reset for your user account at %(site_name)s."),
    _("In case you’ve forgotten, you are:"),
)
