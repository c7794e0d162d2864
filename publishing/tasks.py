"""Wake-ups for scheduled publications. The database says what is due, so the next one makes up for a lost one."""

from celery import shared_task
from django.utils import timezone

from . import actions
from .models import Schedule

PATIENCE_SECONDS = 60


@shared_task
def carry_out_schedules(**_):
    """Wake a worker for each scheduled publication that is due."""
    for schedule_id in Schedule.objects.due(at=timezone.now()).values_list("pk", flat=True):
        carry_out_schedule.apply_async(kwargs={"schedule_id": schedule_id}, expires=PATIENCE_SECONDS)


@shared_task
def carry_out_schedule(*, schedule_id, **_):
    """Publish what one schedule says."""
    actions.carry_out(schedule_id=schedule_id, at=timezone.now())
