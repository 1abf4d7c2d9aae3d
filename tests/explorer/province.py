"""A province of five agencies with one duty, in memory, that can be put down and taken up again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, select

from config.load import OWN_DIRECTORY, Configuration, load_configuration
from config.settings import Settings
from obligations.calendar import WorkingCalendar, YearDays
from obligations.model import Agency, Contact, Deadline, Item, Kind, Plan, Wording
from obligations.obligation import Obligation
from obligations.period import Period
from obligations.successors import Extent, Succession, Successors
from store.door import sole
from store.engine import open_engine, reading
from store.schema import obligations
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import morning_of

COMMUNE, DISTRICT, DEPARTMENT, FOCAL, TOP = "x02686-2022", "h082-2022", "so-y-te", "so-noi-vu", "ubnd-tinh"
SUCCESSORS = {COMMUNE: "x02686-2025", DEPARTMENT: "so-xay-dung"}
"""Who takes over when the tree changes: a commune with no district over it, another department."""
HOLDERS = {COMMUNE: "UBND xã", DISTRICT: "UBND huyện", DEPARTMENT: "Sở Y tế", FOCAL: "Sở Nội vụ"}
KINDS = (Kind.TASK, Kind.REPORT, Kind.SHEET, Kind.PLAN)
EVENT, INNER = "event", "inner"
"""A task that an event opens, and one with an inner day before the plan's own, beside the kinds."""
NAMES: dict[Kind | str, str] = {
    Kind.TASK: "nhiệm vụ",
    Kind.REPORT: "báo cáo kỳ",
    Kind.SHEET: "phiếu tháng",
    Kind.PLAN: "kế hoạch",
    EVENT: "nhiệm vụ theo sự kiện",
    INNER: "nhiệm vụ có thời hạn gửi UBND cấp huyện",
}
LAST_DAY = date(2022, 8, 15)
INNER_DAYS = 6
"""So many days before the plan's own lies an inner day."""
MAIL_WAITS = 3
"""How many days a weekly mail waits in this province: what Monday is elsewhere."""


class EveryDay(WorkingCalendar):
    """A calendar in which each day is a working day but some, so that one day is like another.

    Two states that differ only in how long ago all of it was are then one state.
    """

    def __init__(self, off: frozenset[date] = frozenset()) -> None:
        self.off = off
        super().__init__(self._year)

    def _year(self, year: int) -> YearDays:
        first = date(year, 1, 1)
        days = [first + timedelta(days=n) for n in range(366)]
        return YearDays(off=self.off, work=frozenset(d for d in days if d.weekday() > 4) - self.off)

    def monday_mail(self, day: date) -> date:
        """Return when a weekly mail recorded on a day leaves."""
        return self.next_working(day + timedelta(days=MAIL_WAITS))

    def week_start(self, day: date) -> date:
        """Return a day that is never the first of a week: digests are not looked at here."""
        return day - timedelta(days=400)


@dataclass(frozen=True)
class Shape:
    """Whose duty of what kind is walked."""

    holder: str
    kind: Kind | str

    def __str__(self) -> str:
        """Return its name in a story."""
        return f"{NAMES[self.kind]} của {HOLDERS[self.holder]}"


@dataclass(frozen=True)
class Data:
    """What of the configuration can change under a duty: its day, days off, who has an address, the tree."""

    last_day: date = LAST_DAY
    off: frozenset[date] = frozenset()
    lost: frozenset[str] = frozenset()
    changed: date | None = None
    """The first day of the new tree."""


@cache
def _real() -> Configuration:
    return load_configuration(OWN_DIRECTORY)


@cache
def configured(shape: Shape, data: Data) -> Configuration:
    """Return the configuration of a duty's province; ladders, settings and chain are the real ones."""
    real = _real()
    places = (COMMUNE, DISTRICT, DEPARTMENT, FOCAL, TOP)
    agencies = {key: _reachable(real.agencies[key], data) for key in places}
    successors = Successors()
    if data.changed is not None:
        successors = _over(agencies, shape.holder, data.changed)
        new = SUCCESSORS[shape.holder]
        agencies[new] = _reachable(agencies[new], data)
    plan = _plan(real.plan(), shape, data.last_day)
    return replace(
        real,
        plans=(plan,),
        agencies=agencies,
        groups={},
        calendar=EveryDay(data.off),
        successors=successors,
        fingerprint=repr((data.last_day, sorted(data.off), sorted(data.lost), data.changed)),
    )


