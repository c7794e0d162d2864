import socket
from email import message_from_bytes, policy
from smtplib import SMTPServerDisconnected
from threading import Event, Thread

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection


def test_each_mail_becomes_one_whole_file(tmp_path):
    folder = tmp_path / "mail"
    connection = get_connection("hkpolicy.mail.FolderBackend", file_path=folder)
    mails = [
        EmailMultiAlternatives(f"逾期 {n}", "plain 內容", "tracker@example.org", ["me@example.org"]) for n in range(3)
    ]
    mails[0].attach_alternative("<p>內容</p>", "text/html")
    assert connection.send_messages(mails) == 3
    files = list(folder.iterdir())
    assert [file.suffix for file in files] == [".eml"] * 3
    read = sorted(
        (message_from_bytes(file.read_bytes(), policy=policy.default) for file in files),
        key=lambda mail: mail["Subject"],
    )
    assert [mail["Subject"] for mail in read] == ["逾期 0", "逾期 1", "逾期 2"]
    assert read[0].get_body(("html",)).get_content().strip() == "<p>內容</p>"
    assert read[0].get_body(("plain",)).get_content().strip() == "plain 內容"


def test_a_mail_sent_again_under_its_message_id_is_one_file(tmp_path):
    connection = get_connection("hkpolicy.mail.FolderBackend", file_path=tmp_path)
    for words in ("first try", "second try"):
        mail = EmailMultiAlternatives("Due", words, to=["me@example.org"], headers={"Message-ID": "<1@example.org>"})
        connection.send_messages([mail])
    [file] = tmp_path.iterdir()
    assert b"second try" in file.read_bytes()


class SlowServer:
    """A mail server of one conversation, which answers `slow` after so many seconds, or once it is closed."""

    ANSWERS = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"} | dict.fromkeys(
        (b"EHLO", b"MAIL", b"RCPT", b"."), b"250 yes\r\n"
    )

    def __init__(self, slow: bytes, seconds: float):
        self.slow, self.seconds, self.closed = slow, seconds, Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.thread = Thread(target=self.serve, daemon=True)

    def __enter__(self) -> int:
        self.thread.start()
        return self.listening.getsockname()[1]

    def __exit__(self, *_error):
        self.closed.set()
        self.listening.close()
        self.thread.join()

    def serve(self):
        client, _address = self.listening.accept()
        with client, client.makefile("rb") as lines:
            client.sendall(b"220 here\r\n")
            for line in lines:
                command = line.strip().upper()[:4]
                if command == self.slow:
                    self.closed.wait(self.seconds)
                if command in self.ANSWERS and not self.closed.is_set():
                    client.sendall(self.ANSWERS[command])


def send_to(port):
    connection = get_connection("hkpolicy.mail.SMTPBackend", host="127.0.0.1", port=port, timeout=0.3)
    return connection.send_messages([EmailMultiAlternatives("Due", "words", "a@example.org", ["b@example.org"])])


def test_a_server_slow_to_take_a_message_is_waited_for(settings):
    settings.EMAIL_ANSWER_TIMEOUT = 30
    with SlowServer(b".", seconds=1) as port:
        assert send_to(port) == 1


def test_that_wait_ends_too(settings):
    settings.EMAIL_ANSWER_TIMEOUT = 0.3
    with SlowServer(b".", seconds=30) as port, pytest.raises(SMTPServerDisconnected, match="timed out"):
        send_to(port)


@pytest.mark.parametrize("command", [b"RCPT", b"DATA"])
def test_a_server_slow_before_that_is_given_up_soon(settings, command):
    settings.EMAIL_ANSWER_TIMEOUT = 30
    with SlowServer(command, seconds=60) as port, pytest.raises(SMTPServerDisconnected, match="timed out"):
        send_to(port)
