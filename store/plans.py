"""What the database knows of a plan as a whole: its lock, and since when the real clock runs it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from store.schema import plans


def lock(connection: Connection, plan: str) -> None:
    """Let one writer at a time sweep or bundle a plan (SQLite lets only one write anyway)."""
    connection.execute(select(plans.c.key).where(plans.c.key == plan).with_for_update())


def started_on(connection: Connection, plan: str) -> date | None:
    """Return the day from which the real clock runs a plan, or None while it has not been started."""
    found: date | None = connection.scalar(select(plans.c.started_on).where(plans.c.key == plan))
    return found


def start(connection: Connection, plan: str, on: date) -> None:
    """Let the real clock run a plan from a day on; starting again changes nothing."""
    waiting = plans.c.started_on.is_(None)
    connection.execute(plans.update().where(plans.c.key == plan, waiting).values(started_on=on))
