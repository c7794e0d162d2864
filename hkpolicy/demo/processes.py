"""Several programs run in the foreground as one: either all run, or none does."""

import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOP_TIMEOUT_SECONDS = 15
POLL_SECONDS = 0.2


class ProcessDied(Exception):
    """Raised when a program ended without being asked to."""


def build_commands():
    """Return {name: command line as a list} of the site's programs."""
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


def is_port_free(port):
    """Return True if nothing listens on this port of the local machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def run_together(programs, *, when_up=lambda: None, is_up=lambda: True):
    """Run {name: command line} until a signal asks to stop; call `when_up` once `is_up` returns True.

    Raises ProcessDied if a program ends by itself. Stops all of them in any case.
    """
    asked_to_stop = []
    former = {
        number: signal.signal(number, lambda number, _: asked_to_stop.append(number)) for number in ENDING_SIGNALS
    }
    running = {}
    try:
        for name, command in programs.items():
            running[name] = subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)
        _watch_programs(running, until=lambda: asked_to_stop or is_up())
        if not asked_to_stop:
            when_up()
        _watch_programs(running, until=lambda: asked_to_stop)
    finally:
        _stop_programs(running.values())
        for number, handler in former.items():
            signal.signal(number, handler)


def _watch_programs(running, *, until):
    """Poll until `until` returns true. Raises ProcessDied if a program ends meanwhile."""
    while not until():
        for name, process in running.items():
            if process.poll() is not None:
                raise ProcessDied(f"{name} ended with code {process.returncode}")
        time.sleep(POLL_SECONDS)


def _stop_programs(processes):
    """Terminate every program, and kill the process groups of those that do not finish in time.

    Each leads a session of its own, so its children are killed with it.
    """
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_TIMEOUT_SECONDS
    for process in processes:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
