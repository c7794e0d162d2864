"""A mail in text and HTML, made from one context, under the Message-ID of its row."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from ..models import OutboxMessage


def build_email(
    row: OutboxMessage, template: str, context: dict, *, subject: str, language: str
) -> EmailMultiAlternatives:
    """Return the mail of a row of a ledger, rendered in the active language, whose code is `language`.

    template: name without its ending.
    """
    name = row.recipient.get_short_name() or row.recipient.get_username()
    context = context | {"name": name, "subject": subject, "language": language}
    text, html = (render_to_string(f"notifications/{template}.{kind}", context) for kind in ("txt", "html"))
    headers = {"Message-ID": row.message_id, "Auto-Submitted": "auto-generated"}
    one_line = " ".join(subject.split())  # a header must not contain line breaks
    mail = EmailMultiAlternatives(one_line, text, to=[row.recipient.email], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail
