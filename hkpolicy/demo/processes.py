"""Several programs in the foreground as if they were one: all run, or none does."""

import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE_SECONDS = 15
GLANCE_SECONDS = 0.2


class Died(Exception):
    """One of the programs ended although nobody asked."""


def commands():
    """Each program of the site by its name, as the words of its command line."""
    python = [sys.executable, "-m"]
    celery, quiet = [*python, "celery", "--app", "hkpolicy", "--quiet"], ["--loglevel", "WARNING"]
    worker = [*celery, "worker", "--pool", "solo", *quiet, "--without-mingle", "--without-gossip"]
    return {
        "web": [
            *(*python, "gunicorn", "hkpolicy.wsgi", "--bind", f"127.0.0.1:{settings.PORT}"),
            *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning"),
        ],
        "worker": [*worker, "--hostname", "worker@%h", "--queues", settings.CELERY_TASK_DEFAULT_QUEUE],
        "publisher": [*worker, "--hostname", "publisher@%h", "--queues", settings.PUBLISHING_QUEUE],
        "beat": [*celery, "beat", *quiet, "--pidfile="],
    }


def port_is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def run_together(programs, *, when_up=lambda: None, is_up=lambda: True):
    """Runs {name: command line} until asked to stop. Raises Died when one ends by itself; never leaves one behind."""
    asked_to_stop = []
    former = {
        number: signal.signal(number, lambda number, _: asked_to_stop.append(number)) for number in ENDING_SIGNALS
    }
    running = {}
    try:
        for name, command in programs.items():
            running[name] = subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)
        _watch(running, until=lambda: asked_to_stop or is_up())
        if not asked_to_stop:
            when_up()
        _watch(running, until=lambda: asked_to_stop)
    finally:
        _end(running.values())
        for number, handler in former.items():
            signal.signal(number, handler)


def _watch(running, *, until):
    while not until():
        for name, process in running.items():
            if process.poll() is not None:
                raise Died(f"{name} ended with code {process.returncode}")
        time.sleep(GLANCE_SECONDS)


def _end(processes):
    """Asks every program to finish, then ends what does not: each leads a session of its own, so its children too."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for process in processes:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
