"""Moved days: one row for each time a day was moved, and one for each time that was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from store.door import all_of
from store.rows import MovedDay
from store.schema import extensions


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A day as it was and as it is now, by which document, by whom."""

    obligation_id: int
    old_day: date
    old_plan_day: date
    new_day: date
    by: str
    at: datetime
    document_number: str = ""
    document_on: date | None = None
    reason: str = ""
    withdraws_id: int | None = None
    """The moved day that this one takes back; None where it moves one."""


def write_moved(connection: Connection, moved: Moved) -> None:
    """Write that a day was moved, or taken back; rows are only ever added."""
    connection.execute(extensions.insert().values(vars(moved)))


def standing(connection: Connection, obligation: int) -> list[MovedDay]:
    """Return the moved days of an obligation that have not been taken back, oldest first."""
    taken_back = select(extensions.c.withdraws_id).where(extensions.c.withdraws_id.is_not(None))
    query = (
        select(extensions)
        .where(
            extensions.c.obligation_id == obligation,
            extensions.c.withdraws_id.is_(None),
            extensions.c.id.not_in(taken_back),
        )
        .order_by(extensions.c.id)
    )
    return all_of(connection, MovedDay, query)
