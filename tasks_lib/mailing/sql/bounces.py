"""What mail servers reported back about messages that they had taken."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, exists, func, literal, or_, select

from obligations.ladder import CORRECTION
from obligations.model import Role, WorkState
from obligations.states import NOT_HANDED_IN
from store.door import all_of, one_of
from store.outbox import BOUNCED, DEAD, OF_A_NOTICE, SENT, WAITING
from store.rows import Message
from store.schema import bounces, messages, notes, notices, obligations
from store.upsert import insert_new

FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedMessage(Message):
    """A message that somebody reports back about."""

    note: str | None


def message_named(connection: Connection, ids: Collection[str]) -> NamedMessage | None:
    """Return the message of one of these Message-IDs, and whether it is a note; None for a stranger's."""
    query = (
        select(messages, notes.c.sort.label("note"))
        .outerjoin(notes, notes.c.message_id == messages.c.id)
        .where(messages.c.message_id.in_(list(ids)))
        .with_for_update(of=messages)
    )
    return one_of(connection, NamedMessage, query.limit(1))


def keep_bounce(connection: Connection, values: dict[str, object]) -> bool:
    """Write a report down; return whether it is new."""
    report = and_(
        bounces.c.message_id == values["message_id"],
        bounces.c.address == values["address"],
        bounces.c.report == values["report"],
    )
    if connection.scalar(select(bounces.c.id).where(report)) is not None:
        return False
    connection.execute(insert_new(connection, bounces).values(**values))
    return True


def failed_addresses(connection: Connection, message: int, since: datetime | None) -> set[str]:
    """Return the addresses from which a message came back after it was last sent."""
    query = select(bounces.c.address).where(bounces.c.message_id == message, bounces.c.action == FAILED)
    if since is not None:
        query = query.where(bounces.c.read_at >= since)
    return {address.lower() for address in connection.scalars(query)}


def given_up(connection: Connection, plan: str) -> list[Message]:
    """Return the messages given up whose notices have not gone another way yet; a note has none."""
    query = select(messages).where(
        messages.c.plan == plan,
        messages.c.state == DEAD,
        messages.c.handed_on_at.is_(None),
        messages.c.id.not_in(select(notes.c.message_id)),
    )
    return all_of(connection, Message, query.order_by(messages.c.id))


def handed_on(connection: Connection, key: int, at: datetime) -> None:
    """Write down that a message's notices went another way."""
    connection.execute(messages.update().where(messages.c.id == key).values(handed_on_at=at))


def mark_bounced(connection: Connection, key: int, error: str) -> None:
    """Mark a message as come back from every address, and its notices with it."""
    connection.execute(messages.update().where(messages.c.id == key).values(state=BOUNCED, error=error))
    follow = and_(notices.c.message_id == key, notices.c.state == SENT)
    connection.execute(notices.update().where(follow).values(state=BOUNCED))


def pass_on(connection: Connection, key: int, desk: str, on: date, mail_on: date) -> int:
    """Record the notices of a message that reached nobody once more, to a desk; return how many.

    Only what is still to be answered; each stays meant for whom it was meant. Where the desk has had the same
    notice, it is not told twice.
    """
    awaited = or_(
        and_(notices.c.template == "review", obligations.c.work_state == WorkState.SUBMITTED),
        and_(notices.c.template == CORRECTION, obligations.c.work_state == WorkState.MORE_ASKED),
        and_(notices.c.template.not_in(["review", CORRECTION]), obligations.c.work_state.in_(NOT_HANDED_IN)),
    )
    had = notices.alias("had")
    told = exists().where(
        had.c.leg_id == notices.c.leg_id, had.c.step == notices.c.step, had.c.recipient_id == desk
    )
    rows = (
        select(
            *(notices.c[name] for name in OF_A_NOTICE),
            literal(desk),
            literal(Role.DESK),
            literal(on, notices.c.recorded_on.type),
            literal(mail_on, notices.c.mail_on.type),
            literal(WAITING),
        )
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .where(notices.c.message_id == key, notices.c.state.in_([DEAD, BOUNCED]), awaited, ~told)
        .order_by(notices.c.id)
    )
    columns = [*OF_A_NOTICE, "recipient_id", "role", "recorded_on", "mail_on", "state"]
    before = connection.scalar(select(func.max(notices.c.id))) or 0
    connection.execute(insert_new(connection, notices).from_select(columns, rows))
    new = and_(notices.c.id > before, notices.c.recipient_id == desk)
    return connection.scalar(select(func.count()).select_from(notices).where(new)) or 0
