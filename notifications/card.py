"""The box on top of a mail: what, by when, to whom, in the words a chairperson takes in at a glance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notifications import days, headlines
from notifications.buttons import waits_elsewhere
from notifications.model import Line, Mail, Section, Upcoming
from notifications.phrases import EVENT_WIDTH, district_of, month_of, noun
from notifications.wording import clip, full_date, lower_first, plain_date, sentence, upper_first
from obligations.words import about, count

TITLE_WIDTH = 46
"""What a line of the box holds; the plan's whole wording stands on the form."""
CELL_WIDTH = 44
EVENT_OF_NEWS = 96
"""The mail that tells of an event first has room for its name; reminders have their number of words."""
_ENDS = re.compile(r" \(|; |\. |: ")

Row = tuple[str, str]


def brief(title: str, width: int = TITLE_WIDTH) -> str:
    """Shorten a title where its first thought ends, or at a word."""
    head = _ENDS.split(title.rstrip("."), maxsplit=1)[0]
    return clip(head, width)


def what(line: Line, width: int = TITLE_WIDTH) -> str:
    """Name a duty in a few words: "1.2 Tổ chức thông tin, tuyên truyền…", "Báo cáo Quý III năm 2022"."""
    if line.is_sheet:
        return f"{line.level.post} xem xét bảng theo dõi {month_of(line)}"
    if line.is_own_plan:
        return "Kế hoạch triển khai của đơn vị"
    return called(line, width) if line.item else line.title


def called(entry: Line | Upcoming, width: int = TITLE_WIDTH) -> str:
    """Call an item as mails do: by its key and a few words of its own, else by the plan's first ones."""
    words = entry.short or brief(entry.title, width)
    return f"{entry.item} {words}{f', {entry.quarter}' if entry.quarter else ''}"


def which(line: Line, width: int = TITLE_WIDTH) -> str:
    """Name a duty in a few words with the event that opened it, where no row of a box says that."""
    return about(what(line, width), clip(line.event, EVENT_WIDTH))


def sent_to(line: Line, mail: Mail) -> str:
    """Name to whom the holder reports; nothing for the focal agency itself."""
    if line.is_sheet or line.agency == mail.focal:
        return ""
    return f"{district_of(line)}{line.way.via}" if line.reports_to else mail.focal


def of(line: Line, mail: Mail) -> tuple[Row, ...]:
    """Return the rows of the box about one duty."""
    rows = [("Việc", what(line)), *_event(line)]
    if line.agency != mail.recipient_short:
        rows.append(("Đơn vị", line.agency))
    rows.append((days.label(line), days.last(line)))
    if to := sent_to(line, mail):
        rows.append(("Gửi", to))
    return tuple(rows)


def _event(line: Line) -> tuple[Row, ...]:
    width = EVENT_OF_NEWS if line.step == "opening" else EVENT_WIDTH
    return (("Sự kiện", clip(line.event, width)),) if line.event else ()


def of_correction(line: Line, mail: Mail) -> tuple[Row, ...]:
    """Return the rows of the box of a report that is to be completed."""
    rows = [
        ("Việc", f"Bổ sung {what(line) if line.item else lower_first(what(line))}"),
        *_event(line),
    ]
    if line.agency != mail.recipient_short:
        rows.append(("Đơn vị", line.agency))
    if line.asked:
        rows.append(("Nội dung", sentence(upper_first(line.asked))))
    passed = f"đã qua {count(-line.days_left)} ngày làm việc"
    when = passed if line.days_left < 0 else days.left(line)
    rows.append(("Bổ sung đến hết", f"{full_date(line.last_day)} ({when})"))
    return tuple(rows)


def _one_day(lines: Sequence[Line]) -> bool:
    return len({(line.last_day, line.ours) for line in lines}) == 1


def _their_day(lines: Sequence[Line]) -> tuple[Row, ...]:
    """Return the row of the day that all have in common, if they have one."""
    return ((days.label(lines[0]), full_date(lines[0].last_day)),) if _one_day(lines) else ()


