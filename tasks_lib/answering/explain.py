"""A late unit says why, how far it is and when it will be done, or asks for a later day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.deeds import ASK_EXTENSION, EXPLAIN
from obligations.errors import Gathering, Invalid, Refused
from obligations.obligation import NamedObligation
from obligations.reasons import REASON_WORDS, DelayReason
from obligations.true_days import check_new_day
from obligations.words import day as words
from store.ledger import Entry, write_history
from tasks_lib.answering.sql.delays import state_delay
from tasks_lib.duties.change import Change, as_changed, changing, check_side, current
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import work_name


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
        return explain_within(connection, house, key, by, as_of, explanation, person)


def explain_within(
    connection: Connection,
    house: House,
    key: str,
    by: str,
    as_of: datetime,
    explanation: Explanation,
    person: str = "",
) -> Change:
    """State the reason for a delay with other answers or with none of them."""
    row = current(connection, house, key, as_of)
    check_side(house, row, by)
    _check(house, row, explanation, local_day(as_of))
    said = _said(explanation)
    state_delay(connection, row.id, said)
    entry = Entry(at=as_of, by=by, what=EXPLAIN, why=said, person=person or None)
    written = write_history(connection, row.id, entry, row.work_state, row.work_state)
    if explanation.ask_until is not None:
        _ask(connection, row, explanation.ask_until, entry)
    return as_changed(connection, house, key, written)


def _check(house: House, row: NamedObligation, explanation: Explanation, on: date) -> None:
    if row.parent_id is not None:
        raise Refused(f"{work_name(row)}: dòng này nằm trong báo cáo kỳ; nêu lý do ở báo cáo kỳ của đơn vị")
    if not row.is_with_the_unit:
        raise Refused(f"{work_name(row)}: đơn vị đã báo cáo, không cần nêu lý do chậm")
    check_stated(house, row, explanation, on)


def check_stated(house: House, row: NamedObligation, explanation: Explanation, on: date) -> None:
    """Raise Faults naming all that cannot be in what is said on a day."""
    wrong = Gathering(work_name(row))
    expected_on, until = explanation.expected_on, explanation.ask_until
    with wrong.at("reason_note"):
        if explanation.reason is DelayReason.OTHER and not explanation.note.strip():
            raise Invalid("chọn lý do 'khác' thì ghi rõ lý do")
    with wrong.at("expected_on"):
        if expected_on is not None and expected_on < on:
            raise Invalid(f"ngày dự kiến {words(expected_on)} đã qua")
    if until is not None:
        with wrong.at("ask_until"):
            _check_wish(house, row, until, on)
    wrong.settle()


def _check_wish(house: House, row: NamedObligation, until: date, on: date) -> None:
    if until <= max(row.last_day, on):
        raise Invalid(f"ngày đề nghị {words(until)} phải sau hạn cuối {words(row.last_day)} và sau hôm nay")
    check_new_day(until, house.plan.valid_until, "ngày đề nghị")


def _said(explanation: Explanation) -> str:
    """Write the reason as mails and lists show it, on one line."""
    parts = [REASON_WORDS[explanation.reason], explanation.note]
    if explanation.difficulty:
        parts.append(f"khó khăn, vướng mắc: {explanation.difficulty}")
    if explanation.expected_on is not None:
        parts.append(f"dự kiến hoàn thành ngày {words(explanation.expected_on)}")
    return "; ".join(line for part in parts if (line := " ".join(part.split())))


def _ask(connection: Connection, row: NamedObligation, until: date, entry: Entry) -> None:
    why = f"đề nghị điều chỉnh thời hạn đến {words(until)}: {entry.why}"
    asked = Entry(at=entry.at, by=entry.by, what=ASK_EXTENSION, why=why, person=entry.person)
    write_history(connection, row.id, asked, row.work_state, row.work_state)
