"""The message broker for a site without Redis: files in a folder that all processes share.

Kombu's own filesystem transport opens a message file before it writes it, and a receiver that reads in between fails.
Here a message appears whole, the table of queues is read and written by one process at a time, and a file that a power
cut left broken is set aside and logged. A message that is lost is found again by the next sweep.
"""

import logging
import os
from collections.abc import Collection
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from time import monotonic
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps, loads

log = logging.getLogger(__name__)
FILE_BROKER_URL = "wholefiles://localhost"


class Channel(filesystem.Channel):
    """Kombu's filesystem channel with atomic messages and a locked table of queues."""

    def _put(self, queue, payload, **kwargs):
        message = Path(self.data_folder_out) / f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        draft = message.with_name(f".{message.name}")  # receivers ignore hidden files
        draft.write_text(dumps(payload))
        draft.rename(message)

    def _get(self, queue):
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = Path(self.data_folder_in) / f".{name}"
            try:
                taken.with_name(name).rename(taken)
            except FileNotFoundError:  # another process was faster
                continue
            payload = read_json_file(taken, dict, keys={"body", "properties"})
            if payload is not None:
                taken.unlink()
                return payload
        raise Empty

    def get_table(self, exchange):
        with self._alone():
            read_json_file(self._exchange_file(exchange), list)
            return super().get_table(exchange)

    def _queue_bind(self, exchange, *binding):
        with self._alone():
            read_json_file(self._exchange_file(exchange), list)
            super()._queue_bind(exchange, *binding)

    @contextmanager
    def _alone(self):
        """Hold an exclusive lock on the table of queues."""
        with (self.control_folder / "lock").open("w") as file:
            filesystem.lock(file, filesystem.LOCK_EX)
            try:
                yield
            finally:
                filesystem.unlock(file)


class Transport(filesystem.Transport):
    """Kombu's filesystem transport with our channel, registered under the scheme `wholefiles`."""

    Channel = Channel


TRANSPORT_ALIASES["wholefiles"] = "hkpolicy.broker:Transport"


def read_json_file(file: Path, shape: type, keys: Collection[str] = ()):
    """Return the JSON value in `file` if it has this type and these keys.

    Return None if the file is missing. A broken file is renamed to *.broken and logged, and None is returned.
    """
    try:
        value = loads(file.read_text())
        if isinstance(value, shape) and all(key in value for key in keys):
            return value
    except FileNotFoundError:
        return None
    except ValueError:
        pass
    aside = file.with_name(f"{file.name.removeprefix('.')}.broken")
    file.replace(aside)
    log.error("a broken file of the broker was set aside: %s", aside)
    return None


def build_transport_options(folder):
    """Create the broker's folders and return the transport's options.

    Kombu does not create them, and all processes must be given the same ones.
    """
    queue, control = folder / "queue", folder / "control"
    for path in (queue, control):
        path.mkdir(parents=True, exist_ok=True)
    return {"data_folder_in": str(queue), "data_folder_out": str(queue), "control_folder": str(control)}
