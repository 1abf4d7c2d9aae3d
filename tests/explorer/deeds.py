"""What can happen to a duty on a day: each calls the use case that the portal and the commands call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select

from obligations.answers import Document
from obligations.chain import reviewer_of
from obligations.errors import Invalid, Refused
from obligations.model import Kind
from obligations.obligation import Obligation
from obligations.pauses import stretch
from obligations.words import day as words
from store.engine import reading, writing
from store.schema import pauses
from tasks_lib.answering.submit import Answer, record_document, submit
from tasks_lib.answering.take_back import take_back
from tasks_lib.desk.review import accept, ask_more, reopen
from tasks_lib.desk.undo import undo_accept
from tasks_lib.duties.change import Decision
from tasks_lib.duties.initialise import bring_up_to_date
from tasks_lib.duties.move_day import Extension, extend, withdraw_extension
from tasks_lib.duties.pausing import Altering, Pause, move_pauses_end, pause, withdraw
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import morning_of
from tasks_lib.rounds.sweep import sweep
from tests.explorer.province import DISTRICT, FOCAL, SUCCESSORS, Data, Province, at

Deed = Callable[[Province, Obligation, date], str]
"""Does it on a day and returns how a story tells it; raises where it is refused."""


def _document(signed_on: date) -> Document:
    return Document(number="15/BC", signed_on=signed_on, signer="Chủ tịch", summary="Báo cáo kết quả")


def hand_in(province: Province, duty: Obligation, day: date) -> str:
    """The unit reports."""
    answer = Answer(text="Đã thực hiện", document=None if duty.kind == Kind.SHEET else _document(day))
    submit(province.house, duty.key, duty.agency_id, at(day), answer)
    return "đơn vị báo cáo"


def back(province: Province, duty: Obligation, day: date) -> str:
    """The unit takes back what it has sent."""
    take_back(province.house, Decision(key=duty.key, by=duty.agency_id, as_of=at(day), reason="nhầm"))
    return "đơn vị rút lại báo cáo"


def dated_back(province: Province, duty: Obligation, day: date) -> str:
    """A signed document of five days ago is entered."""
    signed = day - timedelta(days=5)
    record_document(province.house, (duty.key,), duty.agency_id, at(day), _document(signed))
    return f"ghi nhận văn bản ngày {words(signed)}"


def _decision(province: Province, duty: Obligation, day: date) -> Decision:
    house: House = province.house
    by = reviewer_of(house.agency(duty.agency_id), house.plan)
    return Decision(key=duty.key, by=by, as_of=at(day), reason="kiểm tra lại")


def more(province: Province, duty: Obligation, day: date) -> str:
    """The desk asks for more."""
    ask_more(province.house, _decision(province, duty, day))
    return "nơi nhận đề nghị bổ sung"


def take(province: Province, duty: Obligation, day: date) -> str:
    """The desk accepts."""
    accept(province.house, _decision(province, duty, day))
    return "nơi nhận xác nhận"


def slip(province: Province, duty: Obligation, day: date) -> str:
    """The desk accepts by a slip of the hand, and takes it back at once."""
    take(province, duty, day)
    undo_accept(province.house, replace(_decision(province, duty, day), as_of=at(day) + timedelta(minutes=5)))
    return "nơi nhận xác nhận rồi hoàn tác"


def open_again(province: Province, duty: Obligation, day: date) -> str:
    """The desk opens it again."""
    reopen(province.house, _decision(province, duty, day))
    return "mở lại"


def moved_to(days: int) -> Deed:
    """UBND tỉnh's document moves the day; a day before today is an extension that is written down late."""

    def deed(province: Province, duty: Obligation, day: date) -> str:
        until = day + timedelta(days=days)
        by = province.house.plan.focal
        given = Extension(until=until, document_number="120/UBND-NC", document_on=day - timedelta(days=1))
        extend(province.house, duty.key, by, at(day), given)
        return f"ghi nhận gia hạn đến {words(until)}"

    return deed


def inner_day(days: int) -> Deed:
    """The district moves the day it has set its commune, in time or after it is over."""

    def deed(province: Province, duty: Obligation, day: date) -> str:
        until = day + timedelta(days=days)
        extend(province.house, duty.key, DISTRICT, at(day), Extension(until=until, reason="xã đề nghị"))
        return f"UBND huyện đổi thời hạn gửi thành {words(until)}"

    return deed


def moved_back(province: Province, duty: Obligation, day: date) -> str:
    """The newest moved day is taken back."""
    taking = Decision(key=duty.key, by=FOCAL, as_of=at(day), reason="ghi nhầm")
    withdraw_extension(province.house, taking)
    return "rút gia hạn"


