"""Tables in mails: several duties of one unit, and several units, each of them once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from notifications import days
from notifications.bundle import limit, listed, worst
from notifications.card import CELL_WIDTH, brief, month_of, what, which
from notifications.model import AreaCount, Line, Mail, Upcoming
from notifications.phrases import REASON_WIDTH, again, excused, missed, noun, reason, unreachable, with_event
from notifications.reminded import NOT_REACHED, together
from notifications.wording import clip, count, dates, joined, lower_first, plain_date, short_date, upper_first
from obligations.reminders import Reminders

DUTIES = ("Việc", "Hạn cuối", "Ghi chú")
DAYS_NAMED = 4
SHEETS = ("Đơn vị", "Chưa xem xét", "Gần nhất")
REVIEWS = ("Đơn vị", "Báo cáo", "Đã gửi")
UNITS = ("Đơn vị", "Chưa có kết quả", "Đã nhắc việc; lý do")

Cells = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table's headings and rows."""

    heads: Cells
    rows: tuple[Cells, ...]


def duties(lines: tuple[Line, ...], mail: Mail) -> Table:
    """Return the duties of one mail, the day beside each; the form has those that are too many."""
    rows = tuple(_duty(line, mail) for line in listed(lines, mail))
    width = len(DUTIES) if any(row[-1] for row in rows) else len(DUTIES) - 1
    return Table(heads=DUTIES[:width], rows=tuple(row[:width] for row in rows))


def _duty(line: Line, mail: Mail) -> Cells:
    whose = "" if line.agency == mail.recipient_short else f" - {line.agency}"
    asked = "đề nghị " if line.ours else ""
    day = f"{asked}{short_date(line.last_day)} ({days.left(line)})"
    return f"{which(line, CELL_WIDTH)}{whose}", day, _notes(line)


def _notes(line: Line) -> str:
    parts = (lower_first(again((line,))), reason(line), missed(line), excused(line))
    return upper_first("; ".join(part.rstrip(".") for part in parts if part))


def units(lines: Sequence[Line], *, with_area: bool) -> Table:
    """Return each unit once, with all that is missing of it; the worst of too many."""
    by_unit: dict[str, list[Line]] = {}
    for line in worst(lines):
        by_unit.setdefault(line.agency, []).append(line)
    rows = tuple(_unit(tuple(found), with_area=with_area) for found in by_unit.values())
    return Table(heads=UNITS, rows=rows)


def reviews(lines: Sequence[Line], mail: Mail) -> Table:
    """Return the reports that wait for a review, the longest first; the attached table has all."""
    waiting = sorted(lines, key=lambda line: (line.handed_in_on or date.max, line.agency))
    rows = tuple((x.agency, upper_first(noun(x)), _sent(x, mail)) for x in waiting[: limit("review")])
    return Table(heads=REVIEWS, rows=rows)


def _sent(line: Line, mail: Mail) -> str:
    with_whom = line.reports_to and mail.recipient_level.top
    parts = [f"ngày {plain_date(line.handed_in_on)}"] if line.handed_in_on else []
    parts += [f"đang chờ UBND {line.reports_to} (qua Phòng Nội vụ) xác nhận"] if with_whom else []
    parts += [lower_first(missed(line)).rstrip(".")] if line.missed else []
    return "; ".join(parts)


def missed_sheets(lines: Sequence[Line]) -> Table:
    """Return the units whose chairperson has not looked at the sheets, each once."""
    by_unit = {line.agency: line for line in sorted(lines, key=lambda line: line.last_day)}
    rows = ((f"{x.agency}{_area(x)}", f"{count(x.streak)} tháng liền", month_of(x)) for x in by_unit.values())
    return Table(heads=SHEETS, rows=tuple(rows))


def _area(line: Line) -> str:
    return f" ({line.district})" if line.reports_to else ""


def _unit(lines: tuple[Line, ...], *, with_area: bool) -> Cells:
    first = lines[0]
    return (
        f"{first.agency}{_area(first) if with_area else ''}",
        "; ".join(_owed(line) for line in lines),
        _told(lines),
    )


