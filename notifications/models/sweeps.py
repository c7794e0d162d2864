"""The report of the last sweep of reminders, shown on the newsroom's dashboard."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class SweepReport(models.Model):
    """The only row: the last sweep that ended well. A sweep that raises leaves it unchanged, so that its age shows."""

    ended_at = models.DateTimeField(_("ended well at"))
    # [type, content_id or key]: a milestone, an outcome or a rule whose stored values cannot be read
    left_out = models.JSONField(_("left out"), default=list)

    class Meta:
        verbose_name = _("report of the last sweep")
        verbose_name_plural = _("reports of the last sweep")
        default_permissions = ()  # only the sweep and the dashboard use it
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_report_of_the_last_sweep")]

    def __str__(self):
        return str(self.ended_at)

    @classmethod
    def write(cls, *, at: datetime, left_out: list[tuple[str, str]]) -> None:
        """Replace the report."""
        row, columns = cls(pk=1, ended_at=at, left_out=left_out), ["ended_at", "left_out"]
        cls.objects.bulk_create([row], update_conflicts=True, unique_fields=["pk"], update_fields=columns)

    @classmethod
    def last(cls) -> Self | None:
        """Return the report; None if no sweep has ever ended well."""
        return cls.objects.first()
