"""What the database knows of a plan as a whole: its lock, and since when the real clock runs it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, or_, select

from store.facts import drop_fact, fact, put_fact
from store.schema import plans
from store.statements import THE_PLAN

ENDED = "plan_ended"
"""The fact that a plan is closed; its key follows the colon."""
# Every change asks this first; locked, for what follows may open what is due, and two at once must not.
_APPLIED = select(plans.c.fingerprint).where(plans.c.key == THE_PLAN).with_for_update()


def lock(connection: Connection, plan: str) -> None:
    """Let one writer at a time sweep or bundle a plan (SQLite lets only one write anyway)."""
    connection.execute(select(plans.c.key).where(plans.c.key == plan).with_for_update())


def is_known(connection: Connection, plan: str) -> bool:
    """Whether the database holds a plan."""
    return connection.scalar(select(plans.c.key).where(plans.c.key == plan)) is not None


def applied(connection: Connection, plan: str) -> str | None:
    """Return the fingerprint of the configuration last applied to a plan, and lock it; None before."""
    found: str | None = connection.scalar(_APPLIED, {THE_PLAN.key: plan})
    return found


def note_applied(connection: Connection, plan: str, number: str, fingerprint: str) -> None:
    """Write down which configuration is applied to a plan now, and the plan itself where it is new."""
    moved = connection.execute(plans.update().where(plans.c.key == plan).values(fingerprint=fingerprint))
    if not moved.rowcount:
        connection.execute(plans.insert().values(key=plan, number=number, fingerprint=fingerprint))


def started_on(connection: Connection, plan: str) -> date | None:
    """Return the day from which the real clock runs a plan, or None while it has not been started."""
    found: date | None = connection.scalar(select(plans.c.started_on).where(plans.c.key == plan))
    return found


def runs_on(connection: Connection, plan: str, on: date) -> bool:
    """Whether the real clock runs a plan on a day: started by then, and not closed."""
    since, until = started_on(connection, plan), ended_on(connection, plan)
    return since is not None and since <= on and (until is None or on < until)


def ended_on(connection: Connection, plan: str) -> date | None:
    """Return the day from which a plan is closed, or None while it is not."""
    known = fact(connection, f"{ENDED}:{plan}")
    return date.fromisoformat(known.value) if known is not None else None


def end(connection: Connection, plan: str, on: date, at: datetime) -> None:
    """Close a plan from a day on: the real clock runs it no more."""
    put_fact(connection, f"{ENDED}:{plan}", on.isoformat(), at)


def reopen(connection: Connection, plan: str) -> None:
    """Take back that a plan was closed."""
    drop_fact(connection, f"{ENDED}:{plan}")


def start(connection: Connection, plan: str, on: date, today: date | None = None) -> bool:
    """Let the real clock run a plan from a day on; return whether that changed anything.

    Starting again changes nothing, but for a start whose day has not come by today (by default, the new one).
    """
    today = today or on
    ahead = or_(plans.c.started_on.is_(None), plans.c.started_on > today)
    moved = connection.execute(plans.update().where(plans.c.key == plan, ahead).values(started_on=on))
    return bool(moved.rowcount)