def _owed(line: Line) -> str:
    """Name a duty by its key or report, with how late it is; its day only where it is not shared."""
    how = f"đề nghị {short_date(line.last_day)}, {days.left(line)}" if line.ours else days.left(line)
    return f"{noun(line)} ({how})"


def _told(lines: tuple[Line, ...]) -> str:
    parts = [_reminded(together(line.reminders for line in lines))]
    parts.append("; ".join(dict.fromkeys(_reason(line) for line in lines)))
    parts += dict.fromkeys(missed(line).rstrip(".") for line in lines if line.missed)
    if any(line.excused for line in lines):
        parts.append("chậm do tạm dừng theo địa bàn, thống kê riêng")
    parts += dict.fromkeys(unreachable(line) for line in lines if line.forwarded_for)
    return upper_first("; ".join(parts))


def _reason(line: Line) -> str:
    return f"lý do: {clip(line.reason.rstrip('.'), REASON_WIDTH)}" if line.reason else "chưa nêu lý do"


def _reminded(told: Reminders) -> str:
    """Name the days of reminders that arrived, and of those that did not."""
    where = f" ({joined(told.addresses)})" if told.addresses else ""
    parts = [_when(told.arrived) if told.arrived else NOT_REACHED]
    if told.refused:
        parts.append(f"thư {dates(told.refused)} chưa gửi được{where}")
    if told.bounced:
        parts.append(f"thư {dates(told.bounced)} bị trả lại{where}")
    if told.passed_on:
        parts.append(f"gửi nhờ chuyển {dates(told.passed_on)}")
    return "; ".join(parts)


def _when(arrived: Sequence[date]) -> str:
    """Name the days of a few reminders, or say how many there were since the first; the workbook has all."""
    if len(arrived) <= DAYS_NAMED:
        return f"đã nhắc việc {dates(arrived)}"
    return (
        f"đã nhắc việc {count(len(arrived))} lần, từ {plain_date(arrived[0])} đến {plain_date(arrived[-1])}"
    )


def standing(area: AreaCount) -> str:
    """Say how one item stands among the units of a place: "18/21 đã báo cáo (đúng hạn 16, sau hạn 02)"."""
    done = f"{count(area.done)}/{count(area.total)} đã báo cáo"
    asked = any(line.ours for line in area.missing)
    kept, passed = ("kịp ngày đề nghị", "sau ngày đề nghị") if asked else ("đúng hạn", "sau thời hạn")
    how = f"{kept} {count(area.done_in_time)}, {passed} {count(area.done_late)}"
    waiting = f"; {count(area.awaiting_review)} chờ Phòng Nội vụ xác nhận" if area.awaiting_review else ""
    return f"{done} ({how}){waiting}"


def opening(entries: Sequence[Line | Upcoming]) -> tuple[Cells, ...]:
    """Return the dated tasks of an opening letter."""
    return tuple((with_event(f"{e.item} {brief(e.title, CELL_WIDTH)}", e), _by(e)) for e in entries)


def cycles(entries: Sequence[Line | Upcoming], mail: Mail) -> tuple[Cells, ...]:
    """Return an opening letter's own plan, reports with the day their figures close, and sheets."""
    rows = [(_cyclic(e), _by(e)) for e in entries]
    if mail.sheet_day:
        day = f"đề nghị ngày {count(mail.sheet_day)} tháng sau"
        rows.append(("Chủ tịch xem xét bảng theo dõi hằng tháng", day))
    return tuple(rows)


def _cyclic(entry: Line | Upcoming) -> str:
    if isinstance(entry, Line) and entry.kind == "plan":
        return what(entry)
    closed = f" (chốt số liệu {short_date(entry.closes_on)})" if entry.closes_on else ""
    return f"{entry.title}{closed}"


def _by(entry: Line | Upcoming) -> str:
    return f"{'đề nghị ' if entry.ours else ''}{short_date(entry.last_day)}"
