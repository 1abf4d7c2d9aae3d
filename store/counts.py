"""Small counts that a sweep reports, and the mark of how far it came."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import Connection, func, or_, select

from obligations.model import WorkState
from store.clauses import overdue
from store.reckoning import dated, sheets
from store.schema import obligations, plans


def overdue_by_item(connection: Connection, plan: str, on: date) -> Counter[str | None]:
    """Count the overdue dated duties by item; None holds reports and own plans; sheets are counted apart."""
    query = (
        select(obligations.c.item, func.count().label("late"))
        .where(*dated(plan), overdue(plan, on))
        .group_by(obligations.c.item)
    )
    return Counter({row.item: row.late for row in connection.execute(query)})


def sheets_overdue(connection: Connection, plan: str, on: date) -> int:
    """Count the chairpersons' sheets that nobody has looked over by their day."""
    query = select(func.count()).select_from(obligations).where(*sheets(plan), overdue(plan, on))
    return connection.scalar(query) or 0


def waiting_count(connection: Connection, plan: str, item: str | None) -> int:
    """Count the obligations whose time has not come."""
    query = (
        select(func.count())
        .select_from(obligations)
        .where(obligations.c.plan == plan, obligations.c.work_state == WorkState.WAITING)
    )
    if item is not None:
        query = query.where(obligations.c.item == item)
    return connection.scalar(query) or 0


def swept(connection: Connection, plan: str, on: date) -> None:
    """Remember the latest day that was swept as a whole."""
    later = or_(plans.c.swept_on.is_(None), plans.c.swept_on < on)
    connection.execute(plans.update().where(plans.c.key == plan, later).values(swept_on=on))


def swept_on(connection: Connection, plan: str) -> date | None:
    """Return the latest day that was swept as a whole."""
    return connection.scalar(select(plans.c.swept_on).where(plans.c.key == plan))
