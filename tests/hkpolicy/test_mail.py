from email import message_from_bytes, policy

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
