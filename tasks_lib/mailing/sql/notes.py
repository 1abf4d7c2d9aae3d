"""Mails the portal writes at once: numbered, and kept with their bytes before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from obligations.model import Kind
from obligations.period import Period
from store.clauses import EVENT_TITLE
from store.door import all_of
from store.outbox import WAITING, keep_content
from store.schema import agencies, messages, notes, obligations


@dataclass(frozen=True, kw_only=True)
class NoteRow:
    """A note as it is written."""

    plan: str
    recipient: str
    sort: str
    message_id: str
    addresses: tuple[str, ...]
    subject: str
    content: bytes
    on: date
    at: datetime
    expires_at: datetime | None


def next_number(connection: Connection, plan: str, recipient: str, sort: str) -> int:
    """Return the running number of a recipient's next note of a sort; the plan must be locked."""
    query = (
        select(func.count())
        .select_from(messages)
        .join(notes, notes.c.message_id == messages.c.id)
        .where(messages.c.plan == plan, messages.c.recipient_id == recipient, notes.c.sort == sort)
    )
    return (connection.scalar(query) or 0) + 1


def write_note(connection: Connection, note: NoteRow) -> int:
    """Write a note that is ready to be sent; return its message's id."""
    written = connection.execute(
        messages.insert().values(
            plan=note.plan,
            recipient_id=note.recipient,
            mail_on=note.on,
            state=WAITING,
            message_id=note.message_id,
            addresses=[],
            accepted=[],
            attempts=0,
            next_try_at=note.at,
        )
    )
    (key,) = written.inserted_primary_key or (0,)
    keep_content(connection, key, note.subject, note.addresses, note.content)
    connection.execute(notes.insert().values(message_id=key, sort=note.sort, expires_at=note.expires_at))
    return int(key)


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskNamed:
    """A duty that a note is about."""

    key: str
    kind: Kind
    item: str | None
    period: Period
    agency_id: str
    last_day: date
    plan_day: date
    ours: bool
    obligation_id: int
    event: str


def tasks_named(connection: Connection, plan: str, keys: Iterable[str]) -> list[TaskNamed]:
    """Return the obligations a note is about, the nearest last day first."""
    o = obligations.c
    query = (
        select(
            o.key,
            o.kind,
            o.item,
            o.period,
            o.agency_id,
            o.last_day,
            o.plan_day,
            o.ours,
            o.id.label("obligation_id"),
            EVENT_TITLE,
        )
        .where(obligations.c.plan == plan, obligations.c.key.in_(list(keys)))
        .order_by(obligations.c.last_day, obligations.c.id)
    )
    return all_of(connection, TaskNamed, query)


def mail_goes_to(connection: Connection, agency: str) -> str:
    """Return who really receives an agency's mail: itself, or the desk that passes it on."""
    found: str | None = connection.scalar(select(agencies.c.mail_to_id).where(agencies.c.id == agency))
    return found or agency
