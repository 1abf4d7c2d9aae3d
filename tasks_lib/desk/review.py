"""The desk answers: accepts, asks for more, confirms "not competent"; Sở Nội vụ cancels; either reopens."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from obligations.chain import may_review
from obligations.deeds import ACCEPT, ASK_MORE
from obligations.errors import Invalid, Refused
from obligations.model import WorkState
from obligations.obligation import Obligation
from obligations.states import Action, earliest
from obligations.true_days import check_review
from obligations.words import day as words
from store.ledger import (
    act,
    check_version,
    confirm_stated_day,
    mirror_rows,
    sleep_legs,
    withdraw_proposal,
    write_history,
)
from store.reports import entered_at
from tasks_lib.duties.change import Change, Decision, actor, as_changed, changing, current
from tasks_lib.duties.turns import climb_again, start_correction
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day


def accept(house: House, decision: Decision) -> Change:
    """Confirm a report, or that nothing arose; the unit cannot change it afterwards."""
    with changing(house, decision.as_of) as connection:
        row = _reviewed(connection, house, decision)
        if row.work_state == WorkState.NOTHING_AROSE and row.answer_by is None:
            raise Refused(f"{decision.key}: trả lời 'không phát sinh' này đã được xác nhận")
        return _close(connection, house, row, decision, Action.ACCEPT, ACCEPT)


def ask_more(house: House, decision: Decision) -> Change:
    """Ask the unit to complete its report within three working days; "in time" is not taken back."""
    if not decision.reason:
        raise Invalid("--reason: nêu nội dung đề nghị bổ sung")
    with changing(house, decision.as_of) as connection:
        row = _reviewed(connection, house, decision)
        on = local_day(decision.as_of)
        until = house.calendar.add(on, house.plan.settings.correction_working_days)
        why = f"{decision.reason} (đến hết {words(until)})"
        entry = decision.entry(ASK_MORE, why)
        written = act(connection, row, Action.ASK_MORE, entry, answer_by=until)
        sleep_legs(connection, row.id)
        start_correction(connection, house, row, on, until)
        if row.is_cycle_report:
            mirror_rows(connection, row.id, WorkState.MORE_ASKED, (WorkState.SUBMITTED,), entry)
        return as_changed(connection, house, decision.key, written)


def not_competent(house: House, decision: Decision) -> Change:
    """Confirm once, as the superior, that this is not the unit's to do (không thuộc thẩm quyền)."""
    with changing(house, decision.as_of) as connection:
        row = _reviewed(connection, house, decision)
        on = local_day(decision.as_of)
        return _close(connection, house, row, decision, Action.NOT_COMPETENT, "not-competent", done_on=on)


def cancel(house: House, decision: Decision) -> Change:
    """Cancel what was assigned by mistake (giao nhầm); only the focal agency may."""
    if not decision.reason:
        raise Invalid("--reason: nêu lý do hủy giao nhầm")
    with changing(house, decision.as_of) as connection:
        actor(house, decision.by)
        if decision.by != house.plan.focal:
            raise Refused(f"{decision.key}: chỉ {house.focal.name} được hủy giao nhầm")
        row = current(connection, house, decision.key, decision.as_of)
        check_version(row, decision.version)
        return _close(connection, house, row, decision, Action.CANCEL, "cancel")


def confirm_day(house: House, decision: Decision) -> Change:
    """Confirm a day that was stated and lay before the duty began: it counts from then on.

    To accept the report says nothing about it, so that nobody confirms a day by the way.
    """
    with changing(house, decision.as_of) as connection:
        row = _reviewed(connection, house, decision)
        day: date | None = row.doubted_on
        if day is None:
            raise Refused(f"{row.key}: không có ngày nào chờ xác nhận")
        done_on = day if row.done_on is None else min(day, row.done_on)
        why = "; ".join(filter(None, (f"tính từ ngày {words(done_on)}", decision.reason)))
        confirm_stated_day(connection, row, done_on)
        written = write_history(
            connection, row.id, decision.entry("confirm-day", why), row.work_state, row.work_state
        )
        return as_changed(connection, house, decision.key, written)


def reopen(house: House, decision: Decision) -> Change:
    """Open a closed obligation again, with a reason; past its day it climbs a ladder of its own."""
    if not decision.reason:
        raise Invalid("--reason: nêu lý do mở lại")
    with changing(house, decision.as_of) as connection:
        row = _reviewed(connection, house, decision, also=house.plan.focal)
        entry = decision.entry("reopen", decision.reason)
        written = act(
            connection,
            row,
            Action.REOPEN,
            entry,
            done_on=None,
            doubted_on=None,
            answer_by=None,
            kept_on=_kept(row),
        )
        climb_again(connection, house, row, local_day(decision.as_of))
        if row.is_cycle_report:
            closed = (WorkState.ACCEPTED, WorkState.RECEIVED)
            mirror_rows(connection, row.id, WorkState.OPEN, closed, entry, done_on=None)
        return as_changed(connection, house, decision.key, written)


def _kept(row: Obligation) -> date | None:
    """Return the day by which a report was first done, which opening it again does not take back."""
    reported = row.work_state in (WorkState.ACCEPTED, WorkState.RECEIVED)
    return earliest(row.kept_on, row.done_on if reported else None)


def _reviewed(
    connection: Connection, house: House, decision: Decision, also: str | None = None
) -> Obligation:
    actor(house, decision.by)
    row = current(connection, house, decision.key, decision.as_of)
    agency = house.agency(row.agency_id)
    if decision.by != also and not may_review(decision.by, agency, house.plan):
        who = house.agency(decision.by).name
        raise Refused(f"{decision.key}: {who} không phải cơ quan xem xét của {agency.name}")
    check_version(row, decision.version)
    check_review(local_day(decision.as_of), _reported_on(connection, row))
    return row


def _reported_on(connection: Connection, row: Obligation) -> date | None:
    entered = entered_at(connection, row.id, row.version)
    return local_day(entered) if entered is not None else None


def _close(
    connection: Connection,
    house: House,
    row: Obligation,
    decision: Decision,
    action: Action,
    what: str,
    **values: object,
) -> Change:
    entry = decision.entry(what, decision.reason)
    written = act(connection, row, action, entry, answer_by=None, **values)
    sleep_legs(connection, row.id)
    withdraw_proposal(connection, row.id, decision.reason or what)
    if row.is_cycle_report and action is Action.ACCEPT:
        mirror_rows(connection, row.id, WorkState.ACCEPTED, (WorkState.SUBMITTED,), entry)
    return as_changed(connection, house, decision.key, written)
