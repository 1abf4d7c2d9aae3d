"""Tables in mails: several duties of one unit, and several units, each of them once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from notifications import days
from notifications.bundle import shown, worst
from notifications.card import CELL_WIDTH, brief, month_of, what
from notifications.model import AreaCount, Line, Mail, Upcoming
from notifications.phrases import excused, missed, noun, unreachable
from notifications.reminded import NOT_REACHED
from notifications.wording import clip, count, dates, joined, short_date, upper_first
from obligations.reminders import Reminders

DUTIES = ("Việc", "Hạn cuối", "Ghi chú")
SHEETS = ("Đơn vị", "Chưa xem xét", "Gần nhất")
UNITS = ("Đơn vị", "Chưa có kết quả", "Đã nhắc việc; lý do")
_REASON_WIDTH = 80

Cells = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table's headings and rows."""

    heads: Cells
    rows: tuple[Cells, ...]


def duties(lines: tuple[Line, ...], mail: Mail) -> Table:
    """Return the duties of one mail, the day beside each; the worst of too many."""
    rows = tuple(_duty(line, mail) for line in shown(lines))
    width = len(DUTIES) if any(row[-1] for row in rows) else len(DUTIES) - 1
    return Table(heads=DUTIES[:width], rows=tuple(row[:width] for row in rows))


def _duty(line: Line, mail: Mail) -> Cells:
    whose = "" if line.agency == mail.recipient_short else f" - {line.agency}"
    asked = "đề nghị " if line.ours else ""
    plan = f"; Kế hoạch ghi “{line.deadline_text}”" if line.item and not line.ours else ""
    day = f"{asked}{short_date(line.last_day)} ({days.left(line)}{plan})"
    about = f" ({line.event})" if line.event else ""
    return f"{what(line, CELL_WIDTH)}{about}{whose}", day, _notes(line)


def _notes(line: Line) -> str:
    parts = [_reminded(line.reminders)] if line.days_left < 0 else []
    parts += [_reason(line)] if line.reason else []
    parts += [part for part in (missed(line), excused(line)) if part]
    return upper_first("; ".join(part.rstrip(".") for part in parts if part))


def units(lines: Sequence[Line], *, with_area: bool) -> Table:
    """Return each unit once, with all that is missing of it; the worst of too many."""
    by_unit: dict[str, list[Line]] = {}
    for line in worst(lines):
        by_unit.setdefault(line.agency, []).append(line)
    rows = tuple(_unit(tuple(found), with_area=with_area) for found in by_unit.values())
    return Table(heads=UNITS, rows=rows)


def missed_sheets(lines: Sequence[Line]) -> Table:
    """Return the units whose chairperson has not looked at the sheets, each once."""
    by_unit = {line.agency: line for line in sorted(lines, key=lambda line: line.last_day)}
    rows = ((f"{x.agency}{_area(x)}", f"{count(x.streak)} tháng liền", month_of(x)) for x in by_unit.values())
    return Table(heads=SHEETS, rows=tuple(rows))


def _area(line: Line) -> str:
    return f" ({line.district})" if line.tier == "commune" and line.district else ""


def _unit(lines: tuple[Line, ...], *, with_area: bool) -> Cells:
    first = lines[0]
    return (
        f"{first.agency}{_area(first) if with_area else ''}",
        "; ".join(_owed(line) for line in lines),
        _told(lines),
    )


def _owed(line: Line) -> str:
    """Name a duty by its key or report, with how late it is; its day only where it is not shared."""
    name = f"{noun(line)} ({line.event})" if line.event else noun(line)
    how = f"đề nghị {short_date(line.last_day)}, {days.left(line)}" if line.ours else days.left(line)
    return f"{name} ({how})"


def _told(lines: tuple[Line, ...]) -> str:
    parts = [_reminded(_together(line.reminders for line in lines))]
    parts.append("; ".join(dict.fromkeys(_reason(line) for line in lines)))
    parts += dict.fromkeys(missed(line).rstrip(".") for line in lines if line.missed)
    if any(line.excused for line in lines):
        parts.append("chậm do tạm dừng theo địa bàn, thống kê riêng")
    parts += dict.fromkeys(unreachable(line) for line in lines if line.forwarded_for)
    return upper_first("; ".join(parts))


def _reason(line: Line) -> str:
    return f"lý do: {clip(line.reason.rstrip('.'), _REASON_WIDTH)}" if line.reason else "chưa nêu lý do"


def _reminded(told: Reminders) -> str:
    """Name the days of reminders that arrived, and of those that did not."""
    where = f" ({joined(told.addresses)})" if told.addresses else ""
    parts = [f"đã nhắc việc {dates(told.arrived)}" if told.arrived else NOT_REACHED]
    if told.refused:
        parts.append(f"thư {dates(told.refused)} chưa gửi được{where}")
    if told.bounced:
        parts.append(f"thư {dates(told.bounced)} bị trả lại{where}")
    if told.passed_on:
        parts.append(f"gửi nhờ chuyển {dates(told.passed_on)}")
    return "; ".join(parts)


def _together(several: Iterable[Reminders]) -> Reminders:
    """Put the reminders of one unit's duties together: a day on which one arrived counts once."""
    found = tuple(several)
    return Reminders(
        **{
            each.name: tuple(sorted({value for told in found for value in getattr(told, each.name)}))
            for each in fields(Reminders)
        }
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
    return tuple((f"{e.item} {brief(e.title, CELL_WIDTH)}", _by(e)) for e in entries)


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
