"""Wake-ups for scheduled publications. The database says what is due, so the next one makes up for a lost one."""

from celery import shared_task
from django.utils import timezone

from .actions.schedule import execute_schedule
from .models import Schedule

TASK_EXPIRES = 60


@shared_task
def run_due_schedules(**_):
    """Wake a worker for each scheduled publication that is due."""
    for schedule_id in Schedule.objects.due(at=timezone.now()).values_list("pk", flat=True):
        run_schedule.apply_async(kwargs={"schedule_id": schedule_id}, expires=TASK_EXPIRES)


@shared_task
def run_schedule(*, schedule_id, **_):
    """Publish what one schedule says."""
    execute_schedule(schedule_id=schedule_id, at=timezone.now())
