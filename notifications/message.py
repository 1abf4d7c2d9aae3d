"""From words to bytes: one MIME message whose bytes never differ for the same input."""

from __future__ import annotations

import hashlib
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime

from notifications import headers
from notifications.model import Mail
from notifications.outgoing import Attachment, Outgoing, Rendered
from notifications.wording import local, one_line

LINES = compat32.clone(linesep="\r\n", max_line_length=None)


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
    if mail.references:
        head.append(headers.identifiers("In-Reply-To", mail.references[-1:]))
        head.append(headers.identifiers("References", mail.references))
    if redirect:
        head.append(headers.mailboxes("X-Dondoc-Intended-To", addresses))
    return Outgoing(
        message_id=message_id,
        envelope_from=mail_from,
        addresses=recipients,
        content=b"".join(head) + _body(rendered, message_id),
    )


def _body(rendered: Rendered, message_id: str) -> bytes:
    """Write the parts by the older MIME classes: a third of the time, and nothing here needs folding."""
    # Text in UTF-8 goes as base64, which travels through every relay, also those that know no 8-bit text.
    words = MIMEMultipart("alternative", _boundary(message_id, "words"))
    words.attach(MIMEText(rendered.text, "plain", "utf-8"))
    words.attach(MIMEText(rendered.html, "html", "utf-8"))
    if not rendered.attachments:
        return words.as_bytes(policy=LINES)
    whole = MIMEMultipart("mixed", _boundary(message_id, "whole"))
    whole.attach(words)
    for attachment in rendered.attachments:
        whole.attach(_part(attachment))
    return whole.as_bytes(policy=LINES)


def _part(attachment: Attachment) -> MIMEBase:
    main, _, sub = attachment.media_type.partition("/")
    part = MIMEBase(main, sub)
    part.set_payload(attachment.content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=one_line(attachment.name))
    return part


def _boundary(message_id: str, part: str) -> str:
    """Derive a part's boundary from the Message-ID, where the library would draw it at random."""
    return f"=_{hashlib.sha256(f'{message_id}/{part}'.encode()).hexdigest()[:32]}"
