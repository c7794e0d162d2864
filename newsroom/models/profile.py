"""What the newsroom stores about its people besides their accounts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from record.choices import Language


def get_user_display_name(user) -> str:
    """Return the full name, or the username if there is none.

    Every page, list and menu that shows an account uses this.
    """
    return user.get_full_name() or user.get_username()


class EditorSettings(models.Model):
    """Preferences that an editor chose for themselves."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="editor_settings", verbose_name=_("editor")
    )
    language = models.CharField(
        _("language"),
        max_length=7,
        choices=Language,
        default=Language.EN,
        help_text=_("Of the newsroom, and of mail to this person."),
    )

    class Meta:
        verbose_name = _("editor's settings")
        verbose_name_plural = _("editors' settings")

    def __str__(self):
        return f"{self.user}: {self.language}"

    @classmethod
    def language_of(cls, user) -> str:
        """Return the language this user chose, or English if they chose none."""
        return cls.objects.filter(user=user).values_list("language", flat=True).first() or Language.EN
