"""A unit takes back what it has sent, to mend it, until its desk has looked at it; nothing sent is lost."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from obligations.deeds import LOOK
from obligations.errors import Refused
from obligations.model import WorkState
from obligations.obligation import Obligation
from obligations.states import Action
from obligations.words import day as words
from store.engine import reading
from store.ledger import (
    Entry,
    act,
    check_version,
    go_in_turn,
    mirror_rows,
    sleep_legs,
    take_up,
    wake_lead,
    write_history,
)
from tasks_lib.answering.one_report import sent_along
from tasks_lib.answering.sql.sent import Sent, asked_on, first_done_on, newest_sent
from tasks_lib.duties.change import Change, Decision, as_changed, changing, check_side, current
from tasks_lib.duties.turns import start_correction
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day

WAITING_FOR_DESK = (WorkState.SUBMITTED, WorkState.NOTHING_AROSE)


def take_back(house: House, decision: Decision) -> Change:
    """Take back the newest report: the duty stands as if it had not been sent, and its ladder goes on.

    What was asked to be completed stands as it was asked again; the version that was sent is kept.
    """
    with changing(house, decision.as_of) as connection:
        row = current(connection, house, decision.key, decision.as_of)
        check_side(house, row, decision.by)
        check_version(row, decision.version)
        sent = newest_sent(connection, row.id)
        if refusal := why_kept(row, sent, decision.by):
            raise Refused(f"{row.key}: {refusal}")
        for other, theirs in sent_along(connection, house, row):
            its = newest_sent(connection, theirs.id)
            if not why_kept(theirs, its, decision.by):
                _back(connection, other, theirs, its, decision)
        return _back(connection, house, row, sent, decision)


def _back(
    connection: Connection, house: House, row: Obligation, sent: Sent | None, decision: Decision
) -> Change:
    """Let a duty stand as it did before its newest report."""
    on = local_day(decision.as_of)
    if sent is not None and sent.was == WorkState.MORE_ASKED:
        return _back_to_correction(connection, house, row, decision, on)
    entry = decision.entry("take-back", decision.reason)
    written = act(
        connection,
        row,
        Action.TAKE_BACK,
        entry,
        done_on=None,
        doubted_on=None,
        answer_by=None,
        updated_late=False,
    )
    sleep_legs(connection, row.id)
    take_up(connection, row.id, row.version)
    # No new ladder, or sending and taking back would put off for ever what those above are to hear.
    go_in_turn(connection, row.id)
    wake_lead(connection, row.id)
    if row.is_cycle_report:
        mirror_rows(connection, row.id, WorkState.OPEN, (WorkState.SUBMITTED,), entry, done_on=None)
    return as_changed(connection, house, row.key, written)


def look_at(house: House, row: Obligation, by: str, as_of: datetime, person: str) -> None:
    """Keep in the history that the desk has opened a report: from then on it cannot be taken back."""
    with changing(house, as_of) as connection:
        now = current(connection, house, row.key, as_of)
        if now.version != row.version or now.work_state != row.work_state:
            return
        entry = Entry(at=as_of, by=by, what=LOOK, person=person or None)
        write_history(connection, now.id, entry, now.work_state, now.work_state)


def can_take_back(house: House, row: Obligation, by: str) -> bool:
    """Whether the unit may still take back what it sent."""
    with reading(house.engine) as connection:
        return not why_kept(row, newest_sent(connection, row.id), by)


def why_kept(row: Obligation, sent: Sent | None, by: str) -> str:
    """Say why what was sent cannot be taken back; "" where it can."""
    if row.work_state not in WAITING_FOR_DESK or sent is None or row.parent_id is not None:
        return "không có báo cáo nào đang chờ xem xét để rút lại"
    if sent.by != by:
        return "báo cáo này do nơi xem xét ghi nhận thay; đề nghị liên hệ nơi đó để sửa"
    if sent.looked_at or (row.work_state == WorkState.NOTHING_AROSE and row.answer_by is None):
        return "nơi xem xét đã mở xem; muốn sửa thì liên hệ để được đề nghị bổ sung"
    return ""


def _back_to_correction(
    connection: Connection, house: House, row: Obligation, decision: Decision, on: date
) -> Change:
    asked = asked_on(connection, row.id)
    until = house.calendar.add(asked, house.plan.settings.correction_working_days)
    if on > until:
        raise Refused(f"{row.key}: thời hạn bổ sung đã hết ngày {words(until)}; không rút lại được nữa")
    entry = decision.entry("take-back", decision.reason)
    before = first_done_on(connection, row.id, row.version)
    done_on = max((day for day in (row.done_on, before) if day is not None), default=None)
    written = act(
        connection, row, Action.TAKE_BACK_MORE, entry, done_on=done_on, doubted_on=None, answer_by=until
    )
    sleep_legs(connection, row.id)
    start_correction(connection, house, row, on, until)
    if row.is_cycle_report:
        mirror_rows(connection, row.id, WorkState.MORE_ASKED, (WorkState.SUBMITTED,), entry)
    return as_changed(connection, house, row.key, written)
