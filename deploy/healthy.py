"""What the containers' health checks ask: `healthy.py web|worker|publisher|beat` ends with 0 when it does its work."""

import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 8


def web():
    """Check that the front page answers, on the host name that strangers use."""
    connection = HTTPConnection("127.0.0.1", 8000, timeout=TIMEOUT_SECONDS)
    connection.request("GET", "/en/", headers={"Host": urlsplit(os.environ["SITE_URL"]).netloc})
    return connection.getresponse().status < 400


def worker(name="worker"):
    """Check that the worker of this name in this very container answers a ping through the broker."""
    ping = ["celery", "--app", "hkpolicy", "inspect", "ping", "--destination", f"{name}@{socket.gethostname()}"]
    return subprocess.run([*ping, "--timeout", str(TIMEOUT_SECONDS)], stdout=subprocess.DEVNULL).returncode == 0


def publisher():
    """Check likewise the one that publishes what is scheduled."""
    return worker("publisher")


def beat():
    """Check that the schedule sent a wake-up within the last three sweeps."""
    sweep_seconds = int(os.environ.get("REMINDER_SWEEP_SECONDS") or 300)
    return time.time() - Path("var/beat-pulse").stat().st_mtime < 3 * sweep_seconds


if __name__ == "__main__":
    sys.exit(not {"web": web, "worker": worker, "publisher": publisher, "beat": beat}[sys.argv[1]]())
