"""Where mail goes in the demo: a folder, one `.eml` file a message, to be opened by any mail program."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes each message whole or not at all, named after its Message-ID: sent again, it overwrites itself."""

    def __init__(self, file_path=None, **kwargs):
        super().__init__(**kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages):
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            mail = message.message()
            name = hashlib.sha256(mail["Message-ID"].encode()).hexdigest()[:32]
            unfinished = self.folder / f".{name}"
            unfinished.write_bytes(mail.as_bytes(linesep="\r\n"))
            unfinished.rename(self.folder / f"{name}.eml")
        return len(email_messages)
