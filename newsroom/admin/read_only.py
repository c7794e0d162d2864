"""The base of admins that only show what there is."""

from django.contrib import admin


class ReadOnlyAdmin(admin.ModelAdmin):
    """Admin in which nothing is added, changed or deleted."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
