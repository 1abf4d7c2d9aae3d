"""What a chairperson's sheet counts: how each unit below stands with its dated work on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from obligations.model import Kind, WorkState
from store.clauses import DATED, overdue
from store.ledger import AnyRow
from store.schema import agencies, obligations, reports


def units_below(connection: Connection, plan: str, superior: str, on: date) -> list[AnyRow]:
    """Count the opened dated work of every unit below an agency, by how it stands."""
    o = obligations.c
    done, in_time = o.done_on.is_not(None), o.done_on <= o.last_day
    query = (
        select(
            o.agency_id,
            func.count().label("total"),
            func.count().filter(done, in_time).label("in_time"),
            func.count().filter(done, ~in_time).label("late"),
            func.count().filter(overdue(plan, on)).label("overdue"),
            func.count().filter(o.work_state == WorkState.SUBMITTED).label("waiting"),
        )
        .join(agencies, agencies.c.id == o.agency_id)
        .where(
            o.plan == plan,
            agencies.c.superior_id == superior,
            o.kind.in_(DATED),
            o.opened_on <= on,
            o.work_state.not_in((WorkState.CANCELLED, WorkState.NOT_COMPETENT)),
        )
        .group_by(o.agency_id)
    )
    return list(connection.execute(query))


def continuous(connection: Connection, plan: str, agency: str, on: date) -> int:
    """Count the rows an agency leads in the cycle that runs on a day."""
    o = obligations.c
    rows = (o.plan == plan, o.agency_id == agency, o.kind == Kind.ROW, o.part == "lead")
    current = select(func.min(o.period)).where(*rows, o.last_day >= on).scalar_subquery()
    query = select(func.count()).select_from(obligations).where(*rows, o.period == current)
    return connection.scalar(query) or 0


def conclusion(connection: Connection, obligation: int) -> AnyRow | None:
    """Return what a sheet was closed with."""
    query = select(reports).where(reports.c.obligation_id == obligation).order_by(reports.c.version.desc())
    return connection.execute(query.limit(1)).one_or_none()
