"""Days that people move: by UBND tỉnh's document, by the district (an inner day)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.errors import Gathering, Invalid, Refused
from obligations.model import Agency, Kind, LegKind, WorkState
from obligations.obligation import Obligation
from obligations.states import CLOSED, NO_LONGER_OWED, STATE_WORDS
from obligations.true_days import check_moving_document, check_new_day
from obligations.words import day as words
from store.ledger import Entry, check_version, find, write_history
from store.rows import MovedDay
from store.schedules import Schedules
from tasks_lib.duties.change import Change, Decision, actor, as_changed, changing
from tasks_lib.duties.sql.extensions import Moved, standing, write_moved
from tasks_lib.duties.sql.moving import climb_to, set_ladder, write_day
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day


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
        before = _replaced(connection, row, extension.until)
        _check_extension(house, row, by, extension, local_day(as_of), before)
        why = _why(before, extension)
        if before.wrong is not None:
            _write_back(connection, row, before, by, as_of, why)
        plan_day = max(before.plan_day, extension.until)
        _set_day(connection, house, row, extension.until, plan_day, f"{before.why}; {why}")
        write_moved(
            connection,
            Moved(
                obligation_id=row.id,
                old_day=before.day,
                old_plan_day=before.plan_day,
                new_day=extension.until,
                document_number=extension.document_number,
                document_on=extension.document_on,
                reason=extension.reason,
                by=by,
                at=as_of,
            ),
        )
        entry = Entry(at=as_of, by=by, what="extend", why=why, person=extension.person or None)
        written = write_history(connection, row.id, entry, row.work_state, row.work_state)
        _move_ladder(connection, house, row, extension.until, local_day(as_of))
        return as_changed(connection, house, key, written)


def withdraw_extension(house: House, taking: Decision) -> Change:
    """Take the newest moved day back: the one before it holds again, and the ladder follows.

    What has been reported meanwhile is judged by the day that holds then.
    """
    if not taking.reason.strip():
        raise Invalid("--reason: nêu lý do rút việc điều chỉnh thời hạn")
    with changing(house, taking.as_of) as connection:
        actor(house, taking.by)
        row = find(connection, house.plan.key, taking.key)
        check_version(row, taking.version)
        before = _before_the_newest(connection, row)
        if before.wrong is None:
            raise Refused(f"{row.key}: không có việc điều chỉnh thời hạn nào để rút")
        _check_taking_back(house, row, taking.by, before.wrong)
        why = f"rút điều chỉnh thời hạn: {words(row.last_day)} → {words(before.day)}; {taking.reason}"
        _write_back(connection, row, before, taking.by, taking.as_of, taking.reason)
        _set_day(connection, house, row, before.day, before.plan_day, before.why)
        entry = taking.entry("extend-withdraw", why)
        written = write_history(connection, row.id, entry, row.work_state, row.work_state)
        _move_ladder(connection, house, row, before.day, local_day(taking.as_of))
        return as_changed(connection, house, taking.key, written)


@dataclass(frozen=True, kw_only=True)
class _Before:
    """What held before a moved day: what is gone back to, and what a new day is moved from."""

    day: date
    plan_day: date
    why: str
    wrong: MovedDay | None = None
    """The moved day that is taken back."""


def _replaced(connection: Connection, row: Obligation, until: date) -> _Before:
    """Return what a day is moved from; one not later than the present corrects the newest that was moved."""
    now = _Before(day=row.last_day, plan_day=row.plan_day, why=row.why)
    if until > row.last_day:
        return now
    before = _before_the_newest(connection, row)
    return before if before.wrong is not None and until != row.last_day else now


def _before_the_newest(connection: Connection, row: Obligation) -> _Before:
    moved = standing(connection, row.id)
    if not moved:
        return _Before(day=row.last_day, plan_day=row.plan_day, why=row.why)
    newest = moved[-1]
    # Without another, the first day: a changed calendar may have moved it meanwhile.
    day = moved[-2].new_day if len(moved) > 1 else row.first_day
    said = f"; {_moved_words(newest.old_day, newest.new_day)}"
    why, _, _ = row.why.rpartition(said) if said in row.why else (row.why, "", "")
    return _Before(day=day, plan_day=newest.old_plan_day or max(day, row.plan_day), why=why, wrong=newest)


def _write_back(
    connection: Connection, row: Obligation, before: _Before, by: str, at: datetime, reason: str
) -> None:
    assert before.wrong is not None
    write_moved(
        connection,
        Moved(
            obligation_id=row.id,
            old_day=row.last_day,
            old_plan_day=row.plan_day,
            new_day=before.day,
            reason=reason,
            by=by,
            at=at,
            withdraws_id=before.wrong.id,
        ),
    )


def _set_day(
    connection: Connection, house: House, row: Obligation, last_day: date, plan_day: date, why: str
) -> None:
    target = house.calendar.previous_working(last_day)
    write_day(connection, row.id, last_day=last_day, plan_day=plan_day, target=target, why=why)


def _move_ladder(connection: Connection, house: House, row: Obligation, until: date, on: date) -> None:
    """Let a ladder of its own lead to the new day; what waits opens with it."""
    if row.schedule_id is None:
        return
    schedules = Schedules(connection, house.calendar)
    if row.work_state != WorkState.WAITING:
        climb_to(connection, schedules, row, LegKind.EXTENSION, until, on)
        return
    set_ladder(connection, row.id, schedules.again(row.schedule_id, until, on))


def _check_extension(
    house: House, row: Obligation, by: str, extension: Extension, on: date, before: _Before
) -> None:
    if row.work_state in CLOSED or row.work_state == WorkState.SUBMITTED:
        raise Refused(f"{row.key}: đã có kết quả, không điều chỉnh thời hạn")
    if row.kind in (Kind.ROW, Kind.SHEET):
        raise Refused(f"{row.key}: không có thời hạn riêng để điều chỉnh")
    wrong = Gathering()
    with wrong.at("until"):
        check_new_day(extension.until, house.plan.valid_until)
        if extension.until <= before.day:
            raise Invalid(f"--until: {words(extension.until)} không sau hạn cuối {words(before.day)}")
    with wrong.at("on"):
        check_moving_document(extension.document_on, house.plan.signed_on, on)
    wrong.settle()
    agency = house.agency(row.agency_id)
    if before.wrong is not None:
        _check_taking_back(house, row, by, before.wrong)
    if by in (agency.superior, agency.next_desk) and extension.until <= before.plan_day:
        return
    if by != house.plan.focal:
        raise Refused(f"{row.key}: {_may_move_only(house, house.agency(by), agency)}")
    if not extension.document_number.strip() or extension.document_on is None:
        raise Invalid(f"--document: gia hạn cần số và ngày văn bản của {house.top}")


def _may_move_only(house: House, by: Agency, holder: Agency) -> str:
    """Say whose days somebody may move who is not the collator."""
    if holder.next_desk is None:
        return f"{by.name} không được điều chỉnh thời hạn; việc này do {house.focal.name} ghi nhận"
    desk = house.agency(holder.next_desk).level
    whose = f"của {holder.level.short} thuộc {desk.short}"
    return f"{by.name} chỉ được điều chỉnh thời hạn gửi {desk.agency} {whose}"


def _check_taking_back(house: House, row: Obligation, by: str, wrong: MovedDay) -> None:
    """A day of UBND tỉnh's document is the focal agency's to take back; an inner day its district's too."""
    agency = house.agency(row.agency_id)
    inner = not wrong.document_number and by in (agency.superior, agency.next_desk)
    if by != house.plan.focal and not inner:
        raise Refused(f"{row.key}: {house.agency(by).name} không được rút việc điều chỉnh thời hạn này")
    if row.work_state in NO_LONGER_OWED:
        raise Refused(f"{row.key}: {STATE_WORDS[row.work_state]}")


def _moved_words(old: date, new: date) -> str:
    return f"điều chỉnh thời hạn: {words(old)} → {words(new)}"


def _why(before: _Before, extension: Extension) -> str:
    text = _moved_words(before.day, extension.until)
    if before.wrong is not None:
        text += f", thay cho {words(before.wrong.new_day)} ghi nhầm"
    if extension.document_number and extension.document_on:
        text += f" (văn bản số {extension.document_number} ngày {words(extension.document_on)})"
    return f"{text}; {extension.reason}" if extension.reason else text
