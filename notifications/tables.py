"""Tables in mails: several duties of one unit, and several units, each of them once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from notifications import days
from notifications.bundle import by_unit, limit, listed, shown, worst
from notifications.buttons import waits_elsewhere
from notifications.card import CELL_WIDTH, called, what, which
from notifications.model import AreaCount, Line, Mail, Upcoming
from notifications.phrases import (
    EVENT_WIDTH,
    REASON_WIDTH,
    again,
    bracketed,
    excused,
    missed,
    month_of,
    noun,
    reason,
    unreachable,
)
from notifications.reminded import NOT_REACHED, together
from notifications.wording import clip, dates, joined, lower_first, plain_date, short_date, upper_first
from obligations.reminders import Reminders
from obligations.words import about, count

DUTIES = ("Việc", "Hạn cuối", "Ghi chú")
DAYS_NAMED = 4
SHEETS = ("Đơn vị", "Chưa xem xét")
REVIEWS = ("Đơn vị", "Báo cáo", "Đã gửi")
UNITS = ("Đơn vị", "Chưa có kết quả", "Đã nhắc việc; lý do")
AREAS = ("Việc", "Hạn cuối", "Đã báo cáo")

Cells = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table's headings and rows."""

    heads: Cells
    rows: tuple[Cells, ...]


def duties(lines: tuple[Line, ...], mail: Mail) -> Table:
    """Return the duties of one mail, the day beside each; the form has those that are too many."""
    # What is told again says so once, above the table, where it is the same for all.
    counted = not again(lines)
    rows = tuple(_duty(line, mail, counted=counted) for line in listed(lines, mail))
    width = len(DUTIES) if any(row[-1] for row in rows) else len(DUTIES) - 1
    return Table(heads=DUTIES[:width], rows=tuple(row[:width] for row in rows))


def _duty(line: Line, mail: Mail, *, counted: bool) -> Cells:
    whose = "" if line.agency == mail.recipient_short else f" - {line.agency}"
    parts = (
        lower_first(again((line,))) if counted else "",
        reason(line),
        lower_first(missed(line)),
        lower_first(excused(line)),
    )
    notes = upper_first("; ".join(part.rstrip(".") for part in parts if part))
    return f"{which(line, CELL_WIDTH)}{whose}", _day(line), notes


def _day(line: Line) -> str:
    return f"{'đề nghị ' if line.ours else ''}{short_date(line.last_day)} ({days.left(line)})"


def forwarded(lines: tuple[Line, ...]) -> Table:
    """Return the duties of one unit that its mail is passed on about."""
    rows = tuple((_passed_on(line), _day(line)) for line in shown(lines))
    return Table(heads=DUTIES[: len(DUTIES) - 1], rows=rows)


def _passed_on(line: Line) -> str:
    if not line.asked:
        return which(line, CELL_WIDTH)
    return f"Bổ sung {lower_first(which(line, CELL_WIDTH))} ({lower_first(line.asked.rstrip('.'))})"


def units(lines: Sequence[Line], *, with_area: bool) -> Table:
    """Return each unit once, with all that is missing of it; the worst of too many."""
    rows = tuple(_unit(found, with_area=with_area) for found in by_unit(worst(lines)))
    return Table(heads=UNITS, rows=rows)


def reviews(lines: Sequence[Line], mail: Mail) -> Table:
    """Return the reports that wait for a review, the reader's own and the longest first; a file has all."""
    waiting = sorted(lines, key=lambda x: (waits_elsewhere(mail, (x,)), x.handed_in_on or date.max, x.agency))
    rows = tuple((x.agency, upper_first(noun(x)), _sent(x, mail)) for x in waiting[: limit("review")])
    return Table(heads=REVIEWS, rows=rows)


def _sent(line: Line, mail: Mail) -> str:
    with_whom = line.reports_to and mail.recipient_level.top
    parts = [f"gửi ngày {plain_date(line.handed_in_on)}"] if line.handed_in_on else []
    through = f" ({via})" if (via := line.way.via.strip()) else ""
    parts += [f"đang chờ {line.above}{through} xác nhận"] if with_whom else []
    parts += [said.rstrip(".")] if (said := lower_first(missed(line))) else []
    return "; ".join(parts)


def missed_sheets(lines: Sequence[Line], *, with_area: bool) -> Table:
    """Return the units whose chairperson has not looked at the sheets, each once."""
    latest = {line.agency: line for line in sorted(lines, key=lambda line: line.last_day)}
    rows = (
        (
            f"{x.agency}{_area(x) if with_area else ''}",
            f"{count(x.streak)} tháng liền chưa xem xét kịp thời, gần nhất là {month_of(x)}",
        )
        for x in latest.values()
    )
    return Table(heads=SHEETS, rows=tuple(rows))


def _area(line: Line) -> str:
    return f" ({line.district})" if line.reports_to else ""


def _unit(lines: tuple[Line, ...], *, with_area: bool) -> Cells:
    first = lines[0]
    return f"{first.agency}{_area(first) if with_area else ''}", _owed(lines), _told(lines)


def _owed(lines: Sequence[Line]) -> str:
    """Name what a unit owes, with how late it is: once for what is equally late."""
    alike: dict[str, list[Line]] = {}
    for line in lines:
        alike.setdefault(_how(line), []).append(line)
    return "; ".join(_all_so(_nouns(found), how) for how, found in alike.items())


def _all_so(names: str, how: str) -> str:
    """Say how late something is: behind the last of several brackets it would be said of that alone."""
    return f"{names}, đều {how}" if names.count(")") > 1 else bracketed(names, how)


def _how(line: Line) -> str:
    return f"đề nghị {short_date(line.last_day)}, {days.left(line)}" if line.ours else days.left(line)


def _nouns(lines: Sequence[Line]) -> str:
    """Name several duties: "nhiệm vụ 4.6, 5.1; báo cáo Quý III năm 2022"."""
    plain = [line for line in lines if line.item and not (line.event or line.quarter)]
    apart = [noun(line) for line in lines if line not in plain]
    keys = ", ".join(dict.fromkeys(str(line.item) for line in plain))
    return "; ".join([*([f"nhiệm vụ {keys}"] if keys else []), *dict.fromkeys(apart)])


def _told(lines: tuple[Line, ...]) -> str:
    parts = [_reminded(together(line.reminders for line in lines))]
    parts.append("; ".join(dict.fromkeys(_reason(line) for line in lines)))
    parts += dict.fromkeys(said.rstrip(".") for line in lines if (said := lower_first(missed(line))))
    if any(line.excused for line in lines):
        parts.append("có thời gian tạm dừng theo địa bàn")
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


def areas(found: Sequence[AreaCount]) -> Table:
    """Return how each item stands among the units of a place."""
    rows = ((which(area.missing[0], CELL_WIDTH), _area_day(area), standing(area)) for area in found)
    return Table(heads=AREAS, rows=tuple(rows))


def _area_day(area: AreaCount) -> str:
    first = area.missing[0]
    if first.ours and first.plan_day and first.plan_day > area.last_day:
        return f"đề nghị {short_date(area.last_day)} (hạn của Kế hoạch: {short_date(first.plan_day)})"
    source = days.source(first)
    called_so = f"{days.label(first)} {short_date(area.last_day)}"
    return lower_first(f"{called_so} ({source})" if source else called_so)


def standing(area: AreaCount) -> str:
    """Say how one item stands among the units of a place: "18/21 đã báo cáo (đúng hạn 16, sau hạn 02)"."""
    done = f"{count(area.done)}/{count(area.total)} đã báo cáo"
    asked = any(line.ours for line in area.missing)
    kept, passed = ("kịp ngày đề nghị", "sau ngày đề nghị") if asked else ("đúng hạn", "sau thời hạn")
    how = ", ".join(f"{n} {count(x)}" for n, x in ((kept, area.done_in_time), (passed, area.done_late)) if x)
    desk = next((line.way.office for line in area.missing), "")
    waiting = f"; {count(area.awaiting_review)} chờ {desk} xác nhận" if area.awaiting_review else ""
    return f"{done}{f' ({how})' if how else ''}{waiting}"


def opening(entries: Sequence[Line | Upcoming]) -> tuple[Cells, ...]:
    """Return the dated tasks of an opening letter."""
    return tuple((about(called(e, CELL_WIDTH), clip(e.event, EVENT_WIDTH)), _by(e)) for e in entries)


def cycles(entries: Sequence[Line | Upcoming], mail: Mail) -> tuple[Cells, ...]:
    """Return an opening letter's own plan, reports with the day their figures close, and sheets."""
    rows = [(_cyclic(e), _by(e)) for e in entries]
    if mail.sheet_day:
        day = f"đề nghị ngày {count(mail.sheet_day)} tháng sau"
        rows.append((f"{mail.recipient_level.post} xem xét bảng theo dõi hằng tháng", day))
    return tuple(rows)


def _cyclic(entry: Line | Upcoming) -> str:
    if isinstance(entry, Line) and entry.is_own_plan:
        return what(entry)
    closed = f" (chốt số liệu {short_date(entry.closes_on)})" if entry.closes_on else ""
    return f"{entry.title}{closed}"


def _by(entry: Line | Upcoming) -> str:
    return f"{'đề nghị ' if entry.ours else ''}{short_date(entry.last_day)}"
