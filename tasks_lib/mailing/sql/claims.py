"""Claims: whoever sends messages takes them under a lease, so that nobody else sends them meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest

from sqlalchemy import ColumnElement, Connection, and_, case, or_, select

from store.door import all_of
from store.holds import held_on
from store.outbox import IS_NOTE, RETRY, SENDING, WAITING
from store.rows import Message
from store.schema import message_contents, messages, notes


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Who claims messages, at what instant of the plan's time, and until when by the real clock."""

    plan: str
    owner: str
    on: date
    at: datetime
    now: datetime
    lease: timedelta
    is_gone: Callable[[str], bool]
    """Whether another owner is known to have died, so that its lease need not run out."""
    notes_only: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimed(Message):
    """A message taken for sending, with its bytes."""

    content: bytes | None
    note: str | None
    expires_at: datetime | None


def claim(connection: Connection, claim: Claim, limit: int) -> list[Claimed]:
    """Take up to `limit` messages for sending; the guarded update tells which were won.

    A recipient whose mail is held back that day gets notes only.
    """
    held = messages.c.recipient_id.in_(held_on(connection, claim.plan, claim.on))
    wanted = IS_NOTE if claim.notes_only else or_(~held, IS_NOTE)
    mine = and_(messages.c.plan == claim.plan, wanted)
    ready = and_(messages.c.state.in_([WAITING, RETRY]), messages.c.next_try_at <= claim.at)
    abandoned = _abandoned(connection, claim)
    ids = _in_turns(connection, and_(mine, or_(ready, abandoned)), limit)
    won = connection.execute(
        messages.update()
        .where(messages.c.id.in_(ids), or_(ready, abandoned))
        .values(
            state=SENDING,
            claimed_by=claim.owner,
            claimed_until=claim.now + claim.lease,
            attempts=messages.c.attempts + 1,
        )
        .returning(messages.c.id)
    )
    taken = [row.id for row in won]
    found = (
        select(messages, message_contents.c.content, notes.c.sort.label("note"), notes.c.expires_at)
        .outerjoin(message_contents, message_contents.c.message_id == messages.c.id)
        .outerjoin(notes, notes.c.message_id == messages.c.id)
        .where(messages.c.id.in_(taken))
    )
    place = {key: number for number, key in enumerate(ids)}
    return sorted(all_of(connection, Claimed, found), key=lambda row: place[row.id])


def _in_turns(connection: Connection, wanted: ColumnElement[bool], limit: int) -> list[int]:
    """Choose messages, one never refused and one refused before in turns, the oldest of each first.

    So neither can stand in the other's way: the first few tell whether the server takes anything, whatever
    trouble some of them have of their own.
    """
    query = select(messages.c.id).where(wanted).order_by(messages.c.id).limit(limit)
    new, again = (
        list(connection.scalars(query.where(which).with_for_update(skip_locked=True)))
        for which in (messages.c.error.is_(None), messages.c.error.is_not(None))
    )
    turns = [key for pair in zip_longest(new, again) for key in pair if key is not None]
    return turns[:limit]


def _abandoned(connection: Connection, claim: Claim) -> ColumnElement[bool]:
    """Describe messages in sending whose claimer's lease has run out, or who is known to be gone."""
    owners = select(messages.c.claimed_by).where(messages.c.state == SENDING).distinct()
    gone = [owner for owner in connection.scalars(owners) if owner and claim.is_gone(owner)]
    return and_(
        messages.c.state == SENDING,
        or_(messages.c.claimed_until < claim.now, messages.c.claimed_by.in_(gone)),
    )


def renew(connection: Connection, claim: Claim, keys: list[int]) -> set[int]:
    """Prolong the claim on messages still to be sent; return those that are still this owner's."""
    mine = connection.execute(
        messages.update()
        .where(messages.c.id.in_(keys), messages.c.state == SENDING, messages.c.claimed_by == claim.owner)
        .values(claimed_until=claim.now + claim.lease)
        .returning(messages.c.id)
    )
    return {row.id for row in mine}


def let_go(connection: Connection, keys: Iterable[int]) -> None:
    """Give claimed messages back untried, each as it was before."""
    connection.execute(
        messages.update()
        .where(messages.c.id.in_(list(keys)), messages.c.state == SENDING)
        .values(
            state=case((messages.c.error.is_(None), WAITING), else_=RETRY),
            claimed_by=None,
            claimed_until=None,
            attempts=messages.c.attempts - 1,
        )
    )
