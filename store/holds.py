"""Mail that a coordinator keeps back for a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, select

from store.door import all_of
from store.rows import KeptBack
from store.schema import holds
from store.upsert import insert_new


def write_holds(
    connection: Connection, plan: str, on: date, recipients: Iterable[str], reason: str, by: str, at: datetime
) -> None:
    """KeptBack recipients' mail of a day; one that was lifted is held again."""
    values = {"reason": reason, "by": by, "at": at, "lifted_at": None, "lifted_by": None}
    chosen = list(recipients)
    connection.execute(
        insert_new(connection, holds),
        [{"plan": plan, "on": on, "recipient_id": recipient, **values} for recipient in chosen],
    )
    that_day = (holds.c.plan == plan, holds.c.on == on, holds.c.recipient_id.in_(chosen))
    connection.execute(holds.update().where(*that_day, holds.c.lifted_at.is_not(None)).values(values))


def lift_holds(
    connection: Connection, plan: str, on: date, recipients: Iterable[str], by: str, at: datetime
) -> int:
    """Let recipients' mail of a day go after all; return how many were held."""
    done = connection.execute(
        holds.update()
        .where(
            holds.c.plan == plan,
            holds.c.on == on,
            holds.c.recipient_id.in_(list(recipients)),
            holds.c.lifted_at.is_(None),
        )
        .values(lifted_at=at, lifted_by=by)
    )
    return done.rowcount


def holds_on(connection: Connection, plan: str, on: date) -> list[KeptBack]:
    """Return what is held on a day, with who holds it and why."""
    query = select(holds).where(holds.c.plan == plan, holds.c.on == on, holds.c.lifted_at.is_(None))
    return all_of(connection, KeptBack, query.order_by(holds.c.id))


def kept_back(connection: Connection, plan: str) -> dict[tuple[str, date], str]:
    """Return why mail is held, by recipient and day."""
    query = select(holds).where(holds.c.plan == plan, holds.c.lifted_at.is_(None))
    return {(row.recipient_id, row.on): row.reason for row in connection.execute(query)}


def held_on(connection: Connection, plan: str, on: date) -> list[str]:
    """Return whose mail is held on a day."""
    return [row.recipient_id for row in holds_on(connection, plan, on)]
