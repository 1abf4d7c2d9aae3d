"""What the watchman asks the database: whether it answers, and what in it stands still or is damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, exists, func, or_, select, text

from obligations.model import BESIDE_ITS_OWN, Kind, WorkState
from store.clauses import overdue
from store.door import one_of
from store.engine import begin_sqlite, reading, writing
from store.facts import fact, put_fact
from store.holds import held_on
from store.outbox import HELD, RETRY, SENDING, WAITING
from store.rows import StoredPlan
from store.schema import history, legs, messages, metadata, notices, obligations, plans, schedule_steps

PATIENCE_SECONDS = 3
"""How long a look waits for a lock that somebody else holds."""
UNFINISHED = (WorkState.WAITING, WorkState.OPEN, WorkState.SUBMITTED, WorkState.MORE_ASKED)
PULSE = "pulse"
TRIES = 3


def pulse(engine: Engine, token: str, at: datetime) -> bool:
    """Write a row by a connection of its own and look for it by the engine's; return whether it was found.

    An engine whose file was moved away or replaced goes on reading the old one, and does not find it.
    """
    for number in range(TRIES):
        mark = f"{token}.{number}"
        with _anew(engine) as fresh, writing(fresh) as connection:
            _be_impatient(connection)
            put_fact(connection, PULSE, mark, at)
        with reading(engine) as connection:
            found = fact(connection, PULSE)
            _touch_every_table(connection)
        # Another portal may have written in between; not three times running.
        if found is not None and found.value == mark:
            return True
    return False


def _touch_every_table(connection: Connection) -> None:
    """Read the first page of every table, so that a damaged one is met here and not by a clerk."""
    tables = metadata.sorted_tables
    connection.execute(select(*(exists(select(1).select_from(t)).label(t.name) for t in tables)))


@contextmanager
def _anew(engine: Engine) -> Iterator[Engine]:
    """Give an engine that opens the database anew; a SQLite file that is not there is not made."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        yield engine
        return
    where = f"file:{quote(path)}?mode=rw"
    fresh = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(where, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None),
        poolclass=NullPool,
    )
    event.listen(fresh, "begin", begin_sqlite)
    try:
        yield fresh
    finally:
        fresh.dispose()


def _be_impatient(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL statement_timeout = '{PATIENCE_SECONDS}s'"))


def damage(connection: Connection) -> str | None:
    """Return the first fault that the database finds in itself; a server looks after its own pages."""
    if connection.dialect.name != "sqlite":
        return None
    found = str(connection.scalar(text("PRAGMA quick_check(1)")))
    return None if found == "ok" else found.splitlines()[0]


def plan_row(connection: Connection, plan: str) -> StoredPlan | None:
    """Return what a database knows of a plan; None where it was never written into it."""
    return one_of(connection, StoredPlan, select(plans).where(plans.c.key == plan))


def unfinished(connection: Connection, plan: str) -> bool:
    """Whether anything of a plan is still to be done."""
    left = select(obligations.c.id).where(
        obligations.c.plan == plan, obligations.c.work_state.in_(UNFINISHED), obligations.c.kind != Kind.ROW
    )
    return connection.scalar(left.limit(1)) is not None


def duties_by_state(connection: Connection, plan: str) -> dict[str, int]:
    """Count a plan's duties by state, rows of reports apart."""
    query = (
        select(obligations.c.work_state, func.count().label("found"))
        .where(obligations.c.plan == plan, obligations.c.kind != Kind.ROW)
        .group_by(obligations.c.work_state)
    )
    return {row.work_state: row.found for row in connection.execute(query)}


def notices_recorded(connection: Connection, plan: str) -> int:
    """Count all notices ever recorded for a plan."""
    query = select(func.count()).select_from(notices).where(notices.c.plan == plan)
    return connection.scalar(query) or 0


def mail_by_state(connection: Connection, plan: str, since: date = date.min) -> dict[str, int]:
    """Count a plan's messages by state, all or those of the days since one."""
    query = (
        select(messages.c.state, func.count().label("found"))
        .where(messages.c.plan == plan, messages.c.mail_on >= since)
        .group_by(messages.c.state)
    )
    return {row.state: row.found for row in connection.execute(query)}


def parked_lines(connection: Connection, plan: str, since: date) -> int:
    """Count the notices that could not be worded."""
    query = select(func.count()).where(
        notices.c.plan == plan, notices.c.mail_on >= since, notices.c.state == HELD
    )
    return connection.scalar(query.select_from(notices)) or 0


def oldest_waiting(connection: Connection, plan: str, on: date) -> datetime | None:
    """Return since when the oldest message waits that nobody holds back that day."""
    query = select(func.min(messages.c.next_try_at)).where(
        messages.c.plan == plan,
        messages.c.state.in_([WAITING, RETRY]),
        messages.c.recipient_id.not_in(held_on(connection, plan, on)),
    )
    found: datetime | None = connection.scalar(query)
    return found


def stuck_leases(connection: Connection, plan: str, before: datetime) -> int:
    """Count the messages that a sender took and neither sent nor gave back before an instant."""
    query = select(func.count()).where(
        messages.c.plan == plan, messages.c.state == SENDING, messages.c.claimed_until < before
    )
    return connection.scalar(query.select_from(messages)) or 0


def dead_legs(connection: Connection, plan: str, on: date, fired_before: date) -> list[str]:
    """Return overdue duties whose ladder has steps left and will never climb them.

    Either every leg of theirs sleeps although its ladder is not at its end, or one is awake whose day has
    long passed. Paused and awaiting duties are not overdue.
    """
    step, mine = schedule_steps, legs.c.obligation_id == obligations.c.id
    left = exists().where(
        mine,
        step.c.schedule_id == legs.c.schedule_id,
        step.c.seq > legs.c.last_seq,
        step.c.fires_on >= legs.c.starts_on,
        legs.c.kind.not_in(BESIDE_ITS_OWN),
    )
    awake = exists().where(mine, legs.c.next_on.is_not(None))
    forgotten = exists().where(mine, legs.c.next_on < fired_before)
    never = ~exists().where(mine)
    query = (
        select(obligations.c.key)
        .where(overdue(plan, on), obligations.c.schedule_id.is_not(None))
        .where(or_(left & ~awake, forgotten, never))
        .order_by(obligations.c.key)
    )
    return list(connection.scalars(query))


def newest_instant(connection: Connection, plan: str, since: date) -> datetime | None:
    """Return the newest instant at which anything was written down, as far as it can be told cheaply."""
    last = select(history.c.at).order_by(history.c.id.desc()).limit(1)
    sent = select(func.max(messages.c.sent_at)).where(messages.c.plan == plan, messages.c.mail_on >= since)
    found = [connection.scalar(last), connection.scalar(sent)]
    return max((instant for instant in found if instant is not None), default=None)


def server_clock(connection: Connection) -> datetime | None:
    """Return what a database on another machine takes for now; a file has no clock of its own."""
    if connection.dialect.name != "postgresql":
        return None
    found: datetime | None = connection.scalar(text("SELECT clock_timestamp()"))
    return found
