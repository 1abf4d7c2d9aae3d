"""What the database knows of a plan as a whole: since when the real clock runs it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from store.schema import plans


def started_on(connection: Connection, plan: str) -> date | None:
    """Return the day from which the real clock runs a plan, or None while it has not been started."""
    return connection.scalar(select(plans.c.started_on).where(plans.c.key == plan))


def start(connection: Connection, plan: str, on: date) -> None:
    """Let the real clock run a plan from a day on; starting again changes nothing."""
    waiting = plans.c.started_on.is_(None)
    connection.execute(plans.update().where(plans.c.key == plan, waiting).values(started_on=on))
