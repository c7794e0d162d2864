"""Mail backends: a mail server, or for the demo a folder with one `.eml` file a message."""

import hashlib
import smtplib
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

MESSAGE_EXPECTED = 354  # the answer to DATA: the message follows, then the answer to the message


class PatientSMTPMixin:
    """SMTP mixin that waits `EMAIL_ANSWER_TIMEOUT` seconds for the answer to a whole message, else `EMAIL_TIMEOUT`.

    A server may check a message for minutes before it accepts it; one that hangs before that is given up soon.
    """

    _awaits_answer_to_message = False

    def getreply(self):
        usual = self.sock.gettimeout()
        if self._awaits_answer_to_message:
            self.sock.settimeout(settings.EMAIL_ANSWER_TIMEOUT)
        try:
            code, text = super().getreply()
        finally:
            self._awaits_answer_to_message = False
            if self.sock:  # None if no answer came and the connection was closed
                self.sock.settimeout(usual)
        self._awaits_answer_to_message = code == MESSAGE_EXPECTED
        return code, text


class PatientSMTP(PatientSMTPMixin, smtplib.SMTP):
    pass


class PatientSMTPOverTLS(PatientSMTPMixin, smtplib.SMTP_SSL):
    pass


class SMTPBackend(EmailBackend):
    """Django's SMTP backend with connections that wait for slow answers."""

    @property
    def connection_class(self):
        return PatientSMTPOverTLS if self.use_ssl else PatientSMTP


class FolderBackend(BaseEmailBackend):
    """Writes each message atomically to a file named after its Message-ID: sent again, it overwrites itself."""

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
