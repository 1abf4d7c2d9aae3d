"""Writing into a restored database what the mail log knows to have left since the copy was made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, or_, select

from store.door import all_of
from store.outbox import CANCELLED, HELD, RETRY, SENDING, SENT, WAITING
from store.said import Left, write_answers
from store.schema import legs, messages, notes, notices, obligations, weekly_lines

SEEN_FIRST = "giữ lại khi khôi phục bản sao: có thể đã gửi"
"""Why a mail of the portal that waited in the copy does not leave by itself."""
UNSENT = (WAITING, RETRY, SENDING)


def known_as_sent(connection: Connection, message_ids: Collection[str]) -> set[str]:
    """Return those of some messages that the database knows to have left."""
    query = select(messages.c.message_id).where(messages.c.state == SENT)
    return set(message_ids) & set(connection.scalars(query))


def write_left(connection: Connection, left: Left) -> None:
    """Write a message down as sent when the log says, with the notices that it told."""
    known = connection.scalar(select(messages.c.id).where(messages.c.message_id == left.message_id))
    addresses = [taken.address for taken in left.taken]
    values = {
        "state": SENT,
        "sent_at": left.at,
        "addresses": addresses,
        "accepted": addresses,
        "error": None,
        "claimed_by": None,
        "claimed_until": None,
    }
    if known is None:
        written = connection.execute(
            messages.insert().values(
                plan=left.plan,
                recipient_id=left.recipient,
                mail_on=left.on,
                message_id=left.message_id,
                attempts=1,
                next_try_at=left.at,
                **values,
            )
        )
        (known,) = written.inserted_primary_key or (0,)
        if left.note:
            connection.execute(notes.insert().values(message_id=known, sort=left.note))
    else:
        connection.execute(messages.update().where(messages.c.id == known).values(**values))
    write_answers(connection, int(known), [left])
    _attach(connection, int(known), left)


def _attach(connection: Connection, message: int, left: Left) -> None:
    """Let the message hold exactly what it told: nothing that was only recorded after the restore."""
    connection.execute(
        notices.update()
        .where(notices.c.message_id == message, notices.c.state == WAITING)
        .values(message_id=None)
    )
    for key, leg, step in left.said.notices:
        one = (
            select(notices.c.id)
            .join(obligations, obligations.c.id == notices.c.obligation_id)
            .join(legs, legs.c.id == notices.c.leg_id)
            .where(
                obligations.c.plan == left.plan,
                obligations.c.key == key,
                legs.c.name == leg,
                notices.c.step == step,
                notices.c.recipient_id == left.recipient,
                notices.c.state != SENT,
            )
        )
        connection.execute(
            notices.update().where(notices.c.id.in_(one)).values(state=SENT, message_id=message, error=None)
        )
    if left.said.weekly:
        mine = and_(
            weekly_lines.c.plan == left.plan,
            weekly_lines.c.recipient_id == left.recipient,
            weekly_lines.c.mail_on <= left.on,
        )
        connection.execute(
            weekly_lines.update().where(mine, weekly_lines.c.message_id.is_(None)).values(message_id=message)
        )


def hold_notes(connection: Connection) -> int:
    """KeptBack the mails of the portal that waited in the copy; what it writes from now on leaves."""
    waiting = and_(messages.c.id.in_(select(notes.c.message_id)), messages.c.state.in_(UNSENT))
    held = messages.update().where(waiting)
    return connection.execute(
        held.values(state=HELD, error=SEEN_FIRST, claimed_by=None, claimed_until=None)
    ).rowcount


def free_notes(connection: Connection, at: datetime) -> int:
    """Let those mails leave."""
    mine = and_(messages.c.state == HELD, messages.c.error == SEEN_FIRST)
    return connection.execute(
        messages.update().where(mine).values(state=RETRY, error=None, attempts=0, next_try_at=at)
    ).rowcount


@dataclass(frozen=True, kw_only=True, slots=True)
class WouldLeave:
    """Who would get mail, and of how many notices."""

    recipient: str
    notices: int


def would_leave(connection: Connection, plan: str) -> list[WouldLeave]:
    """Return who would get mail once it is let go, with how many notices and mails of the portal."""
    told = (
        select(notices.c.recipient_id.label("recipient"), func.count().label("notices"))
        .outerjoin(messages, messages.c.id == notices.c.message_id)
        .where(notices.c.plan == plan, notices.c.state == WAITING)
        .where(or_(notices.c.message_id.is_(None), messages.c.state.in_(UNSENT)))
        .group_by(notices.c.recipient_id)
        .order_by(notices.c.recipient_id)
    )
    return all_of(connection, WouldLeave, told)


def forget_waiting(connection: Connection, plan: str, why: str) -> int:
    """Cancel what waits, for it may have left already; the ladders go on with their next steps."""
    waiting = and_(notices.c.plan == plan, notices.c.state == WAITING)
    connection.execute(
        messages.update()
        .where(messages.c.plan == plan, messages.c.state.in_(UNSENT))
        .values(state=CANCELLED, error=why)
    )
    return connection.execute(notices.update().where(waiting).values(state=CANCELLED, error=why)).rowcount
