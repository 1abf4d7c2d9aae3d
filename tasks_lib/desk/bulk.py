"""What a desk does to one obligation, or to many at once.

Of many, each is a transaction of its own: those that can be done are done, as a whole each, and the others
are named with why. So one report that a unit has just sent again does not hold up the twenty beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from obligations.answers import Document
from obligations.errors import Fault, Invalid, Refused
from obligations.model import Kind, WorkState
from obligations.obligation import Obligation
from obligations.rights import Act
from obligations.states import CLOSED, NO_LONGER_OWED, NOT_HANDED_IN, WITH_THE_UNIT
from store.ledger import check_version
from store.reports import Stored
from tasks_lib.answering.doubts import doubted
from tasks_lib.answering.submit import Answer, Enclosed, record_document, submit
from tasks_lib.desk import review
from tasks_lib.desk.carried import unproven
from tasks_lib.desk.queue import Picked
from tasks_lib.desk.remarks import record_call, remark
from tasks_lib.desk.undo import undo_accept
from tasks_lib.duties.change import Change, Decision
from tasks_lib.duties.move_day import Extension, extend, withdraw_extension
from tasks_lib.kernel.bootstrap import House


class Deed(StrEnum):
    """What is done, as addresses name it."""

    ACCEPT = "tiep-nhan"
    UNDO = "hoan-tac"
    ASK_MORE = "bo-sung"
    NOT_COMPETENT = "khong-thuoc-tham-quyen"
    CONFIRM_DAY = "xac-nhan-ngay"
    RECORD = "ghi-nhan-thay"
    ENTER = "nhap-thay"
    CALL = "dien-thoai"
    CANCEL = "giao-nham"
    REOPEN = "mo-lai"
    REMARK = "y-kien"
    MOVE_INNER = "thoi-han"
    EXTEND = "gia-han"
    UNMOVE_INNER = "rut-thoi-han"
    UNEXTEND = "rut-gia-han"


@dataclass(frozen=True, kw_only=True)
class Order:
    """Who orders it, when, and all that any deed may need to know."""

    by: str
    as_of: datetime
    person: str = ""
    reason: str = ""
    """The points asked for, the reason, what was said by telephone, the remark."""
    document: Document | None = None
    arrived_on: date | None = None
    files: tuple[Stored, ...] = ()
    """The document's scan, as it has been kept."""
    figures: Mapping[str, object] = field(default_factory=dict)
    """What stands in the document, where it is recorded for one."""
    until: date | None = None
    """The new last day; its document is UBND tỉnh's."""


Doing: TypeAlias = Callable[[House, Picked, Order], Change]


ALONE = "mở báo cáo này để xem và xác nhận riêng"