def _over(agencies: dict[str, Agency], holder: str, on: date) -> Successors:
    """Let the holder end on the eve of a day, and another stand in the new tree from then."""
    new = SUCCESSORS[holder]
    agencies[holder] = replace(agencies[holder], valid_to=on - timedelta(days=1))
    agencies[new] = replace(_real().agencies[new], valid_from=on)
    row = Succession(old=holder, new=new, on=on, resolution="Nghị quyết số 01", part=Extent.FULL)
    return Successors((row,))


def _reachable(agency: Agency, data: Data) -> Agency:
    there = agency.id not in data.lost and agency.id != TOP
    box = Contact(role="unit", address=f"{agency.id}@laocai.example")
    return replace(agency, contacts=(box,) if there else ())


def _plan(real: Plan, shape: Shape, last_day: date) -> Plan:
    bare = replace(
        real, contents=(), items=(), duties=(), cycles=(), planners=(), sheet_keepers=(), invited=()
    )
    if shape.kind is Kind.TASK:
        return replace(bare, items=(_item(real, "1.2", shape.holder, last_day),))
    if shape.kind == INNER:
        its = timedelta(days=INNER_DAYS)
        day = Deadline(wording=Wording.BY_DAY, day=last_day + its, inner_working_days=INNER_DAYS)
        return replace(bare, items=(replace(_item(real, "3.1", shape.holder, last_day), deadline=day),))
    if shape.kind is Kind.PLAN:
        days = (last_day - real.signed_on).days
        return replace(
            bare, planners=(shape.holder,), settings=replace(real.settings, plan_working_days=days)
        )
    if shape.kind is Kind.REPORT:
        before = last_day + timedelta(days=1)
        levels = dict.fromkeys(real.cycles[0].before_day, before.day)
        closes = dict.fromkeys(levels, before.day - 10)
        cycle = replace(real.cycles[0], month=before.month, before_day=levels, close_day=closes)
        far = replace(real.settings, plan_working_days=300)  # the holder's own plan stays out of the way
        return replace(bare, planners=(shape.holder,), cycles=(cycle,), settings=far)
    if shape.kind is Kind.SHEET:
        months = tuple(Period.of_month(2022, month) for month in (6, 7, 8))
        return replace(
            bare, sheet_keepers=(shape.holder,), settings=replace(real.settings, sheet_months=months)
        )
    event = next(item for item in real.items if item.key == "2.5")
    return replace(bare, items=(replace(event, leads=(shape.holder,), second=(), figures=()),))


def _item(real: Plan, key: str, holder: str, last_day: date) -> Item:
    item = next(item for item in real.items if item.key == key)
    day = Deadline(wording=Wording.BY_DAY, day=last_day)
    return replace(item, leads=(holder,), second=(), figures=(), deadline=day)


_DUTY = (
    select(obligations)
    .where(obligations.c.kind == bindparam("of"))
    .order_by(obligations.c.id.desc())
    .limit(1)
)


class Province:
    """A database in memory and the house on it; `data` is what is configured at the moment."""

    def __init__(self, shape: Shape, home: Path) -> None:
        self.shape = shape
        self.engine = open_engine("sqlite://", lasting=False, journalled=False)
        self.settings = Settings(home=home, database_url="sqlite://")
        self.data = Data()
        initialise(self.house, morning_of(date(2022, 6, 30)))

    @property
    def house(self) -> House:
        """The house under what is configured at the moment."""
        configuration = configured(self.shape, self.data)
        return House(self.settings, configuration, configuration.plan(), self.engine)

    def snapshot(self) -> bytes:
        """Return the whole database."""
        found: bytes = self._driver().serialize()
        return found

    def restore(self, database: bytes, data: Data) -> None:
        """Take a database up again, under what was configured then."""
        self._driver().deserialize(database)
        self.data = data

    def _driver(self) -> Any:  # noqa: ANN401 - the driver's own connection
        return self.engine.raw_connection().driver_connection

    def duty(self, connection: Connection) -> Obligation:
        """Return the duty that is walked: the only one of its kind, or the last of the sheets."""
        kind = Kind.TASK if self.shape.kind in (EVENT, INNER) else self.shape.kind
        return sole(connection, Obligation, _DUTY, {"of": kind})

    def now(self) -> Obligation:
        """Return the duty as it stands."""
        with reading(self.engine) as connection:
            return self.duty(connection)


def at(day: date) -> datetime:
    """Return ten in the morning of a day, after the sweep."""
    return morning_of(day) + timedelta(hours=2, minutes=30)
