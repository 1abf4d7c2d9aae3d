"""How each item, and each of the plan's other duties, stands on a day: what the flows publish."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.deadlines import COUNTED_BY_CYCLE
from obligations.model import Item, Kind, Part, Role, Wording
from obligations.period import Period
from obligations.reckoning import FIELDS, NOTHING, Reckoning
from store.engine import reading
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.rounds.sql.outlook import Awaiting, NoticedRow, Tally, awaiting_review, noticed, tallies

SHEET = "sheet"
OWN_PLAN = "plan"
REQUEST = "request"
DESK = "desk"
TOLD_FOCAL = (Role.FOCAL, Role.DIRECTOR)
"""Sở Nội vụ hears of others; of its own work its director does."""
OVERDUE_TOLD = ("focal", "director", "sheet")
"""Templates by which it hears of overdue work for the first time; the list comes later."""
LAST = 1000


@dataclass(frozen=True, kw_only=True)
class AreaOutlook:
    """How one subject stands in one district, among the departments, or at one level."""

    name: str
    total: int
    reported: int
    late: int
    asked: int
    """Past a day that is only proposed."""
    with_focal: int


@dataclass(frozen=True, kw_only=True)
class StepTold:
    """One step of the ladder that fired on the day: what it said, to whom, how often."""

    code: str
    template: str
    notices: int
    recipients: tuple[str, ...]
    """Their names; two communes may be called the same."""
    reached_focal: bool
    """Whether it told Sở Nội vụ of work that is overdue."""


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """How one subject stands: an item by its key, else Q1 … year, sheet, plan, request or desk."""

    item: str
    wording: Wording | None
    """None for what is no row of the appendix."""
    focal: str
    """The collating agency as texts name it."""
    dated: bool
    """False where the counts are the current cycle's rows, which have no last day of their own."""
    opened: int
    reported: int
    reckoned: Reckoning
    """Of what has a last day of its own."""
    late_units: int
    """Agencies with anything overdue; one may be late with several periods."""
    waiting: int
    with_focal: int
    """Overdue ones that Sở Nội vụ has been told of."""
    noticed: int
    """Notices recorded on this day."""
    steps: tuple[StepTold, ...]
    """The same by step, in the ladder's order."""
    next_last_day: date | None
    department_or_district_late: bool
    areas: tuple[AreaOutlook, ...]
    """By district, then those that stand under none by their level, the departments last."""
    levels: dict[str, AreaOutlook]
    """By level."""

    @property
    def late(self) -> int:
        """What is overdue."""
        return self.reckoned.overdue

    @property
    def asked(self) -> int:
        """What is past a day that is only proposed."""
        return self.reckoned.asked_open


def outlook(house: House, as_of: datetime, item: str) -> Outlook:
    """Return how one item stands."""
    return outlooks(house, as_of, item)[item]


def outlooks(house: House, as_of: datetime, item: str | None = None) -> dict[str, Outlook]:
    """Return how every item of the appendix and of part III stands, or only the one named."""
    with reading(house.engine) as connection:
        counted = _Counted(connection, house, local_day(as_of), item)
    items = house.plan.assigned
    return {i.key: counted.of_item(i) for i in items if item in (None, i.key)}


def duty_outlooks(house: House, as_of: datetime) -> dict[str, Outlook]:
    """Return how cycles, sheets, own plans, requests to invited bodies and the desks' reviews stand."""
    with reading(house.engine) as connection:
        counted = _Counted(connection, house, local_day(as_of))
        desks = awaiting_review(connection, house.plan.key)
    cycles = {c.key: counted.of_kind(c.key, Kind.REPORT, c.key) for c in house.plan.cycles}
    return {
        **cycles,
        SHEET: counted.of_kind(SHEET, Kind.SHEET),
        OWN_PLAN: counted.of_kind(OWN_PLAN, Kind.PLAN),
        REQUEST: counted.of_invited(),
        DESK: _of_desks(house, desks),
    }


def _of_cycle(period: Period | None, cycle: str | None) -> bool:
    """Whether a report is of a cycle; all are where none is named."""
    return cycle is None or (period is not None and period.cycle == cycle)


