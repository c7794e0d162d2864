"""Wake-ups. What is due stands in the database: one that is lost is found again by the next."""

from celery import shared_task
from django.utils import timezone

from . import actions
from .models import Schedule

PATIENCE_SECONDS = 60


@shared_task
def carry_out_schedules(**_):
    """Wake the worker for each publication whose moment has come."""
    for schedule_id in Schedule.objects.due(at=timezone.now()).values_list("pk", flat=True):
        carry_out_schedule.apply_async(kwargs={"schedule_id": schedule_id}, expires=PATIENCE_SECONDS)


@shared_task
def carry_out_schedule(*, schedule_id, **_):
    actions.carry_out(schedule_id=schedule_id, at=timezone.now())
