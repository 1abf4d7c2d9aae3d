"""A duty's last day in words: the plan's, or one that is asked for because the plan sets none."""

from __future__ import annotations

import re

from notifications.model import Line, Mail
from notifications.wording import count, full_date, lower_first, plain_date, sentence
from obligations.calendar import ONE_DAY
from obligations.words import weekday

_ARROW = " → "
_QUOTED = re.compile(r"'([^']*)'")
_DAY_OFF = " là ngày nghỉ"


def late(line: Line) -> str:
    """Say by how much a duty is late; against a day of ours nothing is overdue by the plan."""
    days = f"{count(-line.days_left)} ngày làm việc"
    return f"đã qua {days}" if line.ours else f"quá hạn {days}"


def left(line: Line) -> str:
    """Say how far the last day is, in working days."""
    if line.days_left < 0:
        return late(line)
    return f"còn {count(line.days_left)} ngày làm việc" if line.days_left else "hôm nay là ngày cuối"


def label(line: Line) -> str:
    """Name the last day: set, or asked for."""
    return "Đề nghị chậm nhất" if line.ours else "Hạn cuối"


def last(line: Line) -> str:
    """Write the last day with its weekday and what remains."""
    return f"{full_date(line.last_day)} ({left(line)})"


def why(line: Line, mail: Mail) -> str:
    """Say why it is this day, in a sentence an official can check against the paper."""
    reached = f", tức là {lower_first(weekday(line.last_day))}"
    # The box above has said the day itself.
    said = _asked(line) if line.ours else in_words(line.why).removesuffix(reached)
    return sentence(said.replace("Kế hoạch ghi", f"Kế hoạch {mail.plan_number} ghi", 1)) if said else ""


def in_words(derived: str) -> str:
    """Turn the steps by which a day was reckoned into words: no arrows, no straight quotes.

    "'Trước ngày 15/7/2022' → ngày 15 không tính → Thứ Năm 14/7/2022" becomes
    "Kế hoạch ghi “Trước ngày 15/7/2022”; ngày 15 không tính, tức là thứ Năm 14/7/2022".
    """
    first, *steps = derived.split(_ARROW)
    quoted = _QUOTED.sub(r"“\1”", first)
    said = f"Kế hoạch ghi {quoted}" if quoted.startswith("“") else quoted
    for number, step in enumerate(steps):
        # The day reached comes last; one on a day off is followed by the day it moves to.
        reached = number == len(steps) - 1 or _DAY_OFF in step
        words = _QUOTED.sub(r"“\1”", step.replace(_DAY_OFF, " (ngày nghỉ)", 1))
        said += f", tức là {lower_first(words)}" if reached else f"; {lower_first(words)}"
    return said


def _asked(line: Line) -> str:
    """Say that the plan sets no such day, and what the one asked for is good for."""
    day = plain_date(line.last_day)
    if line.kind == "sheet":
        return f"Kế hoạch ghi “định kỳ hàng tháng” (Mục III.2), không ghi ngày; đề nghị chậm nhất ngày {day}"
    if line.kind == "plan":
        return f"Kế hoạch không ghi thời hạn ban hành; đề nghị chậm nhất ngày {day}"
    if line.kind in {"report", "row"} and line.plan_day and line.plan_day > line.last_day:
        above = plain_date(line.plan_day + ONE_DAY)
        return (
            f"Kế hoạch không ghi ngày cấp xã gửi; để UBND cấp huyện kịp gửi trước ngày {above},"
            f" đề nghị gửi chậm nhất ngày {day}"
        )
    if line.kind in {"report", "row"}:
        return f"Kế hoạch không ghi ngày gửi báo cáo này; đề nghị chậm nhất ngày {day}"
    if line.plan_day and line.plan_day > line.last_day:
        return (
            f"Kế hoạch ghi “{line.deadline_text}”; để UBND cấp huyện kịp tổng hợp, đề nghị cấp xã gửi"
            f" chậm nhất ngày {day}"
        )
    return f"Kế hoạch không ghi ngày; đề nghị chậm nhất ngày {day}"
