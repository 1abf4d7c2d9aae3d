"""One mail as it stands: whose, in which state, what was answered, which notices it carries, its bytes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, and_, select

from obligations.model import Kind
from obligations.period import Period
from store.clauses import EVENT_TITLE
from store.door import all_of, one_of
from store.our_days import proposed
from store.outbox import HELD, RETRY, SENT, WAITING
from store.rows import Bounce, Message, Notice
from store.schema import bounces, message_contents, messages, notes, notices, obligations
from store.telling import tells_of

MOST_NOTICES = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredLetter(Message):
    """A message with its bytes; `note` is the sort of one that the portal wrote by itself."""

    content: bytes | None
    note: str | None


def letter_row(connection: Connection, plan: str, number: int) -> StoredLetter | None:
    """Return a message with its bytes and, for one that the portal wrote by itself, of which sort it is."""
    query = (
        select(messages, message_contents.c.content, notes.c.sort.label("note"))
        .outerjoin(message_contents, message_contents.c.message_id == messages.c.id)
        .outerjoin(notes, notes.c.message_id == messages.c.id)
        .where(tells_of(plan), messages.c.id == number)
    )
    return one_of(connection, StoredLetter, query)


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeIn(Notice):
    """A notice in a mail, with what it is about."""

    key: str
    kind: Kind
    period: Period
    agency_id: str
    event: str


def notices_in(connection: Connection, number: int) -> list[NoticeIn]:
    """Return the notices a message carries with the obligations they are about, in their order."""
    query = (
        select(
            notices,
            obligations.c.key,
            obligations.c.kind,
            obligations.c.period,
            obligations.c.agency_id,
            EVENT_TITLE,
        )
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .where(notices.c.message_id == number)
        .order_by(notices.c.id)
    )
    return all_of(connection, NoticeIn, query.limit(MOST_NOTICES))


def parked_among(connection: Connection, numbers: list[int]) -> list[Message]:
    """Return those of some messages that are kept back for a fault of their own."""
    query = select(messages).where(messages.c.id.in_(numbers), messages.c.state == HELD)
    return all_of(connection, Message, query.order_by(messages.c.id))


def waiting_for(connection: Connection, plan: str, recipients: list[str]) -> list[Message]:
    """Return the messages of some recipients that have not left, those apart that the portal wrote itself."""
    query = (
        select(messages)
        .outerjoin(notes, notes.c.message_id == messages.c.id)
        .where(
            messages.c.plan == plan,
            messages.c.recipient_id.in_(recipients),
            messages.c.state.in_([WAITING, RETRY]),
            notes.c.message_id.is_(None),
        )
    )
    return all_of(connection, Message, query.order_by(messages.c.id))


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason(Notice):
    """A notice that is why a mail is written."""

    key: str
    proposed: bool
    """Whether its duty's day was only proposed when it was recorded."""


def reasons_in(connection: Connection, numbers: list[int]) -> dict[int, list[Reason]]:
    """Return the notices that some messages tell, each with its obligation's key, in their order."""
    told = and_(notices.c.message_id.in_(numbers), notices.c.state.in_([WAITING, SENT]))
    query = (
        select(
            notices, obligations.c.key, proposed(obligations.c.plan, notices.c.recorded_on).label("proposed")
        )
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .where(told)
        .order_by(notices.c.id)
    )
    found: dict[int, list[Reason]] = defaultdict(list)
    for row in all_of(connection, Reason, query):
        if row.message_id is not None:
            found[row.message_id].append(row)
    return found


def bounces_of(connection: Connection, number: int) -> list[Bounce]:
    """Return what was reported back about a message, oldest first."""
    query = select(bounces).where(bounces.c.message_id == number).order_by(bounces.c.id)
    return all_of(connection, Bounce, query)
