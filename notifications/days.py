"""A duty's last day in words: the plan's, or one that is asked for because the plan sets none."""

from __future__ import annotations

import re

from notifications.model import Line, Mail, Upcoming
from notifications.wording import full_date, lower_first, sentence, short_date, upper_first
from obligations.day_words import ASKED, SET, asked
from obligations.model import Kind
from obligations.words import count, weekday

_ARROW = " → "
_QUOTED = re.compile(r"'([^']*)'")
_DAY_OFF = " là ngày nghỉ"
_SOONER = "; để {} kịp tổng hợp, đề nghị gửi sớm hơn"
_IN_SHORT = "; gửi sớm hơn để {} tổng hợp"
_CYCLE = re.compile(r"^(Quý \w+|6 tháng|Năm): “")
_COUNTED = re.compile(
    r"(?:ngày (\S+) không tính|Quý \S+ hết ngày (\S+)), cộng (\d+ ngày(?: làm việc)?) \(([^:)]+)[^)]*\)"
)
_MOVED = re.compile(r" → \S+ \S+ (\d+/\d+)/\d+ là ngày nghỉ, chuyển sang ngày làm việc tiếp theo")
_ASKED_BY = re.compile(r"(?:; đề nghị|(?: cấp \S+)? (gửi)) chậm nhất ngày \S+$")


def late(line: Line) -> str:
    """Say by how much a duty is late; against a day of ours nothing is overdue by the plan."""
    days = f"{count(-line.days_left)} ngày làm việc"
    return f"đã qua {days}" if line.ours else f"quá hạn {days}"


def left(line: Line) -> str:
    """Say how far the last day is, in working days."""
    if line.days_left < 0:
        return late(line)
    return f"còn {count(line.days_left)} ngày làm việc" if line.days_left else "hôm nay là ngày cuối"


def label(line: Line | Upcoming) -> str:
    """Name the last day: set, or asked for."""
    return ASKED if line.ours else SET


def last(line: Line) -> str:
    """Write the last day with its weekday and what remains."""
    return f"{full_date(line.last_day)} ({left(line)})"


def source(line: Line) -> str:
    """Say what a last day rests on: a document, or the plan's own words; nothing where it is asked for."""
    if line.paper:
        return f"theo {line.paper}"
    if not line.item or line.ours:
        return ""
    found = _COUNTED.search(line.why)
    by_law = f"; {found[3]} sau {found[1] or found[2]} theo {found[4]}" if found else ""
    return f"Kế hoạch ghi “{line.deadline_text}”{by_law}"


def why(line: Line, mail: Mail) -> str:
    """Say why it is this day, in a sentence an official can check against the paper."""
    reached = f", tức là {lower_first(weekday(line.last_day))}"
    # The box above has said the day itself.
    if line.paper_said:
        said = line.paper_said
    elif line.ours or line.asked_day:
        said = as_asked(line)
        if line.ours:
            said = _ASKED_BY.sub(lambda found: f" {found[1]} sớm hơn" if found[1] else "", said)
            above = line.way.receiver
            said = said.replace(_SOONER.format(above), _IN_SHORT.format(above)) + _proposed(line)
    else:
        said = in_words(_briefly(line)).removesuffix(reached)
        if line.event:  # which the box names; the reckoning begins with what set it off
            said = upper_first(said.partition(": ")[2] or said)
    return sentence(said.replace("Kế hoạch ghi", f"Kế hoạch {mail.plan_number} ghi", 1)) if said else ""


def _proposed(line: Line) -> str:
    """Say how a day was reckoned that is only asked for, where that is not said with what it is good for."""
    if line.kind == Kind.PLAN:
        return f"; đề nghị {line.deadline_text}" if line.deadline_text else ""
    if line.kind != Kind.TASK or (line.plan_day or line.last_day) > line.last_day:
        return ""
    if found := _COUNTED.search(line.why):
        return f"; đề nghị {found[3]} sau {found[1] or found[2]}"
    return "; đây là ngày đề nghị để theo dõi"


def _briefly(line: Line) -> str:
    """Say in few words how a day was counted: "20 ngày sau 24/10/2022 (Luật …); 13/11 nghỉ, chuyển …"."""
    counted = _COUNTED.sub(lambda found: f"{found[3]} sau {found[1] or found[2]} ({found[4]})", line.why)
    return _MOVED.sub(rf"; \1 nghỉ, chuyển sang {short_date(line.last_day)}", counted)


def in_words(derived: str) -> str:
    """Turn the steps by which a day was reckoned into words: no arrows, no straight quotes.

    "'Trước ngày 15/7/2022' → ngày 15 không tính → Thứ Năm 14/7/2022" becomes
    "Kế hoạch ghi “Trước ngày 15/7/2022”; ngày 15 không tính, tức là thứ Năm 14/7/2022".
    """
    first, *steps = derived.split(_ARROW)
    quoted = _QUOTED.sub(r"“\1”", first)
    said = f"Kế hoạch ghi {quoted}" if quoted.startswith("“") else _CYCLE.sub(_of_a_cycle, quoted)
    for number, step in enumerate(steps):
        # The day reached comes last; one on a day off is followed by the day it moves to.
        reached = number == len(steps) - 1 or _DAY_OFF in step
        words = _QUOTED.sub(r"“\1”", step.replace(_DAY_OFF, " (ngày nghỉ)", 1))
        said += f", tức là {lower_first(words)}" if reached else f"; {lower_first(words)}"
    return said


def _of_a_cycle(found: re.Match[str]) -> str:
    name = found[1] if found[1].startswith("Quý") else lower_first(found[1])
    return f"Kế hoạch ghi gửi báo cáo {name} “"


def as_asked(line: Line) -> str:
    """Say that the plan sets no such day, and what the one asked for is good for."""
    day = line.asked_day or line.last_day
    return asked(Kind(line.kind), day, line.plan_day or day, line.deadline_text, line.way)
