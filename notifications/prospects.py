"""What happens next if nothing is reported, and until when an answer still changes it."""

from __future__ import annotations

from collections.abc import Sequence

from notifications.model import Line, Mail, NextStep
from notifications.phrases import district_of
from notifications.wording import day_before, generic_name, local, plain_date, short_date


def upcoming_step(lines: Sequence[Line], *roles: str) -> NextStep | None:
    """Return the first step to come for one of these roles."""
    steps = [step for line in lines for step in line.next_steps if step.role in roles]
    return min(steps, key=lambda step: (step.mailed_on, step.on), default=None)


def same_prospects(lines: Sequence[Line]) -> bool:
    """Tell whether one sentence about the next steps holds for all lines."""
    return len({line.next_steps for line in lines}) == 1


def answer_by(lines: Sequence[Line], mail: Mail) -> str:
    """Say until when a reason or a plan is asked for: the day before the next level hears."""
    step = upcoming_step(lines, "superior", "focal", "list", "director")
    if step is None:
        return ""
    day = max(day_before(step.on), local(mail.as_of).date())
    return f", chậm nhất ngày {plain_date(day)}"


def _climbing(lines: Sequence[Line], mail: Mail) -> list[str]:
    """Put into words what each higher level will do, in the order of the levels."""
    below = bool(lines[0].reports_to)
    words = []
    if step := upcoming_step(lines, "superior"):
        way = lines[0].way
        who = " ".join(filter(None, (way.head, district_of(lines[0]))))
        above = f"báo cáo {who} ngày {short_date(step.mailed_on)}"
        words.append(f"{way.desk} {above}" if below and way.desk else f"Hệ thống {above}")
    if step := upcoming_step(lines, "director"):
        words.append(f"Hệ thống báo {mail.focal_head} ngày {short_date(step.mailed_on)}")
    if lines[0].agency == mail.focal:
        # The focal agency's own: its director hears, and nobody threatens it with itself.
        return words
    if step := upcoming_step(lines, "focal"):
        day = short_date(step.mailed_on)
        words.append(f"bảng tổng hợp của {mail.focal} có nội dung này từ ngày {day}")
    listed = upcoming_step(lines, "list")
    if listed and not (below and words):
        top = generic_name(mail.plan_issuer)
        day = short_date(listed.on)
        told = "" if words else " có nội dung này"
        words.append(f"danh mục đề xuất báo cáo {top}{told} từ ngày {day}")
    return words


def closing(lines: Sequence[Line], mail: Mail) -> str:
    """Say, after the last day, which levels hear of it and when."""
    words = _climbing(lines, mail)
    return f"Sau đó, {'; '.join(words)}." if words else ""


def ahead(lines: Sequence[Line], mail: Mail) -> str:
    """Say, before the last day, when the next reminder goes and who hears after the last day."""
    line = lines[0]
    own = [step for step in line.next_steps if step.role == "self"]
    before = next((step for step in own if step.on <= line.last_day), None)
    heard = [f"{who} ngày {short_date(step.mailed_on)}" for who, step in _above(line, mail) if step]
    late = f"báo {', '.join(heard)}" if heard else ""
    if not before:
        if not late:
            return ""
        return f"Nếu {'' if line.ours else 'sau hạn '}chưa có kết quả, Hệ thống {late}."
    again = f"nhắc lại ngày {short_date(before.mailed_on)}"
    then = f"; {'' if line.ours else 'sau hạn, '}{late}" if late else ""
    return f"Nếu chưa có kết quả: {again}{then}."


def onward(lines: Sequence[Line], mail: Mail) -> str:
    """Say what comes next, before the last day or after it, where that is the same for all."""
    if not same_prospects(lines):
        return ""
    return closing(lines, mail) if any(line.days_left < 0 for line in lines) else ahead(lines, mail)


def _above(line: Line, mail: Mail) -> list[tuple[str, NextStep | None]]:
    director = (mail.focal_head, upcoming_step((line,), "director"))
    if line.agency == mail.focal:
        return [director]
    superior = (district_of(line), upcoming_step((line,), "superior"))
    return [superior, director, (mail.focal, upcoming_step((line,), "focal"))]


def directive_by(lines: Sequence[Line]) -> NextStep | None:
    """Return the step by which a superior is asked to have its units answer."""
    return upcoming_step(lines, "focal", "list")
