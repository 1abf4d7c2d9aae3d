"""The box on top of a mail: what, by when, to whom, in the words a chairperson takes in at a glance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notifications import days
from notifications.model import Line, Mail, Section
from notifications.phrases import EVENT_WIDTH, district_of, with_event
from notifications.wording import clip, count, full_date, lower_first, sentence, upper_first

TITLE_WIDTH = 46
"""What a line of the box holds; the plan's whole wording stands on the form."""
CELL_WIDTH = 44
BESIDE_EVENT = 28
"""The event, in a row of its own, says more than the item's title."""
_ENDS = re.compile(r" \(|; |\. |: ")
_SHEET_MONTH = re.compile(r"tháng \d+(?:/\d+| năm \d+)?")

Row = tuple[str, str]


def brief(title: str, width: int = TITLE_WIDTH) -> str:
    """Shorten a title where its first thought ends, or at a word."""
    head = _ENDS.split(title.rstrip("."), maxsplit=1)[0]
    return clip(head, width)


def month_of(line: Line) -> str:
    """Name a sheet's month: tháng 7 năm 2022."""
    found = _SHEET_MONTH.search(line.title)
    return found.group() if found else lower_first(line.title)


def what(line: Line, width: int = TITLE_WIDTH) -> str:
    """Name a duty in a few words: "1.2 Tổ chức thông tin, tuyên truyền…", "Báo cáo Quý III năm 2022"."""
    if line.kind == "sheet":
        return f"Chủ tịch xem xét bảng theo dõi {month_of(line)}"
    if line.kind == "plan":
        return "Kế hoạch triển khai của đơn vị"
    return f"{line.item} {brief(line.title, width)}" if line.item else line.title


def which(line: Line, width: int = TITLE_WIDTH) -> str:
    """Name a duty in a few words with the event that opened it, where no row of a box says that."""
    return with_event(what(line, width), line)


def sent_to(line: Line, mail: Mail) -> str:
    """Name to whom the holder reports; nothing for the focal agency itself."""
    if line.kind == "sheet" or line.agency == mail.focal:
        return ""
    return f"{district_of(line)} qua Phòng Nội vụ" if line.reports_to else mail.focal


def of(line: Line, mail: Mail) -> tuple[Row, ...]:
    """Return the rows of the box about one duty."""
    rows = [("Việc", _beside_event(line)), *_event(line)]
    if line.agency != mail.recipient_short:
        rows.append(("Đơn vị", line.agency))
    rows.append((days.label(line), days.last(line)))
    if to := sent_to(line, mail):
        rows.append(("Gửi", to))
    return tuple(rows)


def _beside_event(line: Line) -> str:
    return what(line, BESIDE_EVENT if line.event else TITLE_WIDTH)


def _event(line: Line) -> tuple[Row, ...]:
    return (("Sự kiện", clip(line.event, EVENT_WIDTH)),) if line.event else ()


def of_correction(line: Line, mail: Mail) -> tuple[Row, ...]:
    """Return the rows of the box of a report that is to be completed."""
    rows = [
        ("Việc", f"Bổ sung {_beside_event(line) if line.item else lower_first(what(line))}"),
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


def preheader(mail: Mail, sections: Sequence[Section], subject: str) -> str:
    """Return the line that mail programs show beside the subject."""
    lines = sections[0].lines if sections else ()
    if len(lines) != 1 or sections[0].template not in {"remind", "overdue", "director", "sheet", "opening"}:
        return subject.partition("] ")[2]
    line = lines[0]
    parts = [f"{days.label(line)} {full_date(line.last_day)}", which(line)]
    if to := sent_to(line, mail):
        parts.append(f"gửi {to}")
    return sentence("; ".join(parts))
