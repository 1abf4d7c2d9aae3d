"""What the pages on pauses and moved days list: places that rest, and duties whose day can be moved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from obligations.errors import Invalid
from obligations.model import Kind
from store import queue as stored
from store.engine import reading
from store.mail_data import pauses_of
from tasks_lib.bootstrap import House
from tasks_lib.clock import local_day
from tasks_lib.usecases.queue import Picked, named
from tasks_lib.wording import name_of

REST, RESTED, TO_REST = "đang tạm dừng", "đã kết thúc", "chưa bắt đầu"


@dataclass(frozen=True, kw_only=True)
class Resting:
    """A pause of a place."""

    place: str
    name: str
    from_day: date
    to_day: date
    reason: str
    by: str
    recorded_on: date
    state: str


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A duty of many units whose day can still be moved: an item, a cycle report, the own plan."""

    kind: Kind
    item: str
    period: str
    title: str
    units: int
    last_day: date

    @property
    def code(self) -> str:
        """How an address names it."""
        return f"{self.kind}~{self.item}~{self.period}"


def resting(house: House, as_of: datetime, places: Collection[str] | None = None) -> tuple[Resting, ...]:
    """Return the pauses of some places, or of all, newest first."""
    on = local_day(as_of)
    with reading(house.engine) as connection:
        rows = pauses_of(connection, house.plan.key)
    found = [row for row in rows if places is None or row.place_id in places]
    return tuple(
        Resting(
            place=row.place_id, name=name_of(house, row.place_id), from_day=row.from_day, to_day=row.to_day,
            reason=row.reason, by=name_of(house, row.by), recorded_on=local_day(row.at),
            state=_state(row.from_day, row.to_day, on),
        )
        for row in sorted(found, key=lambda row: (row.from_day, row.id), reverse=True)
    )  # fmt: skip


def movable(house: House) -> tuple[Subject, ...]:
    """Return what still has a day to be moved, in the plan's order."""
    with reading(house.engine) as connection:
        rows = stored.movable_subjects(connection, house.plan.key)
    order = {item.key: n for n, item in enumerate((*house.plan.items, *house.plan.duties))}
    found = [
        Subject(
            kind=Kind(row.kind), item=row.item or "", period=row.period, title=named(house, row),
            units=row.units, last_day=row.last_day,
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda s: (s.kind != Kind.TASK, order.get(s.item, 0), s.period)))


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
            key=row.key, seen=row.version, row=row, agency_name=name_of(house, row.agency_id),
            title=named(house, row),
        )
        for row in rows
    )  # fmt: skip


def _state(from_day: date, to_day: date, on: date) -> str:
    if on < from_day:
        return TO_REST
    return REST if on <= to_day else RESTED
