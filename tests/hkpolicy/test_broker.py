import pytest
from celery import Celery
from django.conf import settings

from hkpolicy.broker import filesystem_transport


def test_a_task_sent_by_one_process_reaches_another_through_the_folder(tmp_path):
    sender, receiver = (Celery(broker="filesystem://", set_as_current=False) for _ in range(2))
    for app in (sender, receiver):
        app.conf.broker_transport_options = filesystem_transport(tmp_path / "broker")
        app.conf.task_default_queue = "hkpolicy"
    sender.send_task("tests.wake", kwargs={"reminder_id": 7})
    with receiver.connection_for_read() as connection:
        message = connection.SimpleQueue("hkpolicy").get(timeout=5)
        message.ack()
    assert message.headers["task"] == "tests.wake"
    assert message.payload[1] == {"reminder_id": 7}


@pytest.mark.redis
def test_a_task_travels_through_redis(redis_url):
    app = Celery(broker=redis_url, set_as_current=False)
    app.conf.task_default_queue = "hkpolicy"
    app.send_task("tests.wake", kwargs={"reminder_id": 7})
    with app.connection_for_read() as connection:
        message = connection.SimpleQueue("hkpolicy").get(timeout=5)
        message.ack()
    assert message.payload[1] == {"reminder_id": 7}


def test_the_sweeps_are_on_the_schedule():
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} == {
        "notifications.tasks.sweep",
        "notifications.tasks.sweep_news",
        "publishing.tasks.carry_out_schedules",
    }
