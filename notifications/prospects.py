"""What happens next if nothing is reported, and until when an answer still changes it."""

from __future__ import annotations

from collections.abc import Sequence

from notifications.model import Line, Mail, NextStep
from notifications.phrases import district_of, holder
from notifications.wording import day_before, generic_name, local, plain_date, upper_first


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
    communes = lines[0].tier == "commune"
    words = []
    if step := upcoming_step(lines, "superior"):
        above = f"báo cáo Chủ tịch {district_of(lines[0])} (ngày {plain_date(step.mailed_on)})"
        words.append(f"Phòng Nội vụ tổng hợp, {above}" if communes else above)
    if step := upcoming_step(lines, "director"):
        words.append(f"báo cáo Giám đốc {mail.focal} (ngày {plain_date(step.mailed_on)})")
    if step := upcoming_step(lines, "focal"):
        where = f"bảng tổng hợp của {mail.focal}"
        words.append(f"từ ngày {plain_date(step.mailed_on)}, nội dung này có trong {where}")
    if (step := upcoming_step(lines, "list")) and not (communes and words):
        top = generic_name(mail.plan_issuer)
        entered = f"{mail.focal} đưa nội dung này vào danh mục đề xuất báo cáo {top}"
        words.append(f"từ ngày {plain_date(step.on)}, {entered}")
    return words


def closing(lines: Sequence[Line], mail: Mail) -> str:
    """Say, after the last day, which levels hear of it and when."""
    words = _climbing(lines, mail)
    return f"Sau thời điểm trên, {'; '.join(words)}." if words else ""


def onward(line: Line, mail: Mail) -> str:
    """Say what comes next for one line among several."""
    words = _climbing((line,), mail)
    return f"Tiếp theo, nếu chưa ghi nhận kết quả: {'; '.join(words)}." if words else ""


def ahead(lines: Sequence[Line], mail: Mail) -> str:
    """Say, before the last day, when the next reminder goes and what follows the last day."""
    line = lines[0]
    own = [step for step in line.next_steps if step.role == "self"]
    before = next((step for step in own if step.on <= line.last_day), None)
    after = next((step for step in own if step.on > line.last_day), None)
    words = []
    if before:
        words.append(f"Thư nhắc việc tiếp theo gửi ngày {plain_date(before.mailed_on)}.")
    follow = _climbing(lines[:1], mail)
    if after:
        told = f"ngày {plain_date(after.mailed_on)}, Hệ thống gửi thông báo đến {holder(line, mail)}"
        follow.insert(0, told)
    if follow:
        ended = f"Nếu hết ngày {plain_date(line.last_day)} Hệ thống chưa ghi nhận kết quả"
        words.append(f"{ended}: {'; '.join(follow)}.")
    return " ".join(upper_first(word) for word in words)


def directive_by(lines: Sequence[Line]) -> NextStep | None:
    """Return the step by which a superior is asked to have its units answer."""
    return upcoming_step(lines, "focal", "list")
