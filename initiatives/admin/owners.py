from django.contrib import admin
from django.contrib.auth import get_user_model


class Owned(admin.ModelAdmin):
    """Who is reminded of it: one of the editors."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "owner":
            kwargs["queryset"] = get_user_model().objects.filter(is_staff=True, is_active=True).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
