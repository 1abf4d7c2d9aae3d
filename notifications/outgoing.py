"""What leaves: a worded mail with its bytes, and what became of it at the server."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that travels with a mail."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A mail's words, ready to be put into a message."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One message as a transport takes it: who, to whom, and the bytes that never change."""

    message_id: str
    envelope_from: str
    addresses: tuple[str, ...]
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What was answered for one address of one message in one try."""

    address: str
    accepted: bool
    stage: str
    """connect, mail, rcpt, data, or final: the answer after the last dot."""
    text: str
    """The server's words, or what went wrong where it gave none."""
    code: int | None = None
    """None where nobody answered."""
    enhanced: str | None = None
    """The finer code of RFC 3463, where the server gave one: 5.1.1."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a transport says became of one message."""

    ok: bool
    """True only when the server took it for every address."""
    temporary: bool = False
    """Worth another try later."""
    stage: str = ""
    """connect, mail, rcpt or data: where it was refused."""
    reason: str = ""
    """The server's code and words, in one line."""
    replies: tuple[Reply, ...] = ()
    """One for each address."""
    silent: bool = False
    """The server fell silent: the whole time to wait has been lost on this message."""
