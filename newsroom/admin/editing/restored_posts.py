"""Forms shown as they were posted, without being saved: after an edit conflict, and after a session that ended."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _


class NeverValidMixin:
    """Form mixin that validates but is never valid, so that what was typed is shown and not saved."""

    def is_valid(self):
        """Validate, so that errors are shown, and return False."""
        super().is_valid()
        return False


class UnsavedFormMixin(admin.ModelAdmin):
    """Mixin: if `request.shown_unsaved` is set, the posted data is shown in its form and not saved."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Return a form class that is never valid, if the request is not to be saved."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if getattr(request, "shown_unsaved", False):
            return type(form.__name__, (NeverValidMixin, form), {})
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"unsaved": getattr(request, "shown_unsaved", False)}
        return super().render_change_form(request, context, add, change, form_url, obj)


class RestoredPostMixin(UnsavedFormMixin):
    """Mixin that restores what was being written when the session ended (`request.restored_post`).

    It is merged with what is stored like any posted form.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show the restored data in the form, with a warning that it is not saved yet."""
        kept = getattr(request, "restored_post", None)
        if request.method == "GET" and kept is not None:
            _treat_as_post(request, kept)
            told = _("What you had written stands here; it is not saved yet.")
            messages.warning(request, told)
        return super().changeform_view(request, object_id, form_url, extra_context)


def _treat_as_post(request, kept) -> None:
    """Turn a GET into an unsaved POST with the restored data."""
    request.FILES  # noqa: B018 (Django parses the body lazily: after `method` is changed it would try again)
    request.method, request.POST, request.shown_unsaved = "POST", kept, True


def restored_initial(request) -> dict:
    """Return what was written in a form of the workflow when the session ended, as its initial values.

    Return {} if there is nothing to restore; else a message says that nothing was done with it yet.
    """
    kept = getattr(request, "restored_post", None)
    if not kept:
        return {}
    told = _("What you had written stands here; nothing was done with it yet.")
    messages.warning(request, told)
    return {name: values if len(values) > 1 else values[0] for name, values in kept.lists()}
