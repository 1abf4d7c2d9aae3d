"""One table of moves between work states, and the time states derived from days (domain part 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from obligations.calendar import WorkingCalendar
from obligations.errors import Refused
from obligations.kinds import OfKind
from obligations.model import Judged, Kind, TimeState, WorkState


class Action(StrEnum):
    """What may be done to an obligation."""

    OPEN = "open"
    SUBMIT = "submit"
    CONFIRM = "confirm"
    ACCEPT = "accept"
    RECEIVE = "receive"
    ASK_MORE = "ask_more"
    NOTHING_AROSE = "nothing_arose"
    NOT_COMPETENT = "not_competent"
    CANCEL = "cancel"
    REOPEN = "reopen"
    TAKE_BACK = "take_back"
    """By the unit itself, until its desk has looked."""
    TAKE_BACK_MORE = "take_back_more"
    """The same of what had been asked to be completed."""
    UNDO_ACCEPT = "undo_accept"
    """By the desk itself, within minutes."""


NO_LONGER_OWED = frozenset({WorkState.CANCELLED, WorkState.ENDED})
"""Closed because nobody owes it any more: in no list and no sum."""
NOT_JUDGED = frozenset({WorkState.NOTHING_AROSE, WorkState.NOT_COMPETENT}) | NO_LONGER_OWED
"""Closed, and outside every count of what is in time or late."""
CLOSED = frozenset(
    {
        WorkState.ACCEPTED,
        WorkState.RECEIVED,
        WorkState.NOTHING_AROSE,
        WorkState.NOT_COMPETENT,
        *NO_LONGER_OWED,
    }
)

WITH_THE_UNIT = (WorkState.OPEN, WorkState.MORE_ASKED)
"""The unit itself has the next word: it writes, or completes what it wrote."""
NOT_HANDED_IN = (WorkState.WAITING, *WITH_THE_UNIT)
"""The same, and what has not begun."""

MOVES: dict[tuple[WorkState, Action], WorkState] = {
    (WorkState.WAITING, Action.OPEN): WorkState.OPEN,
    (WorkState.OPEN, Action.SUBMIT): WorkState.SUBMITTED,
    (WorkState.SUBMITTED, Action.ACCEPT): WorkState.ACCEPTED,
    (WorkState.SUBMITTED, Action.RECEIVE): WorkState.RECEIVED,
    (WorkState.SUBMITTED, Action.ASK_MORE): WorkState.MORE_ASKED,
    (WorkState.MORE_ASKED, Action.SUBMIT): WorkState.SUBMITTED,
    (WorkState.MORE_ASKED, Action.RECEIVE): WorkState.RECEIVED,
    # What nobody reviews (a chairperson's sheet, an invited body's row) is done when it is entered.
    (WorkState.OPEN, Action.CONFIRM): WorkState.ACCEPTED,
    (WorkState.OPEN, Action.NOTHING_AROSE): WorkState.NOTHING_AROSE,
    # The desk has seen it; where it does not hold, the desk opens it again.
    (WorkState.NOTHING_AROSE, Action.ACCEPT): WorkState.NOTHING_AROSE,
    (WorkState.SUBMITTED, Action.TAKE_BACK): WorkState.OPEN,
    (WorkState.NOTHING_AROSE, Action.TAKE_BACK): WorkState.OPEN,
    (WorkState.SUBMITTED, Action.TAKE_BACK_MORE): WorkState.MORE_ASKED,
    (WorkState.ACCEPTED, Action.UNDO_ACCEPT): WorkState.SUBMITTED,
    (WorkState.OPEN, Action.NOT_COMPETENT): WorkState.NOT_COMPETENT,
    (WorkState.OPEN, Action.CANCEL): WorkState.CANCELLED,
    # What ended with its holder has nobody to open it for.
    **{(state, Action.REOPEN): WorkState.OPEN for state in CLOSED - {WorkState.ENDED}},
}

STATE_WORDS: dict[WorkState, str] = {
    WorkState.WAITING: "chưa đến kỳ",
    WorkState.OPEN: "đang thực hiện",
    WorkState.SUBMITTED: "đã báo cáo, chờ xác nhận",
    WorkState.RECEIVED: "đã tiếp nhận",
    WorkState.MORE_ASKED: "đề nghị bổ sung",
    WorkState.ACCEPTED: "hoàn thành",
    WorkState.NOTHING_AROSE: "không phát sinh",
    WorkState.NOT_COMPETENT: "không thuộc thẩm quyền",
    WorkState.CANCELLED: "giao nhầm",
    WorkState.ENDED: "kết thúc cùng đơn vị",
}

ACTION_WORDS: dict[Action, str] = {
    Action.OPEN: "mở",
    Action.SUBMIT: "báo cáo",
    Action.CONFIRM: "ghi nhận",
    Action.ACCEPT: "xác nhận",
    Action.RECEIVE: "tiếp nhận",
    Action.ASK_MORE: "đề nghị bổ sung",
    Action.NOTHING_AROSE: "trả lời không phát sinh",
    Action.NOT_COMPETENT: "xác nhận không thuộc thẩm quyền",
    Action.CANCEL: "hủy giao nhầm",
    Action.REOPEN: "mở lại",
    Action.TAKE_BACK: "rút lại báo cáo",
    Action.TAKE_BACK_MORE: "rút lại báo cáo",
    Action.UNDO_ACCEPT: "hoàn tác việc xác nhận",
}

TIME_WORDS: dict[TimeState, str] = {
    TimeState.IN_TIME: "còn hạn",
    TimeState.DUE_SOON: "sắp đến hạn",
    TimeState.OVERDUE: "quá hạn",
    TimeState.PAST_ASKED: "chậm so với ngày đề nghị",
    TimeState.NO_DEADLINE: "không thời hạn",
    TimeState.PAUSED: "tạm dừng",
    TimeState.DONE_IN_TIME: "hoàn thành đúng hạn",
    TimeState.DONE_LATE: "hoàn thành quá hạn",
    TimeState.DONE_PAST_ASKED: "hoàn thành sau ngày đề nghị",
}


def move(state: WorkState, action: Action) -> WorkState:
    """Return the state an action leads to, or raise Refused where the table has no such move."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise Refused(
            f"không thể {ACTION_WORDS[action]} khi đang ở trạng thái '{STATE_WORDS[state]}'"
        ) from None


