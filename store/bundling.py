"""Notices become messages: what is due for a recipient, of all plans that send together, goes into one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, func, select, union

from obligations.model import Role
from store.clauses import paused_agencies
from store.holds import held_on
from store.outbox import IS_NOTE, WAITING
from store.plans import lock
from store.schema import messages, notices, weekly_lines


def bundle(
    connection: Connection,
    plan: str,
    on: date,
    at: datetime,
    domain: str,
    *,
    although_held: bool = False,
    beside: Collection[str] = (),
) -> int:
    """Put every recipient's notices whose mail is due into one message; return how many messages.

    What is held back that day stays out, so that it joins the next day's message. What plans `beside` have
    for the same recipients joins in: an office gets one mail a send.
    """
    for key in sorted({plan, *beside}):
        lock(connection, key)
    held = [] if although_held else held_on(connection, plan, on)
    day = _Day(connection, plan, on, at, domain, frozenset(held))
    unsent, lines = _due(plan, on)
    # A director is a person: what is asked of them is a mail of its own, not the first part of another.
    personal = and_(unsent, notices.c.role == Role.DIRECTOR)
    found = _bundled(day, ((notices, personal),))
    for other in beside:
        theirs, _ = _due(other, on)
        _join(day, other, ((notices, and_(theirs, notices.c.role == Role.DIRECTOR)),), found)
    made = _bundled(day, ((notices, unsent), (weekly_lines, lines)))
    for other in beside:
        theirs, weekly = _due(other, on)
        sorts = (notices, and_(theirs, notices.c.role != Role.DIRECTOR)), (weekly_lines, weekly)
        _join(day, other, sorts, made)
    return len(found) + len(made)


def _due(plan: str, on: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Say which notices and weekly lines of a plan are due and in no message yet."""
    unsent = and_(
        notices.c.plan == plan,
        notices.c.message_id.is_(None),
        notices.c.state == WAITING,
        notices.c.mail_on <= on,
        # A pause recorded after the sweep holds its place's mail until it is over.
        notices.c.recipient_id.not_in(paused_agencies(plan, on)),
    )
    lines = and_(
        weekly_lines.c.plan == plan, weekly_lines.c.message_id.is_(None), weekly_lines.c.mail_on <= on
    )
    return unsent, lines


def _join(
    day: _Day, plan: str, sorts: tuple[tuple[Table, ColumnElement[bool]], ...], into: Mapping[str, int]
) -> None:
    """Put what another plan has for the recipients of some messages into these."""
    free = into.keys() - set(held_on(day.connection, plan, day.on))
    _put(day.connection, sorts, {recipient: into[recipient] for recipient in free})


def _put(
    connection: Connection, sorts: tuple[tuple[Table, ColumnElement[bool]], ...], into: Mapping[str, int]
) -> None:
    """Put what waits of some sorts into each recipient's message."""
    pairs = [{"message": message, "recipient": recipient} for recipient, message in into.items()]
    for table, waiting in sorts if pairs else ():
        theirs = and_(waiting, table.c.recipient_id == bindparam("recipient"))
        connection.execute(table.update().where(theirs).values(message_id=bindparam("message")), pairs)


@dataclass(frozen=True)
class _Day:
    """For which day messages are made, when, and whose stay back."""

    connection: Connection
    plan: str
    on: date
    at: datetime
    domain: str
    held: frozenset[str]


def _bundled(day: _Day, sorts: tuple[tuple[Table, ColumnElement[bool]], ...]) -> dict[str, int]:
    """Put what waits of these sorts into one message for each recipient; return these by recipient."""
    due = union(*(select(table.c.recipient_id).where(waiting) for table, waiting in sorts))
    recipients = sorted(set(day.connection.scalars(due)) - day.held)
    if not recipients:
        return {}
    had = _todays(day.connection, day.plan, day.on, func.count())
    day.connection.execute(messages.insert(), [_new_message(day, r, had.get(r, 0) + 1) for r in recipients])
    newest = _todays(day.connection, day.plan, day.on, func.max(messages.c.id))
    into = {recipient: newest[recipient] for recipient in recipients}
    _put(day.connection, sorts, into)
    return into


def _todays(connection: Connection, plan: str, on: date, what: ColumnElement[int]) -> dict[str, int]:
    """Return something about each recipient's messages of a day, notes apart."""
    todays = and_(messages.c.plan == plan, messages.c.mail_on == on, ~IS_NOTE)
    query = select(messages.c.recipient_id, what.label("found")).where(todays)
    return {r.recipient_id: r.found for r in connection.execute(query.group_by(messages.c.recipient_id))}


def _new_message(day: _Day, recipient: str, number: int) -> dict[str, object]:
    return {
        "plan": day.plan,
        "recipient_id": recipient,
        "mail_on": day.on,
        "state": WAITING,
        # Derived from what it is, so that a repeat after a crash can be told by its id.
        "message_id": f"<{day.plan}.{recipient}.{day.on:%Y%m%d}.{number}@{day.domain}>",
        "addresses": [],
        "accepted": [],
        "attempts": 0,
        "next_try_at": day.at,
    }