def flood(first: int, last: int | None) -> Deed:
    """The place is paused from some days on to others, counted from today; None is without a known end."""

    def deed(province: Province, duty: Obligation, day: date) -> str:
        from_day = day + timedelta(days=first)
        to_day = None if last is None else day + timedelta(days=last)
        given = Pause(place=duty.agency_id, from_day=from_day, to_day=to_day, reason="mưa lũ")
        pause(province.house, given, FOCAL, at(day))
        return f"tạm dừng {stretch(from_day, to_day)}"

    return deed


def _newest_pause(province: Province, day: date) -> Altering:
    with reading(province.engine) as connection:
        newest = connection.scalar(select(func.max(pauses.c.id)))
    return Altering(number=newest or 0, by=FOCAL, as_of=at(day), reason="nước rút")


def flood_ends(province: Province, duty: Obligation, day: date) -> str:
    """The newest pause ends today."""
    move_pauses_end(province.house, _newest_pause(province, day), day)
    return "kết thúc tạm dừng"


def no_flood(province: Province, duty: Obligation, day: date) -> str:
    """The newest pause is withdrawn."""
    withdraw(province.house, _newest_pause(province, day))
    return "rút tạm dừng"


def _changed(province: Province, data: Data, day: date) -> None:
    """Apply what is configured anew, as the first command or sweep after it does."""
    province.data = data
    with writing(province.engine) as connection:
        bring_up_to_date(connection, province.house, at(day))


def plan_moved(days: int) -> Deed:
    """The plan's data gives another day, so many days from today."""

    def deed(province: Province, duty: Obligation, day: date) -> str:
        if duty.kind not in (Kind.TASK, Kind.PLAN) or duty.period.is_event:
            raise Refused("không có ngày riêng trong dữ liệu kế hoạch")
        until = day + timedelta(days=days)
        if until == province.data.last_day:
            raise Refused("không đổi")
        _changed(province, replace(province.data, last_day=until), day)
        return f"dữ liệu kế hoạch đổi hạn cuối thành {words(until)}"

    return deed


def holiday(province: Province, duty: Obligation, day: date) -> str:
    """The next two days become days off."""
    off = frozenset({day + timedelta(days=1), day + timedelta(days=2)})
    if any(known > day for known in province.data.off):
        raise Refused("đã nghỉ")
    _changed(province, replace(province.data, off=off), day)
    return f"lịch đổi: nghỉ hai ngày từ {words(day + timedelta(days=1))}"


def out_of_reach(who: str) -> Deed:
    """The unit, or the district, has no address any more."""

    def deed(province: Province, duty: Obligation, day: date) -> str:
        lost = duty.agency_id if who == "unit" else DISTRICT
        if lost in province.data.lost or lost == FOCAL:
            raise Refused("đã mất")
        _changed(province, replace(province.data, lost=province.data.lost | {lost}), day)
        return "đơn vị mất địa chỉ thư" if who == "unit" else "UBND huyện mất địa chỉ thư"

    return deed


def tree_changes(province: Province, duty: Obligation, day: date) -> str:
    """From today on another agency stands in the holder's place; the day's sweep hands over."""
    if province.data.changed is not None or duty.agency_id not in SUCCESSORS:
        raise Refused("không có nơi nhận bàn giao")
    _changed(province, replace(province.data, changed=day), day)
    sweep(province.house, morning_of(day))
    return "đơn vị bàn giao cho đơn vị mới"


DEEDS: dict[str, Deed] = {
    "hand-in": hand_in,
    "take-back": back,
    "dated-back": dated_back,
    "more": more,
    "accept": take,
    "accept-undone": slip,
    "reopen": open_again,
    "extend": moved_to(6),
    "extend-late": moved_to(-2),
    "extend-long-past": moved_to(-11),
    "pause": flood(1, 3),
    "pause-long": flood(0, 16),
    "pause-late": flood(-4, -1),
    "pause-open": flood(0, None),
    "pause-end": flood_ends,
    "pause-withdraw": no_flood,
    "extend-withdraw": moved_back,
    "inner": inner_day(3),
    "inner-late": inner_day(-1),
    "plan-later": plan_moved(7),
    "plan-earlier": plan_moved(-3),
    "holiday": holiday,
    "lost-unit": out_of_reach("unit"),
    "lost-district": out_of_reach("district"),
    "tree-changes": tree_changes,
}
REFUSED = (Refused, Invalid)
