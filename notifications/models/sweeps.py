"""How the last sweep of reminders ended: what the front page of the newsroom tells of it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class SweepReport(models.Model):
    """One row: the last sweep that ended well. One that raised leaves it as it was, so that its age tells."""

    ended_at = models.DateTimeField(_("ended well at"))
    # [type, content_id or key]: a milestone, an outcome or a rule whose stored values cannot be read
    left_out = models.JSONField(_("left out"), default=list)

    class Meta:
        verbose_name = _("report of the last sweep")
        verbose_name_plural = _("reports of the last sweep")
        default_permissions = ()  # nobody reads or writes it but the sweep and the front page
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_report_of_the_last_sweep")]

    def __str__(self):
        return str(self.ended_at)

    @classmethod
    def write(cls, *, at: datetime, left_out: list[tuple[str, str]]) -> None:
        row, columns = cls(pk=1, ended_at=at, left_out=left_out), ["ended_at", "left_out"]
        cls.objects.bulk_create([row], update_conflicts=True, unique_fields=["pk"], update_fields=columns)

    @classmethod
    def last(cls) -> Self | None:
        """None where no sweep has ever ended well."""
        return cls.objects.first()
