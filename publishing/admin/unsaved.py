"""A form shown as it was sent, without being saved: after a collision, and after a session that ended in between."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _


class NotSaved:
    """Checks what was sent, and never counts as valid: nothing typed is lost, nothing is saved."""

    def is_valid(self):
        super().is_valid()
        return False


class Unsaved(admin.ModelAdmin):
    """`request.shown_unsaved`: what came with the request is shown in its form, and not saved."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if getattr(request, "shown_unsaved", False):
            return type(form.__name__, (NotSaved, form), {})
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"unsaved": getattr(request, "shown_unsaved", False)}
        return super().render_change_form(request, context, add, change, form_url, obj)


class GivenBack(Unsaved):
    """`request.kept`: what was being written here when the session ended. It is brought together like what is sent."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        kept = getattr(request, "kept", None)
        if request.method == "GET" and kept is not None:
            _as_if_sent(request, kept)
            told = _("What you had written stands here; it is not saved yet.")
            messages.warning(request, told)
        return super().changeform_view(request, object_id, form_url, extra_context)


def _as_if_sent(request, kept) -> None:
    request.FILES  # noqa: B018 (read as what it is, a GET, before it is called a POST)
    request.method, request.POST, request.shown_unsaved = "POST", kept, True


def typed(request) -> dict:
    """What was written in the form of a verb when the session ended, as its initial values; the page says so."""
    kept = getattr(request, "kept", None)
    if not kept:
        return {}
    told = _("What you had written stands here; nothing was done with it yet.")
    messages.warning(request, told)
    return {name: values if len(values) > 1 else values[0] for name, values in kept.lists()}
