"""What the pages on pauses and moved days list: places that rest, and duties whose day can be moved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from notifications.wording import upper_first
from obligations.errors import Invalid
from obligations.kinds import OfKind
from obligations.model import Kind
from obligations.pauses import may_change
from obligations.period import Period
from store.engine import reading
from store.rows import PauseRow
from tasks_lib.desk.queue import Picked, named
from tasks_lib.desk.sql import queue as stored
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import name_of
from tasks_lib.mailing.sql.mail_data import all_pauses

REST, RESTED, TO_REST, GONE = "đang tạm dừng", "đã kết thúc", "chưa bắt đầu", "đã rút"


@dataclass(frozen=True, kw_only=True)
class Resting:
    """A pause of a place."""

    number: int
    place: str
    name: str
    from_day: date
    to_day: date | None
    """None while nobody knows the end."""
    reason: str
    by: str
    """The name of whoever recorded it."""
    recorded_on: date
    state: str
    withdrawn: str
    """Why it was withdrawn; "" while it stands."""
    changeable: bool
    """Whether the reader may change it."""


@dataclass(frozen=True, kw_only=True)
class Subject(OfKind):
    """A duty of many units whose day can still be moved: an item, a cycle report, the own plan."""

    kind: Kind
    item: str
    period: Period
    title: str
    units: int
    last_day: date

    @property
    def code(self) -> str:
        """How an address names it."""
        return f"{self.kind}~{self.item}~{self.period}"


def everywhere(house: House) -> str:
    """Name all places at once: "Toàn tỉnh (mọi cơ quan, đơn vị, địa phương)"."""
    return f"{upper_first(house.plan.levels.top.whole)} (mọi cơ quan, đơn vị, địa phương)"


def resting(
    house: House, as_of: datetime, places: Collection[str] | None = None, reader: str = ""
) -> tuple[Resting, ...]:
    """Return the pauses of some places with those of everybody, or of all, newest first."""
    on = local_day(as_of)
    with reading(house.engine) as connection:
        rows = all_pauses(connection, house.plan.key)
    found = [row for row in rows if places is None or row.everywhere or row.place_id in places]
    return tuple(
        Resting(
            number=row.id,
            place=row.place_id,
            name=everywhere(house) if row.everywhere else name_of(house, row.place_id),
            from_day=row.from_day,
            to_day=row.to_day,
            reason=row.reason,
            by=name_of(house, row.by),
            recorded_on=local_day(row.at),
            state=_state(row, on),
            withdrawn=row.withdrawn or "",
            changeable=_changeable(house, row, reader),
        )
        for row in sorted(found, key=lambda row: (row.from_day, row.id), reverse=True)
    )


def resting_as_json(found: Resting) -> dict[str, object]:
    """Return the document scripts read."""
    return {
        "pause": found.number,
        "place": found.place,
        "name": found.name,
        "from": found.from_day.isoformat(),
        "to": found.to_day.isoformat() if found.to_day else None,
        "reason": found.reason,
        "by": found.by,
        "recorded_on": found.recorded_on.isoformat(),
        "state": found.state,
        "withdrawn": found.withdrawn or None,
    }


def movable(house: House) -> tuple[Subject, ...]:
    """Return what still has a day to be moved, in the plan's order."""
    with reading(house.engine) as connection:
        rows = stored.movable_subjects(connection, house.plan.key)
    order = {item.key: n for n, item in enumerate(house.plan.assigned)}
    found = [
        Subject(
            kind=row.kind,
            item=row.item or "",
            period=row.period,
            title=named(house, row),
            units=row.units,
            last_day=row.last_day,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda s: (not s.is_task, order.get(s.item, 0), s.period)))


def movable_units(house: House, code: str) -> tuple[Picked, ...]:
    """Return the units whose day of one subject can be moved."""
    kind, _, rest = code.partition("~")
    item, _, period = rest.partition("~")
    if kind not in list(Kind) or not period:
        raise Invalid("chưa chọn nhiệm vụ, báo cáo")
    with reading(house.engine) as connection:
        rows = stored.movable_rows(connection, house.plan.key, kind, item, period)
    return tuple(
        Picked(
            key=row.key,
            seen=row.version,
            row=row,
            agency_name=name_of(house, row.agency_id),
            title=named(house, row),
        )
        for row in rows
    )


def _changeable(house: House, row: PauseRow, reader: str) -> bool:
    return row.withdrawn is None and may_change(reader, house.agency(row.place_id), row.by, house.plan)


def _state(row: PauseRow, on: date) -> str:
    if row.withdrawn is not None:
        return GONE
    if on < row.from_day:
        return TO_REST
    return REST if row.to_day is None or on <= row.to_day else RESTED
