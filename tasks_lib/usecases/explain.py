"""A late unit says why, how far it is and when it will be done, or asks for a later day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.errors import Invalid, Refused
from obligations.model import WorkState
from obligations.reasons import REASON_WORDS, DelayReason
from obligations.true_days import check_new_day
from obligations.words import day as words
from store.ledger import AnyRow, Entry, write_history
from store.schema import obligations
from tasks_lib.bootstrap import House
from tasks_lib.clock import local_day
from tasks_lib.usecases.change import Change, as_changed, changing, check_side, current

EXPLAIN, ASK_EXTENSION = "explain", "ask-extension"
UNDONE = (WorkState.OPEN, WorkState.MORE_ASKED)


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What a unit says about its delay."""

    reason: DelayReason
    note: str = ""
    """Its own words on the reason and on how far it is."""
    expected_on: date | None = None
    """When it expects to be done."""
    ask_until: date | None = None
    """The day to which it asks for its last day to be moved."""
    difficulty: str = ""


def explain(
    house: House, key: str, by: str, as_of: datetime, explanation: Explanation, person: str = ""
) -> Change:
    """State the reason for a delay; the ladder goes on, and its mails carry the reason from now on.

    To ask for a later day is only a wish: the day is moved by `move_day.extend` and a document.
    """
    with changing(house, as_of) as connection:
        row = current(connection, house, key, as_of)
        check_side(house, row, by)
        _check(row, explanation, local_day(as_of))
        if explanation.ask_until is not None:
            check_new_day(explanation.ask_until, house.plan.valid_until, f"{key}: ask_until")
        said = _said(explanation)
        connection.execute(obligations.update().where(obligations.c.id == row.id).values(delay_reason=said))
        entry = Entry(at=as_of, by=by, what=EXPLAIN, why=said, person=person or None)
        written = write_history(connection, row.id, entry, row.work_state, row.work_state)
        if explanation.ask_until is not None:
            _ask(connection, row, explanation.ask_until, entry)
        return as_changed(connection, house, key, written)


def _check(row: AnyRow, explanation: Explanation, on: date) -> None:
    if row.parent_id is not None:
        raise Refused(f"{row.key}: dòng này nằm trong báo cáo kỳ; nêu lý do ở báo cáo kỳ của đơn vị")
    if row.work_state not in UNDONE:
        raise Refused(f"{row.key}: đơn vị đã báo cáo, không cần nêu lý do chậm")
    if explanation.reason is DelayReason.OTHER and not explanation.note.strip():
        raise Invalid(f"{row.key}: note: chọn lý do 'khác' thì ghi rõ lý do")
    if explanation.expected_on is not None and explanation.expected_on < on:
        raise Invalid(f"{row.key}: expected_on: ngày dự kiến {words(explanation.expected_on)} đã qua")
    if explanation.ask_until is not None and explanation.ask_until <= max(row.last_day, on):
        raise Invalid(
            f"{row.key}: ask_until: ngày đề nghị {words(explanation.ask_until)}"
            f" phải sau hạn cuối {words(row.last_day)} và sau hôm nay"
        )


def _said(explanation: Explanation) -> str:
    """Write the reason as mails and lists show it, on one line."""
    parts = [REASON_WORDS[explanation.reason], explanation.note]
    if explanation.difficulty:
        parts.append(f"khó khăn, vướng mắc: {explanation.difficulty}")
    if explanation.expected_on is not None:
        parts.append(f"dự kiến hoàn thành ngày {words(explanation.expected_on)}")
    return "; ".join(line for part in parts if (line := " ".join(part.split())))


def _ask(connection: Connection, row: AnyRow, until: date, entry: Entry) -> None:
    why = f"đề nghị điều chỉnh thời hạn đến {words(until)}: {entry.why}"
    asked = Entry(at=entry.at, by=entry.by, what=ASK_EXTENSION, why=why, person=entry.person)
    write_history(connection, row.id, asked, row.work_state, row.work_state)
