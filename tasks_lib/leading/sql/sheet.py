"""What a chairperson's sheet counts: how each unit below stands with its dated work on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from obligations.model import Kind, Part, WorkState
from obligations.reckoning import Reckoning
from store.door import one_of
from store.reckoning import dated, reckon_by
from store.rows import Report
from store.schema import agencies, obligations, reports


@dataclass(frozen=True, kw_only=True)
class UnitBelow:
    """How one unit below stands with its dated work."""

    agency_id: str
    reckoned: Reckoning
    waiting: int
    """Reports that wait for review."""


def units_below(connection: Connection, plan: str, superior: str, on: date) -> list[UnitBelow]:
    """Reckon the dated work of every unit below an agency."""
    o = obligations.c
    mine = (*dated(plan), agencies.c.desk_id == superior)
    waiting = (
        select(o.agency_id, func.count())
        .join(agencies, agencies.c.id == o.agency_id)
        .where(*mine, o.work_state == WorkState.SUBMITTED)
        .group_by(o.agency_id)
    )
    unreviewed = {row[0]: row[1] for row in connection.execute(waiting)}
    return [
        UnitBelow(agency_id=agency, reckoned=found, waiting=unreviewed.get(agency, 0))
        for (agency,), found in reckon_by(connection, plan, on, mine, [o.agency_id]).items()
        if found.total
    ]


def continuous(connection: Connection, plan: str, agency: str, on: date) -> int:
    """Count the rows an agency leads in the cycle that runs on a day."""
    o = obligations.c
    rows = (o.plan == plan, o.agency_id == agency, o.kind == Kind.ROW, o.part == Part.LEAD)
    current = select(func.min(o.period)).where(*rows, o.last_day >= on).scalar_subquery()
    query = select(func.count()).select_from(obligations).where(*rows, o.period == current)
    return connection.scalar(query) or 0


def conclusion(connection: Connection, obligation: int) -> Report | None:
    """Return what a sheet was closed with."""
    query = select(reports).where(reports.c.obligation_id == obligation).order_by(reports.c.version.desc())
    return one_of(connection, Report, query.limit(1))
