"""Sentences about one obligation, in the verbs that fit who writes to whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notifications.model import Line, Mail, Section, Upcoming
from notifications.reminded import briefly, together
from notifications.wording import (
    clip,
    clock_time,
    dates,
    generic_name,
    joined,
    local,
    lower_first,
    plain_date,
    sentence,
)
from obligations.words import about, count

_SHEET_MONTH = re.compile(r"tháng \d+(?:/\d+| năm \d+)?")
OPENING = "opening"
THROUGH = "qua "
_LISTED_LENGTH = 510
_LISTED_WIDTHS = 20, 60
"""A list of items has so much room; each of them gets no less and no more than this."""
EVENT_WIDTH = 60
LONG_LATE = 10
"""After so many working days a director is asked to direct in person."""
REASON_WIDTH = 80
"""So much of a stated reason stands in a mail; the form has all."""


def system(mail: Mail) -> str:
    """Name the system as mails name it: Hệ thống theo dõi thực hiện Kế hoạch 239."""
    plans = (name.replace("KH", "Kế hoạch", 1) for name in mail.plans)
    return f"Hệ thống theo dõi thực hiện {', '.join(plans)}"


def plan_name(mail: Mail) -> str:
    """Cite the plan in full: number, date and issuer."""
    return f"Kế hoạch số {mail.plan_number} ngày {plain_date(mail.plan_signed_on)} của {mail.plan_issuer}"


def greeting(mail: Mail) -> str:
    """Name the recipient, and the office its mail goes through."""
    return f"{mail.recipient} ({mail.through})" if mail.through else mail.recipient


def ask(mail: Mail) -> str:
    """Choose the verb of request by its direction (never "yêu cầu" from a desk)."""
    if mail.invited:
        return "trân trọng đề nghị"
    upwards = mail.sender.name.startswith("Phòng ") and mail.recipient_level.rank > 0
    return "kính đề nghị" if upwards else "đề nghị"


def owner(mail: Mail) -> str:
    """Name the recipient shortly, as the text of a letter does after its greeting."""
    return generic_name(mail.recipient_short)


def addressee(mail: Mail) -> str:
    """Name who is asked to do something: the recipient, or its office where the letter goes to that alone.

    The collating agency, in whose name the letter leaves, is asked nothing by itself.
    """
    office = mail.through or ""
    return office if office and not office.startswith(THROUGH) else owner(mail)


def reviewer(mail: Mail) -> str:
    """Name who looks at reports that have come in: the office that the mail goes to."""
    return (mail.through or owner(mail)).removeprefix(THROUGH)


def district_of(line: Line) -> str:
    """Name whom a unit reports to: the people's committee above a commune by its kind, UBND huyện."""
    return generic_name(line.above) if line.reports_to else line.way.receiver


def units_of(section: Section) -> str:
    """Name together the units that a section speaks of, the highest level first: "xã, phường, thị trấn"."""
    lines = (*section.lines, *(line for area in section.areas for line in area.missing))
    levels = {line.level.key: line.level for line in lines}
    return ", ".join(level.plural for level in sorted(levels.values(), key=lambda it: -it.rank))


def month_of(line: Line) -> str:
    """Name a sheet's month: tháng 7 năm 2022."""
    found = _SHEET_MONTH.search(line.title)
    return found.group() if found else lower_first(line.title)


def noun(line: Line) -> str:
    """Name the obligation inside a sentence: nhiệm vụ 1.2; nhiệm vụ 2.5 (dự án …); báo cáo Quý III."""
    if line.is_own_plan:
        return "kế hoạch của đơn vị"
    return with_event(f"nhiệm vụ {line.item}", line) if line.item else lower_first(line.title)


def bracketed(name: str, said: str) -> str:
    """Add a word in brackets to a name, inside the brackets that it may have."""
    return f"{name[:-1]}; {said})" if name.endswith(")") else f"{name} ({said})"


def titled(line: Line) -> str:
    """Name the obligation with the plan's wording."""
    return with_event(f"nhiệm vụ {line.item} “{line.title.rstrip('.')}”", line) if line.item else noun(line)


def with_event(name: str, line: Line | Upcoming) -> str:
    """Add to a duty's name in a mail what tells it from another: the event that opened it, its quarter."""
    return about(name, clip(line.event, EVENT_WIDTH) or line.quarter)


def desk(mail: Mail) -> str:
    """Name the sending desk shortly inside its own district: Phòng Nội vụ."""
    return mail.sender.short or mail.sender.name


def not_seen(mail: Mail, what: str = "kết quả") -> str:
    """Say that nothing has been seen up to the day: "Đến 07/7/2022, Hệ thống chưa ghi nhận kết quả"."""
    return f"Đến {plain_date(local(mail.as_of).date())}, Hệ thống chưa ghi nhận {what}"


def past(lines: Sequence[Line]) -> str:
    """Count what is past its day: overdue, and past a day that is only asked for, each by its name."""
    late = sum(not line.ours for line in lines)
    asked = len(lines) - late
    parts = [f"{count(late)} nội dung quá hạn"] if late else []
    parts += [f"{count(asked)} nội dung đã qua ngày đề nghị"] if asked else []
    return ", ".join(parts)


def status(mail: Mail) -> str:
    """Say that the system has seen nothing so far, with the moment of the data."""
    return f"Đến {clock_time(mail.as_of)}, Hệ thống chưa ghi nhận kết quả."


def reminded(*lines: Line) -> str:
    """Say which reminders went before about some duties, and which could not be sent."""
    urged = any(not line.ours for line in lines)
    return briefly(together(line.reminders for line in lines), urged=urged)


def _missed_step(code: str) -> str:
    days = code.lstrip("+-")
    if code.startswith("-") and days.isdigit():
        return f"thư nhắc việc trước hạn {count(int(days))} ngày làm việc"
    if code.startswith("+") and days.isdigit():
        return f"thông báo sau hạn {count(int(days))} ngày làm việc"
    return "thư giao nhiệm vụ" if code == OPENING else "thông báo trước đó"


def missed(line: Line) -> str:
    """Say which earlier mails did not leave: an outage, a pause, or a duty that was written down late.

    Of a duty that an event opened whatever comes first is the letter that assigns it.
    """
    codes = [code for code in line.missed if not (line.event and code == OPENING)]
    unique = tuple(dict.fromkeys(_missed_step(code) for code in codes))
    return f"Trước đó Hệ thống chưa gửi được {joined(unique)}." if unique else ""


def reason(line: Line) -> str:
    """Repeat the reason for delay that the unit has stated."""
    return f"Lý do đã nêu: {sentence(clip(line.reason, REASON_WIDTH))}" if line.reason else ""


def excused(line: Line) -> str:
    """Name the pause that a delay has to do with; it excuses while it lasts, so no more is said."""
    return "Có thời gian tạm dừng theo địa bàn." if line.excused else ""


def passed_on_before(lines: Sequence[Line], mail: Mail) -> str:
    """Say what became of earlier mails to a unit, and when the recipient was asked before to hand one on."""
    told = together(line.reminders for line in lines)
    parts = [f"Thư {dates(told.refused)} chưa gửi được."] if told.refused else []
    parts += [f"Thư {dates(told.bounced)} bị trả lại."] if told.bounced else []
    parts += [f"Đã gửi nhờ {addressee(mail)} chuyển {dates(told.passed_on)}."] if told.passed_on else []
    return "".join(f" {part}" for part in parts)


def unreachable(line: Line) -> str:
    """Say why mail does not reach a unit: it has no address, or one that takes none."""
    if line.closed:
        return f"Địa chỉ thư của {line.forwarded_for} ({joined(line.closed)}) không nhận được thư"
    return f"{line.forwarded_for} chưa có địa chỉ thư trên Hệ thống"


def notes(line: Line) -> str:
    """Gather what else belongs to the line: reminders, what was missed, the reason stated, an excuse."""
    parts = (reminded(line), missed(line), reason(line), excused(line))
    return " ".join(part for part in parts if part)


def again(lines: Sequence[Line]) -> str:
    """Name how often something is told again after the last step, where all lines are: "Đôn đốc lần 02".

    Nobody is urged to a day that is only asked for.
    """
    times = {line.step.removeprefix("repeat-") for line in lines if line.step.startswith("repeat-")}
    if len(times) != 1 or not all(line.step.startswith("repeat-") for line in lines):
        return ""
    asked = any(line.ours for line in lines)
    return f"{'Đề nghị' if asked else 'Đôn đốc'} lần {count(int(times.pop()))}"


def repeated(*lines: Line) -> str:
    """Say as a sentence how often something is told again; nothing where it is the first time."""
    return f"{said}." if (said := again(lines)) else ""


def long_since(lines: Sequence[Line]) -> bool:
    """Whether something is told again, or has been late for so long that another word is wanted."""
    return any(line.step.startswith("repeat-") or line.days_left <= -LONG_LATE for line in lines)


def told_above(line: Line) -> str:
    """Say in a letter that is told again when the level above heard of it."""
    heard = line.reminders.to_superior
    if not (again((line,)) and heard and line.reports_to):
        return ""
    return f"{district_of(line)} đã được báo cáo {dates(heard[:1])}."


def place(mail: Mail) -> str:
    """Say where a unit answers: at the mail's button, or at the link beside each unit that is named."""
    return f"tại đường dẫn {'dưới đây' if 'answer' in mail.links else 'ghi ở từng nội dung'}"


def own_link(line: Line) -> str:
    """Name the form of a unit for which the mail is passed on."""
    return f"Đường dẫn cập nhật kết quả của {line.forwarded_for}"


def listing(entries: Sequence[tuple[str, str]]) -> str:
    """List items in one compact sentence, their titles shortened at a word."""
    least, most = _LISTED_WIDTHS
    width = max(least, min(most, _LISTED_LENGTH // max(1, len(entries)) - len("0.0 ; ")))
    return sentence("; ".join(f"{item} {clip(title, width)}" for item, title in entries))
