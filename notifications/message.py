"""From words to bytes: one MIME message whose bytes never differ for the same input."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from notifications import headers
from notifications.model import Mail, Outgoing, Rendered
from notifications.wording import local, one_line


def build(
    mail: Mail,
    rendered: Rendered,
    *,
    message_id: str,
    addresses: tuple[str, ...],
    mail_from: str,
    redirect: str | None,
) -> Outgoing:
    """Build the message for its recipients, or for the one address of a trial run."""
    recipients = (redirect,) if redirect else addresses
    head = [
        headers.mailbox("From", mail.sender.name, mail_from),
        headers.mailbox("Reply-To", mail.sender.name, mail.sender.reply_to),
        headers.mailboxes("To", recipients),
        headers.text("Subject", rendered.subject),
        headers.line("Date", format_datetime(local(mail.as_of))),
        headers.text("Message-ID", message_id),
        headers.line("Auto-Submitted", "auto-generated"),
    ]
    if redirect:
        head.append(headers.mailboxes("X-Dondoc-Intended-To", addresses))
    return Outgoing(
        message_id=message_id,
        envelope_from=mail_from,
        addresses=recipients,
        content=b"".join(head) + _body(rendered, message_id),
    )


def _body(rendered: Rendered, message_id: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    # Base64 travels through every relay, also those that know no 8-bit text.
    message.set_content(rendered.text, charset="utf-8", cte="base64")
    message.add_alternative(rendered.html, subtype="html", charset="utf-8", cte="base64")
    for attachment in rendered.attachments:
        main, _, sub = attachment.media_type.partition("/")
        name = one_line(attachment.name)
        message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=name)
    _fix_boundaries(message, message_id)
    return message.as_bytes()


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    """Derive the part boundaries from the Message-ID, where the library would draw them at random."""
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        digest = hashlib.sha256(f"{message_id}/{number}".encode()).hexdigest()[:32]
        part.set_boundary(f"=_{digest}")
