from concurrent.futures import ThreadPoolExecutor
from queue import Empty

import pytest
from celery import Celery
from django.conf import settings
from kombu import Connection

from hkpolicy.broker import FILES_URL, filesystem_transport


def test_a_task_sent_by_one_process_reaches_another_through_the_folder(tmp_path):
    sender, receiver = (Celery(broker=FILES_URL, set_as_current=False) for _ in range(2))
    for app in (sender, receiver):
        app.conf.broker_transport_options = filesystem_transport(tmp_path / "broker")
        app.conf.task_default_queue = "hkpolicy"
    sender.send_task("tests.wake", kwargs={"reminder_id": 7})
    with receiver.connection_for_read() as connection:
        message = connection.SimpleQueue("hkpolicy").get(timeout=5)
        message.ack()
    assert message.headers["task"] == "tests.wake"
    assert message.payload[1] == {"reminder_id": 7}


@pytest.fixture
def channel(tmp_path):
    with Connection(FILES_URL, transport_options=filesystem_transport(tmp_path / "broker")) as connection:
        yield connection.channel()


def test_whoever_looks_while_a_message_is_written_finds_none_instead_of_half_of_it(channel):
    class Looking:
        def __json__(self):
            with pytest.raises(Empty):
                channel._get("celery")
            return "looked"

    channel._put("celery", {"body": Looking()})
    assert channel._get("celery") == {"body": "looked"}


def test_the_table_of_queues_is_read_when_nobody_writes_it(channel):
    with ThreadPoolExecutor() as pool:
        with channel._alone():
            reading = pool.submit(channel.get_table, "celery")
            with pytest.raises(TimeoutError):
                reading.result(timeout=0.1)
        assert reading.result(timeout=5) == []


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