def of_superior(lines: Sequence[Line]) -> tuple[Row, ...]:
    """Return the rows of the box about what is missing below: of whom, what, and by which day."""
    whole = len({line.agency for line in lines}) == 1
    rows = (
        ("Việc", f"Chỉ đạo {headlines.units(lines)[0]} {'' if whole else 'trên địa bàn '}hoàn thành"),
        ("Chưa có", headlines.tally(lines)),
    )
    return (*rows, *_their_day(lines))


def of_several(lines: Sequence[Line], mail: Mail) -> tuple[Row, ...]:
    """Return the rows of the box about several duties: how many, and the first day; what is overdue leads."""
    overdue = [line for line in lines if line.days_left < 0 and not line.ours]
    first = min(overdue or lines, key=lambda line: line.last_day)
    by = days.last(first) if _one_day(lines) else f"sớm nhất {days.last(first)}"
    rows = [("Việc", headlines.tally(lines)), (days.label(first), by)]
    if whom := sent_to(first, mail):
        rows.append(("Gửi", whom))
    return tuple(rows)


def of_review(lines: Sequence[Line], mail: Mail) -> tuple[Row, ...]:
    """Return the rows of the box about reports that wait to be looked at."""
    theirs = [line for line in lines if waits_elsewhere(mail, (line,))]
    own = [line for line in lines if line not in theirs]
    parts = (("xem xét, tiếp nhận", own), ("theo dõi việc xem xét", theirs))
    said = "; ".join(f"{verb} {_reports(some)}" for verb, some in parts if some)
    sent = min((line.handed_in_on for line in lines if line.handed_in_on), default=None)
    rows = [("Việc", upper_first(said))]
    if sent:
        rows.append(("Đã gửi" if len(lines) == 1 else "Sớm nhất", f"ngày {plain_date(sent)}"))
    return tuple(rows)


def _reports(lines: Sequence[Line]) -> str:
    return f"{noun(lines[0])} của {lines[0].agency}" if len(lines) == 1 else f"{count(len(lines))} báo cáo"


def of_focal(lines: Sequence[Line]) -> tuple[Row, ...]:
    """Return the rows of the box about what Sở Nội vụ hears the same day: of whom, what, and by which day."""
    rows = (
        ("Việc", f"Liên hệ {headlines.holders(lines)}, nắm nguyên nhân"),
        ("Chưa có", headlines.tally(lines)),
    )
    return (*rows, *_their_day(lines))


def of_forwarded(lines: Sequence[Line]) -> tuple[Row, ...]:
    """Return the rows of the box about what is to be handed on: to whom, what, and by which day."""
    names = tuple(dict.fromkeys(line.agency for line in lines))
    whom = names[0] if len(names) == 1 else f"{count(len(names))} đơn vị"
    first = min(lines, key=lambda line: line.last_day)
    what_ = which(first) if len(lines) == 1 else f"{count(len(lines))} nội dung"
    return (("Việc", f"Chuyển đến {whom}"), ("Nội dung", what_), (days.label(first), days.last(first)))


def nearest(entries: Sequence[Line | Upcoming]) -> Line | Upcoming | None:
    """Return what an opening letter's recipient has to do first."""
    return min(entries, key=lambda entry: entry.last_day, default=None)


def of_opening(entries: Sequence[Line | Upcoming]) -> tuple[Row, ...]:
    """Return the rows of the box about what comes first of all that an opening letter names."""
    first = nearest(entries)
    if first is None:
        return ()
    called_so = called(first) if first.item else _named(first)
    return (("Việc đầu tiên", called_so), (days.label(first), full_date(first.last_day)))


def _named(entry: Line | Upcoming) -> str:
    return what(entry) if isinstance(entry, Line) else entry.title


def preheader(mail: Mail, sections: Sequence[Section], subject: str) -> str:
    """Return the line that mail programs show beside the subject."""
    lines = sections[0].lines if sections else ()
    if sections and sections[0].template == "opening" and mail.upcoming:
        return sentence("; ".join(f"{label}: {said}" for label, said in of_opening((*lines, *mail.upcoming))))
    if len(lines) != 1 or sections[0].template not in {"remind", "overdue", "director", "sheet", "opening"}:
        return subject.partition("] ")[2]
    line = lines[0]
    parts = [f"{days.label(line)} {full_date(line.last_day)}", which(line)]
    if to := sent_to(line, mail):
        parts.append(f"gửi {to}")
    return sentence("; ".join(parts))
