"""An acceptance is taken back within ten minutes: a slip of the hand needs no reason and no reopening."""

from __future__ import annotations

from datetime import datetime, timedelta

from obligations.chain import may_review
from obligations.deeds import ACCEPT, UNDO_ACCEPT
from obligations.errors import Refused
from obligations.model import WorkState
from obligations.obligation import NamedObligation
from obligations.states import Action
from store.engine import reading
from store.ledger import act, check_version, mirror_rows
from store.reports import entered_at
from tasks_lib.answering.hand_in import answer_by
from tasks_lib.desk.sql.undone import accepted_since, last_spoken, take_up_review
from tasks_lib.duties.change import Change, Decision, actor, as_changed, changing, current
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day

WITHIN = timedelta(minutes=10)
MOST_SHOWN = 30


def undo_accept(house: House, decision: Decision) -> Change:
    """Let a report wait for its desk again, as it did before the desk accepted it a moment ago."""
    with changing(house, decision.as_of) as connection:
        actor(house, decision.by)
        row = current(connection, house, decision.key, decision.as_of)
        agency = house.agency(row.agency_id)
        if not may_review(decision.by, agency, house.plan):
            who = house.agency(decision.by).name
            raise Refused(f"{decision.key}: {who} không phải cơ quan xem xét của {agency.name}")
        check_version(row, decision.version)
        spoken = last_spoken(connection, row.id)
        if row.work_state != WorkState.ACCEPTED or spoken is None or spoken.what != ACCEPT:
            raise Refused(f"{row.key}: không có việc tiếp nhận nào vừa ghi để hoàn tác")
        if spoken.by != decision.by or not spoken.at <= decision.as_of <= spoken.at + WITHIN:
            minutes = WITHIN // timedelta(minutes=1)
            raise Refused(f"{row.key}: đã quá {minutes} phút từ khi tiếp nhận; muốn sửa thì mở lại, có lý do")
        entered = entered_at(connection, row.id, row.version)
        until = answer_by(house, local_day(entered)) if entered is not None else None
        entry = decision.entry(UNDO_ACCEPT, decision.reason)
        written = act(connection, row, Action.UNDO_ACCEPT, entry, answer_by=until)
        take_up_review(connection, row.id)
        if row.is_cycle_report:
            mirror_rows(connection, row.id, WorkState.SUBMITTED, (WorkState.ACCEPTED,), entry)
        return as_changed(connection, house, decision.key, written)


def just_accepted(house: House, desk: str, as_of: datetime) -> tuple[NamedObligation, ...]:
    """Return what a desk has accepted in the last minutes and may still take back, the newest first."""
    with reading(house.engine) as connection:
        found = accepted_since(connection, house.plan.key, desk, as_of - WITHIN, as_of)
    return tuple(found[:MOST_SHOWN])
