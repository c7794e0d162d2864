"""Where mail goes: to a mail server; in the demo to a folder, one `.eml` file a message for any mail program."""

import hashlib
import smtplib
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

MESSAGE_EXPECTED = 354  # the server's answer to DATA: what follows is the message, and then the answer to it


class Patient:
    """Waits `EMAIL_ANSWER_TIMEOUT` seconds for the answer to a whole message, `EMAIL_TIMEOUT` for any other.

    A server may look through a message for minutes before it takes it; one that hangs before that is given up soon.
    """

    _message_sent = False

    def getreply(self):
        usual = self.sock.gettimeout()
        if self._message_sent:
            self.sock.settimeout(settings.EMAIL_ANSWER_TIMEOUT)
        try:
            code, text = super().getreply()
        finally:
            self._message_sent = False
            if self.sock:  # closed, where no answer came
                self.sock.settimeout(usual)
        self._message_sent = code == MESSAGE_EXPECTED
        return code, text


class PatientSMTP(Patient, smtplib.SMTP):
    pass


class PatientSMTPOverTLS(Patient, smtplib.SMTP_SSL):
    pass


class SMTPBackend(EmailBackend):
    @property
    def connection_class(self):
        return PatientSMTPOverTLS if self.use_ssl else PatientSMTP


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