def earliest(*days: date | None) -> date | None:
    """Return the earliest of some days, where there is one: the version of a report that decides."""
    return min((day for day in days if day is not None), default=None)


def counts_on(
    judged: Judged, *, completed_on: date | None, proven: bool, entered_on: date, arrived_on: date
) -> date:
    """Return the day that decides whether a report was in time (domain part 3, "Completed ≠ updated").

    A declared day of completion counts only with a document or a file.
    """
    if judged is Judged.ARRIVAL:
        return arrived_on
    return completed_on if proven and completed_on is not None else entered_on


def is_updated_late(
    completed_on: date | None, entered_on: date, allowed: int, calendar: WorkingCalendar
) -> bool:
    """Whether the entry came more than `allowed` working days after completion ("cập nhật chậm")."""
    return completed_on is not None and calendar.between(completed_on, entered_on) > allowed


@dataclass(frozen=True, kw_only=True)
class Standing(OfKind):
    """What the time state of one obligation is derived from."""

    kind: Kind
    work_state: WorkState
    last_day: date
    done_on: date | None = None
    paused: bool = False
    waits_until: date | None = None
    """Set while what it waits for is not done."""
    proposed: bool = False
    """Whether its last day is only proposed (`obligations.days_of_ours`), or was when it was done."""
    still_proposed: bool = False
    """Whether it is on the day that is looked at, whenever it was done."""


def effective_last_day(standing: Standing) -> date:
    """Return the day after which it is late: while it waits for another, not before `waits_until`."""
    if standing.waits_until is None:
        return standing.last_day
    return max(standing.last_day, standing.waits_until)


def time_state(standing: Standing, on: date, due_soon: date) -> TimeState:
    """Derive how an obligation stands on a day; `due_soon` is the last of the days called soon."""
    if standing.is_row or standing.work_state in NOT_JUDGED:
        return TimeState.NO_DEADLINE
    if standing.done_on is not None:
        return _done(standing, standing.done_on)
    if standing.work_state is WorkState.WAITING:
        return TimeState.IN_TIME
    if standing.paused:
        return TimeState.PAUSED
    last = effective_last_day(standing)
    if on > last:
        return TimeState.PAST_ASKED if standing.proposed else TimeState.OVERDUE
    return TimeState.DUE_SOON if last <= due_soon else TimeState.IN_TIME


def _done(standing: Standing, done_on: date) -> TimeState:
    if done_on <= standing.last_day:
        return TimeState.DONE_IN_TIME
    return TimeState.DONE_PAST_ASKED if standing.proposed else TimeState.DONE_LATE


COMMANDS_SAY = {
    TimeState.PAST_ASKED: TimeState.OVERDUE,
    TimeState.DONE_PAST_ASKED: TimeState.DONE_LATE,
}
"""What commands call the time states that only people are told apart."""
TOLD_AS = {said: told for told, said in COMMANDS_SAY.items()}
"""How people are told what commands say of a day that is only proposed."""
