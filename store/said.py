"""What a message tells, named by keys that every copy of the database shares, and who has taken it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, select

from store.replies import keep_replies
from store.schema import legs, messages, notices, obligations, weekly_lines


@dataclass(frozen=True, kw_only=True)
class Said:
    """What stands in one message."""

    notices: tuple[tuple[str, str, str], ...] = ()
    """(obligation, leg, step) of each notice."""
    weekly: bool = False
    """Whether the week's line, or Sở Nội vụ's digest, stands in it."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One address that took a message, and what its server answered."""

    address: str
    stage: str
    text: str
    code: int | None = None
    enhanced: str | None = None


@dataclass(frozen=True, kw_only=True)
class Left:
    """One message that left: a server accepted it, for all of its addresses or for some."""

    at: datetime
    plan: str
    message_id: str
    recipient: str
    on: date
    taken: tuple[Taken, ...]
    note: str | None = None
    """The sort of a mail that the portal wrote by itself."""
    said: Said = field(default_factory=Said)


def said_in(connection: Connection, ids: Collection[int]) -> dict[int, Said]:
    """Return what stands in some messages, in two queries however many they are."""
    told: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    query = (
        select(notices.c.message_id, obligations.c.key, legs.c.name, notices.c.step)
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .join(legs, legs.c.id == notices.c.leg_id)
        .where(notices.c.message_id.in_(ids))
        .order_by(notices.c.id)
    )
    for row in connection.execute(query):
        told[row.message_id].append((row.key, row.name, row.step))
    lines = select(weekly_lines.c.message_id).where(weekly_lines.c.message_id.in_(ids))
    weekly = set(connection.scalars(lines))
    return {key: Said(notices=tuple(told[key]), weekly=key in weekly) for key in ids}


def mark_accepted(connection: Connection, key: int, accepted: Collection[str]) -> None:
    """Write down which addresses have taken a message already, so that a repeat goes to the others only."""
    connection.execute(messages.update().where(messages.c.id == key).values(accepted=sorted(accepted)))


def write_answers(connection: Connection, key: int, left: Iterable[Left]) -> None:
    """Write down what the servers answered whose answers only the mail log has."""
    keep_replies(
        connection,
        [
            {**vars(taken), "message_id": key, "at": one.at, "accepted": True}
            for one in left
            for taken in one.taken
        ],
    )
