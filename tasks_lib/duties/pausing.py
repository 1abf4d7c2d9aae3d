"""Places that rest for some days: paused, paused longer or shorter, without a known end, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.errors import Invalid, Refused
from obligations.model import Agency
from obligations.pauses import check_days, may_change, may_pause, stretch
from obligations.words import day as words
from store.pauses import Rest, Who, move_end, pause_row, withdraw_pause, write_pause
from store.plans import lock
from store.rows import PauseRow
from tasks_lib.duties.change import actor, changing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A place and the days in which nobody there is chased (thiên tai, dịch bệnh, quốc tang)."""

    place: str
    from_day: date
    to_day: date | None
    """None while nobody knows the end."""
    reason: str
    person: str = ""
    """Who records it, as the portal knows them."""


@dataclass(frozen=True, kw_only=True)
class Paused:
    """A pause as it stands after a change."""

    number: int
    place: str
    from_day: date
    to_day: date | None
    withdrawn: str = ""
    """Why it was withdrawn."""

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read; a pause is about a place, not about one obligation."""
        return {
            "pause": self.number,
            "place": self.place,
            "from": self.from_day.isoformat(),
            "to": self.to_day.isoformat() if self.to_day else None,
            "withdrawn": self.withdrawn or None,
            "obligation": None,
            "version": None,
            "work_state": None,
            "history_id": None,
        }


@dataclass(frozen=True, kw_only=True)
class Altering:
    """Who changes a pause, when and why."""

    number: int
    by: str
    as_of: datetime
    reason: str = ""
    person: str = ""

    @property
    def who(self) -> Who:
        """Return who the history names."""
        return Who(by=self.by, at=self.as_of, person=self.person or None)


def pause(house: House, given: Pause, by: str, as_of: datetime) -> int:
    """Pause a place; last days stay, lateness is excused, the ladder goes on after. Returns its number."""
    return pause_all(house, [given], by, as_of)[0].number


def pause_all(house: House, given: list[Pause], by: str, as_of: datetime) -> list[Paused]:
    """Pause several places, all or none; of the body at the top everybody rests."""
    if not given:
        raise Invalid("chọn địa bàn, cơ quan cần tạm dừng")
    with changing(house, as_of) as connection:
        lock(connection, house.plan.key)
        return [_pause(connection, house, one, by, as_of) for one in given]


def move_pauses_end(house: House, altering: Altering, to_day: date | None) -> Paused:
    """End a pause, let it be shorter or longer, or leave its end open."""
    with changing(house, altering.as_of) as connection:
        row, place = _changeable(connection, house, altering)
        on, own = local_day(altering.as_of), _own(house, place, altering.by)
        if to_day == row.to_day:
            raise Refused(f"đợt tạm dừng số {row.id}: đã {stretch(row.from_day, row.to_day)}")
        check_days(row.from_day, to_day, on=on, own=own, plan=house.plan)
        if to_day is not None and to_day < on and not altering.reason:
            raise Invalid(f"--reason: {words(to_day)} đã qua; nêu lý do rút ngắn")
        move_end(connection, row, to_day, altering.reason, altering.who)
        return Paused(number=row.id, place=place.id, from_day=row.from_day, to_day=to_day)


def withdraw(house: House, altering: Altering) -> Paused:
    """Withdraw a pause that was recorded by mistake; what it excused is excused no more."""
    if not altering.reason:
        raise Invalid("--reason: nêu lý do rút đợt tạm dừng")
    with changing(house, altering.as_of) as connection:
        row, place = _changeable(connection, house, altering)
        withdraw_pause(connection, row, altering.reason, altering.who)
        return Paused(
            number=row.id, place=place.id, from_day=row.from_day, to_day=row.to_day, withdrawn=altering.reason
        )


def _pause(connection: Connection, house: House, given: Pause, by: str, as_of: datetime) -> Paused:
    try:
        place = house.agency(given.place)
    except KeyError:
        raise Invalid(f"--place: không có cơ quan '{given.place}'") from None
    actor(house, by)
    if not may_pause(by, place, house.plan):
        raise Refused(f"{house.agency(by).name} không được tạm dừng {place.name}")
    own = _own(house, place, by)
    check_days(given.from_day, given.to_day, on=local_day(as_of), own=own, plan=house.plan)
    if not given.reason.strip():
        raise Invalid("--reason: nêu lý do tạm dừng")
    rest = Rest(
        place=given.place,
        from_day=given.from_day,
        to_day=given.to_day,
        reason=given.reason,
        everywhere=place.id == house.plan.top,
    )
    who = Who(by=by, at=as_of, person=given.person or None)
    number = write_pause(connection, house.plan.key, rest, who)
    return Paused(number=number, place=place.id, from_day=given.from_day, to_day=given.to_day)


def _own(house: House, place: Agency, by: str) -> bool:
    """Whether a place speaks of itself; the focal agency has nobody beside it to ask."""
    return by == place.id != house.plan.focal


def _changeable(connection: Connection, house: House, altering: Altering) -> tuple[PauseRow, Agency]:
    lock(connection, house.plan.key)
    row = pause_row(connection, house.plan.key, altering.number)
    if row is None:
        raise Invalid(f"không có đợt tạm dừng số {altering.number}; xem 'dondoc pauses list'")
    actor(house, altering.by)
    place = house.agency(row.place_id)
    if not may_change(altering.by, place, row.by, house.plan):
        raise Refused(f"đợt tạm dừng số {row.id}: {altering.by} không được thay đổi")
    if row.withdrawn is not None:
        raise Refused(f"đợt tạm dừng số {row.id}: đã rút ({row.withdrawn})")
    return row, place
