"""A last day has moved: the ladder that leads to the new one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from obligations.calendar import ONE_DAY
from obligations.model import LegKind, WorkState
from obligations.obligation import Obligation
from obligations.words import day as words
from store.ledger import sleep_legs, start_leg, stop_legs
from store.schedules import Schedules
from store.schema import obligations


def climb_to(
    connection: Connection, schedules: Schedules, row: Obligation, kind: LegKind, until: date, on: date
) -> None:
    """Begin a ladder of its own to a day that an obligation was moved to; `on` is when that is written down.

    A new day that is over by then makes a leg born late: its steps after that day are due, in turn, and what
    has been recorded and has not left is still true. In time again, that is cancelled and says why.
    """
    over = until < on
    schedule = schedules.again(row.schedule_id, until, until if over else on)
    open_ = row.work_state == WorkState.OPEN
    if open_ and over:
        stop_legs(connection, row.id)
    elif open_:
        sleep_legs(connection, row.id, f"đã điều chỉnh thời hạn đến {words(until)}")
    starts_on = (until if over else on) + ONE_DAY
    start_leg(connection, row.id, kind, schedule, starts_on, in_turn=over, asleep=not open_)


def write_day(
    connection: Connection, obligation: int, *, last_day: date, plan_day: date, target: date, why: str
) -> None:
    """Write an obligation's new days and how they were reckoned."""
    connection.execute(
        obligations.update()
        .where(obligations.c.id == obligation)
        .values(last_day=last_day, plan_day=plan_day, target=target, why=why)
    )


def set_ladder(connection: Connection, obligation: int, schedule: int) -> None:
    """Let another ladder wait for what has not opened."""
    connection.execute(
        obligations.update().where(obligations.c.id == obligation).values(schedule_id=schedule)
    )
