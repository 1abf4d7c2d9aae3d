"""Days that people move: by UBND tỉnh's document, by the district (an inner day), by a pause of a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.errors import Invalid, Refused
from obligations.model import Kind, WorkState
from obligations.states import CLOSED
from obligations.words import day as words
from store.ledger import AnyRow, Entry, check_version, find, write_history
from store.moving import climb_to
from store.pauses import write_pause
from store.schedules import Schedules
from store.schema import extensions, obligations
from tasks_lib.bootstrap import House
from tasks_lib.clock import local_day
from tasks_lib.usecases.change import Change, actor, as_changed, changing

EXTENSION = "extension"


@dataclass(frozen=True, kw_only=True)
class Extension:
    """A new last day, and the document of UBND tỉnh that allows it (số, ngày)."""

    until: date
    document_number: str = ""
    document_on: date | None = None
    reason: str = ""
    person: str = ""
    """Who records it, as the portal knows them."""


def extend(
    house: House, key: str, by: str, as_of: datetime, extension: Extension, version: int | None = None
) -> Change:
    """Move a last day; the first one is kept and on-time is counted by both.

    The plan's day moves only by a document of UBND tỉnh that the focal agency records; an inner day is the
    district's to move, up to the plan's day.
    """
    with changing(house, as_of) as connection:
        actor(house, by)
        row = find(connection, house.plan.key, key)
        check_version(row, version)
        _check_extension(house, row, by, extension)
        target = house.calendar.previous_working(extension.until)
        plan_day = max(row.plan_day, extension.until)
        why = _why(row, extension)
        connection.execute(
            obligations.update()
            .where(obligations.c.id == row.id)
            .values(last_day=extension.until, plan_day=plan_day, target=target, why=f"{row.why}; {why}")
        )
        connection.execute(
            extensions.insert().values(
                obligation_id=row.id, old_day=row.last_day, new_day=extension.until,
                document_number=extension.document_number, document_on=extension.document_on,
                by=by, at=as_of,
            )
        )  # fmt: skip
        entry = Entry(at=as_of, by=by, what="extend", why=why, person=extension.person or None)
        written = write_history(connection, row.id, entry, row.work_state, row.work_state)
        _move_ladder(connection, house, row, extension.until, local_day(as_of))
        return as_changed(connection, house, key, written)


def _move_ladder(connection: Connection, house: House, row: AnyRow, until: date, on: date) -> None:
    """Let a ladder of its own lead to the new day; what waits opens with it."""
    if row.schedule_id is None:
        return
    schedules = Schedules(connection, house.calendar)
    if row.work_state != WorkState.WAITING:
        climb_to(connection, schedules, row, EXTENSION, until, on)
        return
    moved = obligations.update().where(obligations.c.id == row.id)
    connection.execute(moved.values(schedule_id=schedules.again(row.schedule_id, until, on)))


def _check_extension(house: House, row: AnyRow, by: str, extension: Extension) -> None:
    if row.work_state in CLOSED or row.work_state == WorkState.SUBMITTED:
        raise Refused(f"{row.key}: đã có kết quả, không điều chỉnh thời hạn")
    if row.kind in (Kind.ROW, Kind.SHEET):
        raise Refused(f"{row.key}: không có thời hạn riêng để điều chỉnh")
    if extension.until <= row.last_day:
        raise Invalid(f"--until: {words(extension.until)} không sau hạn cuối {words(row.last_day)}")
    agency = house.agency(row.agency_id)
    if by == agency.superior and extension.until <= row.plan_day:
        return
    if by != house.plan.focal:
        raise Refused(f"{row.key}: {by} chỉ được điều chỉnh thời hạn gửi UBND cấp huyện của xã thuộc huyện")
    if not extension.document_number or extension.document_on is None:
        raise Invalid("--document: gia hạn cần số và ngày văn bản của UBND tỉnh")


def _why(row: AnyRow, extension: Extension) -> str:
    text = f"điều chỉnh thời hạn: {words(row.last_day)} → {words(extension.until)}"
    if extension.document_number and extension.document_on:
        text += f" (văn bản số {extension.document_number} ngày {words(extension.document_on)})"
    return f"{text}; {extension.reason}" if extension.reason else text


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A place and the days in which nobody there is chased (thiên tai, dịch bệnh, quốc tang)."""

    place: str
    from_day: date
    to_day: date
    reason: str
    person: str = ""
    """Who records it, as the portal knows them."""


def pause(house: House, given: Pause, by: str, as_of: datetime) -> int:
    """Pause a place; last days stay, lateness is excused, the ladder goes on after. Returns its number."""
    if given.to_day < given.from_day:
        raise Invalid(f"--to: {words(given.to_day)} trước ngày bắt đầu {words(given.from_day)}")
    if not given.reason:
        raise Invalid("--reason: nêu lý do tạm dừng")
    with changing(house, as_of) as connection:
        try:
            place = house.agency(given.place)
        except KeyError:
            raise Invalid(f"--place: không có cơ quan '{given.place}'") from None
        actor(house, by)
        if by not in (house.plan.focal, place.id, place.superior):
            raise Refused(f"{given.place}: {by} không được tạm dừng địa bàn này")
        return write_pause(
            connection, house.plan.key, place=given.place, from_day=given.from_day,
            to_day=given.to_day, reason=given.reason, by=by, at=as_of, person=given.person or None,
        )  # fmt: skip