class _Counted:
    """The counted rows of a day, to be put together by subject."""

    def __init__(self, connection: Connection, house: House, on: date, item: str | None = None) -> None:
        self.house = house
        self._levels = house.plan.levels
        self.rows = tallies(connection, house.plan.key, on, item)
        self.notices = noticed(connection, house.plan.key, on)

    def of_item(self, item: Item) -> Outlook:
        """Put together an item: its dated work, or else its rows of the current cycle."""
        mine = [row for row in self.rows if row.item == item.key]
        dated = [row for row in mine if row.is_task]
        by_cycle = item.deadline.wording in COUNTED_BY_CYCLE and not any(row.opened for row in dated)
        told = [n for n in self.notices if n.item == item.key]
        rows = [row for row in mine if row.is_row and row.part is not Part.ASKED] if by_cycle else dated
        return self._together(item.key, rows, told, wording=item.deadline.wording, dated=not by_cycle)

    def of_kind(self, key: str, kind: Kind, cycle: str | None = None) -> Outlook:
        """Put together what belongs to no item."""
        rows = [row for row in self.rows if row.kind == kind and _of_cycle(row.cycle, cycle)]
        told = [n for n in self.notices if n.kind == kind and _of_cycle(n.cycle, cycle)]
        return self._together(key, rows, told)

    def of_invited(self) -> Outlook:
        """Put together what invited bodies are asked for; nothing of theirs is ever late."""
        rows = [row for row in self.rows if row.invited]
        told = [n for n in self.notices if n.is_row]
        return self._together(REQUEST, rows, told, dated=False)

    def _together(
        self,
        key: str,
        rows: list[Tally],
        told: list[NoticedRow],
        *,
        wording: Wording | None = None,
        dated: bool = True,
    ) -> Outlook:
        total = {name: sum(getattr(row, name) for row in rows) for name in _SUMS}
        columns = {name: sum(getattr(row, name) for row in rows) for name in FIELDS.values()}
        upper = {level.key for level in self._levels if level.top or level.heads}
        days = [row.next_last_day for row in rows if row.next_last_day is not None]
        return Outlook(
            item=key,
            wording=wording,
            focal=self.house.focal.name,
            dated=dated,
            noticed=sum(row.notices for row in told),
            steps=_steps(self.house, told),
            next_last_day=min(days, default=None),
            department_or_district_late=any(row.overdue for row in rows if row.tier in upper),
            reckoned=Reckoning(**columns),
            areas=self._areas(rows),
            levels={
                t: _area(t, found) for t in self._levels.keys if (found := [r for r in rows if r.tier == t])
            },
            **total,
        )

    def _areas(self, rows: list[Tally]) -> tuple[AreaOutlook, ...]:
        by_area: dict[str, list[Tally]] = defaultdict(list)
        for row in rows:
            by_area[row.area].append(row)
        levels = self._levels.keys
        last_departments = sorted(by_area, key=lambda a: (levels.index(a) + 1 if a in levels else 0, a))
        return tuple(
            _area(_area_name(self.house, area), by_area[area])
            for area in last_departments
            if any(row.opened for row in by_area[area])
        )


_SUMS = ("opened", "reported", "late_units", "waiting", "with_focal")


def _steps(house: House, told: Iterable[NoticedRow]) -> tuple[StepTold, ...]:
    by_step: dict[tuple[str, str], list[NoticedRow]] = defaultdict(list)
    for row in told:
        by_step[row.step, row.template].append(row)
    return tuple(
        StepTold(
            code=code,
            template=template,
            notices=sum(row.notices for row in rows),
            recipients=tuple(house.agency(told).name for told in dict.fromkeys(r.recipient_id for r in rows)),
            reached_focal=template in OVERDUE_TOLD and any(row.role in TOLD_FOCAL for row in rows),
        )
        for (code, template), rows in sorted(by_step.items(), key=lambda found: _in_ladder(found[0][0]))
    )


def _in_ladder(code: str) -> tuple[int, str]:
    """Order steps by their days: the opening letter first, what comes after all days last."""
    if re.fullmatch(r"[+-]\d+", code):
        return int(code), code
    return (-LAST if code == "opening" else LAST), code


def _area_name(house: House, area: str) -> str:
    levels = house.plan.levels
    return levels.of(area).bodies if area in levels.keys else house.agency(area).name


def _area(name: str, rows: Iterable[Tally]) -> AreaOutlook:
    rows = list(rows)
    return AreaOutlook(
        name=name,
        total=sum(row.opened for row in rows),
        reported=sum(row.reported for row in rows),
        late=sum(row.overdue for row in rows),
        asked=sum(row.asked_open for row in rows),
        with_focal=sum(row.with_focal for row in rows),
    )


def _of_desks(house: House, desks: Iterable[Awaiting]) -> Outlook:
    areas = tuple(
        AreaOutlook(
            name=house.agency(d.reviewer_id).desk or house.agency(d.reviewer_id).name,
            total=d.reports,
            reported=0,
            late=0,
            asked=0,
            with_focal=0,
        )
        for d in desks
    )
    return Outlook(
        item=DESK,
        wording=None,
        focal=house.focal.name,
        dated=False,
        opened=sum(a.total for a in areas),
        reported=0,
        reckoned=NOTHING,
        late_units=0,
        waiting=0,
        with_focal=0,
        noticed=0,
        steps=(),
        next_last_day=None,
        department_or_district_late=False,
        areas=areas,
        levels={},
    )
