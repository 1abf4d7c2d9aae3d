"""Mails of a story as their recipients read them."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO

from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from store.door import all_of
from store.engine import reading
from store.rows import Message
from store.schema import message_contents, messages
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import MailServer


@dataclass(frozen=True, kw_only=True, slots=True)
class WordedMessage(Message):
    """A message with its bytes, where it has been worded."""

    content: bytes | None


def messages_to(house: House, recipient: str) -> list[WordedMessage]:
    """The messages to one agency, oldest first."""
    query = (
        select(messages, message_contents.c.content)
        .outerjoin(message_contents)
        .where(messages.c.recipient_id == recipient)
        .order_by(messages.c.id)
    )
    with reading(house.engine) as connection:
        return all_of(connection, WordedMessage, query)


def all_messages(house: House) -> list[WordedMessage]:
    """All messages, oldest first."""
    query = select(messages, message_contents.c.content).outerjoin(message_contents).order_by(messages.c.id)
    with reading(house.engine) as connection:
        return all_of(connection, WordedMessage, query)


def contents_of(smtp: MailServer) -> list[bytes]:
    """The bytes of what a mail server took, in the order it came."""
    contents = [envelope.content for envelope in smtp.box.taken]
    return [c if isinstance(c, bytes) else str(c).encode() for c in contents]


def letter(content: bytes | None) -> EmailMessage:
    """A mail as the recipient's program reads it."""
    assert content is not None, "the mail has not been worded"
    return message_from_bytes(content, policy=policy.default)


def text_of(content: bytes | None) -> str:
    """The plain-text part of a mail in one line, so that wrapping does not matter."""
    part = letter(content).get_body(("plain",))
    assert part is not None
    return " ".join(str(part.get_content()).split())


def table_beside(content: bytes | None) -> Workbook:
    """The workbook that is attached to a mail."""
    (attached,) = letter(content).iter_attachments()
    return load_workbook(BytesIO(attached.get_content()))


def html_of(content: bytes | None) -> str:
    """The HTML part of a mail."""
    part = letter(content).get_body(("html",))
    assert part is not None
    return str(part.get_content())
