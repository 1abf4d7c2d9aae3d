"""How a flow run ends, in the words a coordinator reads; no Prefect here."""

from __future__ import annotations

from dataclasses import dataclass

from obligations.words import day
from tasks_lib.rounds.outlook import DESK, REQUEST, Outlook

NOT_YET = "Chưa đến kỳ"
ON_TRACK = "Đúng tiến độ"
OVERDUE = "Quá hạn"
PAST_ASKED = "Chậm so với ngày đề nghị"
"""Past a day that neither the plan nor a document sets: told, and never red."""
FEW_IN = 10
"""Fewer than one in so many late, and all of them communes, is not yet "Quá hạn"."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """An end state: its name, whether it is red, and the counts behind it."""

    name: str
    red: bool = False
    message: str


def judge(outlook: Outlook) -> Verdict:
    """Return how a subject's run ends."""
    if outlook.item == DESK:
        return _of_desks(outlook)
    if not outlook.opened:
        return Verdict(name=NOT_YET, message=_ahead(outlook))
    if not outlook.dated:
        return Verdict(name=_by_cycle(outlook), message=_counts(outlook))
    return Verdict(name=_by_days(outlook), red=_is_red(outlook), message=_counts(outlook))


def _is_red(outlook: Outlook) -> bool:
    return outlook.late > 0 and not is_few(outlook)


def _by_days(outlook: Outlook) -> str:
    if _is_red(outlook):
        return OVERDUE
    if outlook.late:
        return f"Còn {outlook.late_units} đơn vị chậm"
    return PAST_ASKED if outlook.asked else ON_TRACK


def is_few(outlook: Outlook) -> bool:
    """Whether what is late is little enough not to be red."""
    return outlook.late * FEW_IN < outlook.opened and not outlook.department_or_district_late


def _by_cycle(outlook: Outlook) -> str:
    if outlook.item == REQUEST:
        return f"Đã cung cấp: {outlook.reported}/{outlook.opened}"
    return f"Thường xuyên: {outlook.reported}/{outlook.opened} đã báo cáo"


def _of_desks(outlook: Outlook) -> Verdict:
    if not outlook.opened:
        return Verdict(name=ON_TRACK, message="Không có báo cáo chờ xác nhận")
    where = f"tại {len(outlook.areas)} cơ quan đầu mối"
    return Verdict(name=ON_TRACK, message=f"{outlook.opened} báo cáo chờ xác nhận {where}")


def _counts(outlook: Outlook) -> str:
    answered = "Đã cung cấp" if outlook.item == REQUEST else "Đã báo cáo"
    parts = [f"{answered} {outlook.reported}/{outlook.opened}"]
    if outlook.dated:
        found = outlook.reckoned
        paused = f", tạm dừng {found.excused}" if found.excused else ""
        done = f" (đã xong {found.asked_late})" if found.asked_late else ""
        asked = f"; chậm so với ngày đề nghị {found.asked}{done}" if found.asked else ""
        parts.append(
            f"đến hạn {found.due}: đúng hạn {found.in_time}, sau thời hạn {found.late},"
            f" quá hạn {found.overdue} (đã báo {outlook.focal} {outlook.with_focal}){paused}{asked}"
        )
    if outlook.next_last_day:
        parts.append(f"hạn cuối gần nhất {day(outlook.next_last_day)}")
    return "; ".join(parts)


def _ahead(outlook: Outlook) -> str:
    if outlook.next_last_day is None:
        return "Chưa có đầu việc nào đến kỳ"
    return f"{outlook.waiting} đầu việc chưa đến kỳ; hạn cuối gần nhất {day(outlook.next_last_day)}"
