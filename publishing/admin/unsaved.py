"""A form shown as it was sent, without being saved."""

from django.contrib import admin


class NotSaved:
    """Checks what was sent, and never counts as valid: nothing typed is lost, nothing is saved."""

    def is_valid(self):
        super().is_valid()
        return False


class Unsaved(admin.ModelAdmin):
    """`request.shown_unsaved`: what came with the request is shown in its form, and not saved."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if getattr(request, "shown_unsaved", False):
            return type(form.__name__, (NotSaved, form), {})
        return form