@dataclass(frozen=True, kw_only=True)
class NotDone:
    """One that could not be done, and why."""

    picked: Picked
    why: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of many."""

    done: tuple[Picked, ...]
    not_done: tuple[NotDone, ...]


def do(house: House, deed: Deed, picked: Picked, order: Order) -> Change:
    """Do one thing to one obligation, unless its report is no longer the one that was looked at."""
    if deed not in _ABOUT_NO_VERSION:
        check_version(picked.row, picked.seen)
    return _DOING[deed](house, picked, order)


def do_all(house: House, deed: Deed, rows: Iterable[Picked], order: Order) -> Outcome:
    """Do one thing to many, each on its own; what stands in doubt is confirmed alone, never among many."""
    done, not_done, rows = [], [], tuple(rows)
    known = in_doubt(house, deed, rows, order.as_of)
    for row in rows:
        try:
            check_alone(row, known)
            do(house, deed, row, order)
        except (Refused, Invalid) as told:
            not_done.append(NotDone(picked=row, why=str(told)))
        else:
            done.append(row)
    return Outcome(done=tuple(done), not_done=tuple(not_done))


def check_alone(picked: Picked, doubts: Mapping[str, str]) -> None:
    """Refuse to confirm among many what stands in doubt."""
    if picked.key in doubts:
        check_version(picked.row, picked.seen)
        raise Refused(f"{doubts[picked.key]}; {ALONE}")


def in_doubt(house: House, deed: Deed, rows: Iterable[Picked], as_of: datetime) -> dict[str, str]:
    """Return by key why some of the ticked are not confirmed among many: what stands in doubt of them."""
    if deed is not Deed.ACCEPT:
        return {}
    ticked = [row.row for row in rows]
    found, bare = doubted(house, ticked, as_of), unproven(house, ticked)
    keys = dict.fromkeys((*found, *bare))
    return {key: "; ".join([*found.get(key, ()), *([bare[key]] if key in bare else [])]) for key in keys}


def lacking(house: House, deed: Deed, order: Order) -> list[Fault]:
    """Return by field of the order what it lacks of what the deed needs, before anything is done to any."""
    found = []
    if deed is Deed.RECORD and order.document is None:
        found.append(Fault("document", "nhập số, ký hiệu và ngày của văn bản"))
    if deed is Deed.EXTEND and order.document is None:
        found.append(Fault("document", f"nhập số và ngày văn bản của {house.top}"))
    if deed in (Deed.EXTEND, Deed.MOVE_INNER) and order.until is None:
        found.append(Fault("until", "nhập thời hạn mới"))
    if deed in REASONED and not order.reason:
        found.append(Fault("reason", REASONED[deed]))
    return found


def is_seen(deed: Deed, row: Obligation) -> bool:
    """Whether an answer "nothing arose" has been confirmed already."""
    return deed is Deed.ACCEPT and row.work_state == WorkState.NOTHING_AROSE and row.answer_by is None


def fits(deed: Deed, kind: str, state: str, item: str | None = None, *, alone: bool = False) -> bool:
    """Whether a deed makes sense for an obligation as it stands; the use case has the last word.

    A row that stands `alone` is in no report: an invited body's, which answers by letter (domain part 2).
    """
    if kind == Kind.ROW and alone and deed in (Deed.ENTER, Deed.RECORD):
        return state == WorkState.OPEN
    if kind == Kind.ROW:
        return deed is Deed.REMARK
    if deed is Deed.ENTER:
        return False
    if kind == Kind.SHEET and deed is not Deed.CALL:
        return False
    if deed in (Deed.NOT_COMPETENT, Deed.REMARK) and item is None:
        return False
    return WorkState(state) in _STATES[deed]


def _decided(use_case: Callable[[House, Decision], Change]) -> Doing:
    def decide(house: House, picked: Picked, order: Order) -> Change:
        decision = Decision(
            key=picked.key,
            by=order.by,
            as_of=order.as_of,
            reason=order.reason,
            version=picked.seen,
            person=order.person,
        )
        return use_case(house, decision)

    return decide


def _recorded(house: House, picked: Picked, order: Order) -> Change:
    assert order.document is not None
    beside = Enclosed(arrived_on=order.arrived_on, files=order.files, figures=order.figures)
    keys, person = (picked.key,), order.person
    (change,) = record_document(
        house, keys, order.by, order.as_of, order.document, person=person, beside=beside
    )
    return change


def _entered(house: House, picked: Picked, order: Order) -> Change:
    answer = Answer(text=order.reason, person=order.person)
    return submit(house, picked.key, order.by, order.as_of, answer, picked.seen)


def _called(house: House, picked: Picked, order: Order) -> Change:
    return record_call(house, picked.key, order.by, order.as_of, order.reason, order.person)


def _remarked(house: House, picked: Picked, order: Order) -> Change:
    return remark(house, picked.key, order.by, order.as_of, order.reason, order.person)


def _moved(house: House, picked: Picked, order: Order) -> Change:
    assert order.until is not None
    extension = Extension(
        until=order.until,
        reason=order.reason,
        person=order.person,
        document_number=order.document.number if order.document else "",
        document_on=order.document.signed_on if order.document else None,
    )
    return extend(house, picked.key, order.by, order.as_of, extension, picked.seen)


_DOING: dict[Deed, Doing] = {
    Deed.ACCEPT: _decided(review.accept),
    Deed.UNDO: _decided(undo_accept),
    Deed.ASK_MORE: _decided(review.ask_more),
    Deed.NOT_COMPETENT: _decided(review.not_competent),
    Deed.CONFIRM_DAY: _decided(review.confirm_day),
    Deed.CANCEL: _decided(review.cancel),
    Deed.REOPEN: _decided(review.reopen),
    Deed.RECORD: _recorded,
    Deed.ENTER: _entered,
    Deed.CALL: _called,
    Deed.REMARK: _remarked,
    Deed.MOVE_INNER: _moved,
    Deed.EXTEND: _moved,
    Deed.UNMOVE_INNER: _decided(withdraw_extension),
    Deed.UNEXTEND: _decided(withdraw_extension),
}

ACT_OF: dict[Deed, Act] = {
    Deed.ACCEPT: Act.REVIEW,
    Deed.UNDO: Act.REVIEW,
    Deed.ASK_MORE: Act.REVIEW,
    Deed.NOT_COMPETENT: Act.REVIEW,
    Deed.CONFIRM_DAY: Act.REVIEW,
    Deed.REOPEN: Act.REVIEW,
    Deed.RECORD: Act.RECORD,
    Deed.ENTER: Act.RECORD,
    Deed.CALL: Act.RECORD,
    Deed.CANCEL: Act.CANCEL,
    Deed.REMARK: Act.REMARK,
    Deed.MOVE_INNER: Act.MOVE_INNER,
    Deed.EXTEND: Act.EXTEND,
    Deed.UNMOVE_INNER: Act.MOVE_INNER,
    Deed.UNEXTEND: Act.EXTEND,
}
"""What the table of rights is asked for each deed."""

REASONED: dict[Deed, str] = {
    Deed.ASK_MORE: "nêu nội dung đề nghị bổ sung",
    Deed.CANCEL: "nêu lý do hủy giao nhầm",
    Deed.REOPEN: "nêu lý do mở lại",
    Deed.CALL: "ghi nội dung đã trao đổi điện thoại",
    Deed.ENTER: "ghi nội dung cơ quan đã cung cấp",
    Deed.REMARK: "ghi ý kiến của cơ quan hướng dẫn, theo dõi",
    Deed.UNMOVE_INNER: "nêu lý do rút việc điều chỉnh thời hạn",
    Deed.UNEXTEND: "nêu lý do rút việc điều chỉnh thời hạn",
}

_ABOUT_NO_VERSION = (Deed.CALL, Deed.REMARK)
_ANY = frozenset(WorkState)
_STATES: dict[Deed, frozenset[WorkState]] = {
    Deed.ACCEPT: frozenset({WorkState.SUBMITTED, WorkState.NOTHING_AROSE}),
    Deed.UNDO: frozenset({WorkState.ACCEPTED}),
    Deed.ASK_MORE: frozenset({WorkState.SUBMITTED}),
    Deed.NOT_COMPETENT: frozenset({WorkState.OPEN}),
    Deed.CONFIRM_DAY: frozenset({WorkState.SUBMITTED, WorkState.RECEIVED, WorkState.ACCEPTED}),
    Deed.CANCEL: frozenset({WorkState.OPEN}),
    Deed.REOPEN: CLOSED - {WorkState.ENDED},
    Deed.RECORD: frozenset(WITH_THE_UNIT),
    Deed.CALL: _ANY - {WorkState.WAITING},
    Deed.REMARK: _ANY - {WorkState.WAITING},
    Deed.MOVE_INNER: frozenset(NOT_HANDED_IN),
    Deed.EXTEND: frozenset(NOT_HANDED_IN),
    Deed.UNMOVE_INNER: _ANY - NO_LONGER_OWED,
    Deed.UNEXTEND: _ANY - NO_LONGER_OWED,
}
