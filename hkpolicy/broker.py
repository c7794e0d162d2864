"""How tasks travel where there is no Redis: as files in a folder that web, worker and beat share.

Kombu's own transport over files opens a message before it writes it, and a receiver that looks in between ends with
an error. Here a message appears whole, and the table of queues is read and written by one at a time.
"""

from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

FILES_URL = "wholefiles://localhost"


class Channel(filesystem.Channel):
    def _put(self, queue, payload, **kwargs):
        message = Path(self.data_folder_out) / f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        draft = message.with_name(f".{message.name}")  # which no receiver takes for a message
        draft.write_text(dumps(payload))
        draft.rename(message)

    def get_table(self, exchange):
        with self._alone():
            return super().get_table(exchange)

    def _queue_bind(self, *binding):
        with self._alone():
            super()._queue_bind(*binding)

    @contextmanager
    def _alone(self):
        with (self.control_folder / "lock").open("w") as file:
            filesystem.lock(file, filesystem.LOCK_EX)
            try:
                yield
            finally:
                filesystem.unlock(file)


class Transport(filesystem.Transport):
    Channel = Channel


TRANSPORT_ALIASES["wholefiles"] = "hkpolicy.broker:Transport"


def filesystem_transport(folder):
    """Options of the transport. It makes no folder itself; what one writes the other must find."""
    queue, control = folder / "queue", folder / "control"
    for path in (queue, control):
        path.mkdir(parents=True, exist_ok=True)
    return {"data_folder_in": str(queue), "data_folder_out": str(queue), "control_folder": str(control)}
