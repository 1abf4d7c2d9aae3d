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


@dataclass(frozen=True, kw_only=True)
class Unsent:
    """What a mail would say that has been made ready and has not left."""

    sender: str
    """The name it is sent under."""
    subject: str
    text: str


def read_again(content: bytes) -> ReadAgain:
    """Return the words of a mail of ours; every address in it is shown without its path."""
    mail = message_from_bytes(content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return ReadAgain(
        sender=str(mail.get("From", "")),
        reply_to=str(mail.get("Reply-To", "")),
        text=masked(_words(mail)),
        attachments=tuple(part.get_filename() or "tệp" for part in mail.iter_attachments()),
    )


def read_unsent(content: bytes) -> Unsent:
    """Return what a mail of ours would say, links and all: only for one that has not left."""
    mail = _opened(content)
    sender = mail["From"]
    return Unsent(
        sender=str(sender.addresses[0].display_name) if sender is not None and sender.addresses else "",
        subject=str(mail.get("Subject", "")),
        text=_words(mail),
    )


def _opened(content: bytes) -> EmailMessage:
    mail = message_from_bytes(content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def _words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


def masked(text: str) -> str:
    """Return a text in which no address can be opened: a link in a mail is a right to answer or sign in."""
    return _LINK.sub(lambda found: found[1] + (HIDDEN if (found[2] or "/") != "/" else ""), text)
