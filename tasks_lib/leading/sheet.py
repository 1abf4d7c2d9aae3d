"""The chairperson's monthly sheet: the unit's whole list on one screen, looked over by one button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.errors import Invalid
from obligations.model import Agency, Kind, TimeState, WorkState
from obligations.obligation import Obligation, ObligationOnDay
from obligations.period import Period
from obligations.reckoning import Reckoning
from obligations.states import CLOSED, NO_LONGER_OWED
from store.engine import reading
from store.ledger import find
from store.rows import Report
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.desk.sql.listing import Wanted, list_obligations
from tasks_lib.duties.change import Change
from tasks_lib.duties.our_days import ToldDay, read_papers, told_day
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import title
from tasks_lib.leading.sql import sheet as store

RANK = {
    TimeState.OVERDUE: 0,
    TimeState.PAST_ASKED: 1,
    TimeState.DUE_SOON: 2,
    TimeState.PAUSED: 3,
    TimeState.IN_TIME: 3,
}
DONE = 4


@dataclass(frozen=True, kw_only=True)
class Line:
    """One obligation of the unit."""

    key: str
    item: str | None
    title: str
    last_day: date
    state: WorkState
    time: TimeState
    reason: str


@dataclass(frozen=True, kw_only=True)
class Below:
    """How a unit below stands with its dated work."""

    agency: Agency
    reckoned: Reckoning
    waiting: int
    """Reports that wait for review."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One month's sheet."""

    key: str
    agency: Agency
    title: str
    period: Period
    opens_on: date
    told_day: ToldDay
    version: int
    state: WorkState
    lines: tuple[Line, ...]
    continuous: int
    below: tuple[Below, ...]
    conclusion: str
    seen_at: datetime | None
    seen_by: str

    @property
    def is_done(self) -> bool:
        """Whether it has been looked over."""
        return self.state in CLOSED

    def count(self, *times: TimeState) -> int:
        """Count the unit's lines in some time states."""
        return sum(line.time in times for line in self.lines)


def sheet(house: House, key: str, as_of: datetime) -> Sheet:
    """Return a sheet with the unit's list as it stands; a district's with its communes', late ones first."""
    on = local_day(as_of)
    with reading(house.engine) as connection:
        row = find(connection, house.plan.key, key)
        if not row.is_sheet:
            raise Invalid(f"{key}: không phải phiếu xem xét hằng tháng")
        owed = list_obligations(connection, Wanted(plan=house.plan.key, agency=row.agency_id), on)
        below = store.units_below(connection, house.plan.key, row.agency_id, on)
        rows = store.continuous(connection, house.plan.key, row.agency_id, on)
        newest = _newest(connection, row)
        told = told_day(house, row, read_papers(connection, house, [row.id]), on)
    return Sheet(
        key=key,
        agency=house.agency(row.agency_id),
        title=title(house, row.kind, row.item, row.period),
        period=row.period,
        opens_on=row.opened_on,
        told_day=told,
        version=row.version,
        state=row.work_state,
        lines=_lines(house, owed, on),
        continuous=rows,
        below=_below(house, below),
        conclusion=newest.text if newest is not None else "",
        seen_at=newest.entered_at if newest is not None else None,
        seen_by=(newest.approved_by or "") if newest is not None else "",
    )


def look_over(
    house: House, key: str, by: str, as_of: datetime, conclusion: str, version: int, person: str
) -> Change:
    """Record that the chairperson has looked the month over; one a month."""
    sheet(house, key, as_of)
    answer = Answer(text=conclusion, approved_by=person, person=person)
    return submit(house, key, by, as_of, answer, version)


def _newest(connection: Connection, row: Obligation) -> Report | None:
    return store.conclusion(connection, row.id) if row.version else None


def _lines(house: House, owed: Sequence[ObligationOnDay], on: date) -> tuple[Line, ...]:
    soon = house.calendar.add(on, house.plan.settings.due_soon_working_days)
    shown = (Kind.TASK, Kind.REPORT, Kind.PLAN)
    found = [
        Line(
            key=row.key,
            item=row.item,
            title=title(house, row.kind, row.item, row.period, row.event),
            last_day=row.last_day,
            state=row.work_state,
            time=row.stands(on, soon),
            reason=row.delay_reason or "",
        )
        for row in owed
        if row.kind in shown and row.opened_on <= on and row.work_state not in NO_LONGER_OWED
    ]
    return tuple(sorted(found, key=lambda line: (RANK.get(line.time, DONE), line.last_day, line.key)))


def _below(house: House, units: list[store.UnitBelow]) -> tuple[Below, ...]:
    found = [
        Below(agency=house.agency(unit.agency_id), reckoned=unit.reckoned, waiting=unit.waiting)
        for unit in units
    ]
    return tuple(sorted(found, key=lambda one: (-one.reckoned.overdue, -one.reckoned.late, one.agency.id)))
