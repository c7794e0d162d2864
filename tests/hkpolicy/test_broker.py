from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty

import pytest
import yaml
from celery import Celery
from django.conf import settings
from kombu import Connection, Queue
from kombu.exceptions import OperationalError

from hkpolicy.broker import FILE_BROKER_URL, build_transport_options
from hkpolicy.celery import app as site
from hkpolicy.demo.processes import build_commands


def test_a_task_sent_by_one_process_reaches_another_through_the_folder(tmp_path):
    sender, receiver = (Celery(broker=FILE_BROKER_URL, set_as_current=False) for _ in range(2))
    for app in (sender, receiver):
        app.conf.broker_transport_options = build_transport_options(tmp_path / "broker")
        app.conf.task_default_queue = "hkpolicy"
    sender.send_task("tests.wake", kwargs={"reminder_id": 7})
    with receiver.connection_for_read() as connection:
        message = connection.SimpleQueue("hkpolicy").get(timeout=5)
        message.ack()
    assert message.headers["task"] == "tests.wake"
    assert message.payload[1] == {"reminder_id": 7}


@pytest.fixture
def channel(tmp_path):
    with Connection(FILE_BROKER_URL, transport_options=build_transport_options(tmp_path / "broker")) as connection:
        yield connection.channel()


def test_whoever_looks_while_a_message_is_written_finds_none_instead_of_half_of_it(channel):
    class Looking:
        def __json__(self):
            with pytest.raises(Empty):
                channel._get("celery")
            return "looked"

    channel._put("celery", {"body": Looking(), "properties": {}})
    assert channel._get("celery")["body"] == "looked"


def test_the_table_of_queues_is_read_when_nobody_writes_it(channel):
    with ThreadPoolExecutor() as pool:
        with channel._alone():
            reading = pool.submit(channel.get_table, "celery")
            with pytest.raises(TimeoutError):
                reading.result(timeout=0.1)
        assert reading.result(timeout=5) == []


@pytest.mark.parametrize("broken", ["", '{"body": "ha', "[]", '{"body": ""}'])
def test_a_broken_message_is_set_aside_and_the_next_one_taken(channel, caplog, broken):
    file = Path(channel.data_folder_in) / "1_x.hkpolicy.msg"
    file.write_text(broken)
    whole = {"body": "whole", "properties": {}}
    channel._put("hkpolicy", whole)
    assert channel._get("hkpolicy") == whole
    with pytest.raises(Empty):
        channel._get("hkpolicy")
    [aside] = Path(channel.data_folder_in).iterdir()
    assert (aside.name, aside.read_text()) == ("1_x.hkpolicy.msg.broken", broken)
    assert caplog.messages == [f"a broken file of the broker was set aside: {aside}"]


@pytest.mark.parametrize("broken", ["", '[["hkpolicy"', "{}"])
def test_a_broken_table_of_queues_is_set_aside_and_made_anew(channel, caplog, broken):
    file = channel.control_folder / "hkpolicy.exchange"
    file.write_text(broken)
    assert channel.get_table("hkpolicy") == []
    file.write_text(broken)
    channel._queue_bind("hkpolicy", "hkpolicy", "", "hkpolicy")
    assert channel.get_table("hkpolicy") == [("hkpolicy", "", "hkpolicy")]
    assert caplog.messages == [f"a broken file of the broker was set aside: {file}.broken"] * 2


def test_what_is_scheduled_waits_behind_no_mail():
    site.loader.import_default_modules()
    queues = {name: site.amqp.router.route({}, name)["queue"].name for name in site.tasks}
    assert {name: queue for name, queue in queues.items() if queue != "hkpolicy"} == {
        "newsroom.tasks.run_schedule": "hkpolicy-publishing",
        "newsroom.tasks.run_due_schedules": "hkpolicy-publishing",
    }


def test_a_task_of_one_queue_reaches_no_other(tmp_path):
    app = Celery(broker=FILE_BROKER_URL, set_as_current=False)
    app.conf.broker_transport_options = build_transport_options(tmp_path / "broker")
    app.conf.task_queues = [Queue("mail"), Queue("publishing")]
    with app.connection_for_read() as connection, connection.channel() as channel:
        for each in app.conf.task_queues:
            each(channel).declare()
        app.send_task("tests.wake", queue="publishing")
        assert [channel._size(name) for name in ("mail", "publishing")] == [0, 1]


def composed():
    """Return the command line of each service."""
    services = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())["services"]
    return {name: service.get("command", []) for name, service in services.items()}


@pytest.mark.parametrize("programs", [build_commands, composed])
def test_each_queue_has_a_worker_of_its_own_that_the_health_check_knows_by_name(programs):
    workers = {name: words for name, words in programs().items() if "--queues" in words}
    told = {
        name: (words[words.index("--hostname") + 1], words[words.index("--queues") + 1])
        for name, words in workers.items()
    }
    assert told == {"worker": ("worker@%h", "hkpolicy"), "publisher": ("publisher@%h", "hkpolicy-publishing")}
    assert [each.name for each in settings.CELERY_TASK_QUEUES] == ["hkpolicy", "hkpolicy-publishing"]


def test_who_sends_a_wake_up_to_a_broker_that_hangs_waits_once(deaf):
    app = Celery(broker=deaf.url, set_as_current=False)
    app.conf.broker_transport_options = {"socket_timeout": 0.05, "socket_connect_timeout": 0.05, "max_retries": 0}
    with pytest.raises(OperationalError):
        app.send_task("tests.wake", retry=False)
    assert deaf.asked() == 1


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
        "notifications.tasks.run_reminder_sweep",
        "notifications.tasks.run_news_sweep",
        "newsroom.tasks.run_due_schedules",
    }
