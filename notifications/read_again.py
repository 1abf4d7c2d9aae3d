"""A mail that has left, to be read again: its words, without what its links would open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

_LINK = re.compile(r"(https?://[^\s/<>\"']+)(/[^\s<>\"']*)?", re.IGNORECASE)
HIDDEN = "/… (đường dẫn riêng của nơi nhận, không hiển thị)"
"""What stands for the part of an address that is a key."""


@dataclass(frozen=True, kw_only=True)
class ReadAgain:
    """What a mail says, safe to be shown to others than its recipient."""

    sender: str
    reply_to: str
    text: str
    attachments: tuple[str, ...]
    """The names of what travelled with it."""


def read_again(content: bytes) -> ReadAgain:
    """Return the words of a mail of ours; every address in it is shown without its path."""
    mail = message_from_bytes(content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain",))
    return ReadAgain(
        sender=str(mail.get("From", "")),
        reply_to=str(mail.get("Reply-To", "")),
        text=masked(str(body.get_content()) if body is not None else ""),
        attachments=tuple(part.get_filename() or "tệp" for part in mail.iter_attachments()),
    )


def masked(text: str) -> str:
    """Return a text in which no address can be opened: a link in a mail is a right to answer or sign in."""
    return _LINK.sub(lambda found: found[1] + (HIDDEN if (found[2] or "/") != "/" else ""), text)
