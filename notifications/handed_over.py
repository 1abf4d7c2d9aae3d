"""How a mail speaks of what was taken over: of whom, by which resolution, what those had been told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from notifications import days
from notifications.bundle import shown
from notifications.card import CELL_WIDTH, which
from notifications.model import Line, Mail
from notifications.phrases import owner
from notifications.tables import Cells, Table
from notifications.wording import dates, joined, plain_date, short_date, upper_first
from obligations.words import count

HEADS = ("Việc", "Hạn cuối", "Bàn giao từ", "Đơn vị cũ đã được nhắc")
NAMED = 3
"""So many agencies are named in a cell or a sentence; more are counted."""


def taken(lines: Sequence[Line], mail: Mail) -> str:
    """Say since when the recipient holds what, of whom and by which resolution."""
    found = [line.taken_over for line in lines if line.taken_over is not None]
    on = sorted({over.on for over in found})
    papers = tuple(dict.fromkeys(over.resolution for over in found if over.resolution))
    since = f"Từ {dates(on)}, " if on else ""
    by = f", theo {joined(papers)}" if papers else ""
    what = "nhiệm vụ trên" if len(lines) == 1 else f"{count(len(lines))} nội dung sau"
    names = tuple(dict.fromkeys(name for over in found for name in over.of))
    whose = f" do {_named(names, mail)} bàn giao" if names else ""
    kept = "Thời hạn và những gì đã báo cáo không thay đổi."
    return upper_first(f"{since}{owner(mail)} tiếp tục thực hiện {what}{whose}{by}. {kept}")


def _named(names: Sequence[str], mail: Mail) -> str:
    """Name a few agencies, count more; one that bears the recipient's own name is told from it."""
    said = tuple(f"{name} (cũ)" if name == mail.recipient_short else name for name in names)
    return joined(said) if len(said) <= NAMED else f"{count(len(said))} đơn vị"


def told(line: Line) -> str:
    """Say what the agency before had been told."""
    arrived = line.reminders.arrived
    if not arrived:
        return "Trước bàn giao chưa có thư nhắc việc."
    return f"Trước bàn giao, đơn vị cũ đã được nhắc việc {dates(arrived)}."


def table(lines: tuple[Line, ...]) -> Table:
    """Return the duties that were taken over; the worst of too many."""
    return Table(heads=HEADS, rows=tuple(_row(line) for line in shown(lines)))


def _row(line: Line) -> Cells:
    day = f"{'đề nghị ' if line.ours else ''}{short_date(line.last_day)} ({days.left(line)})"
    names = line.taken_over.of if line.taken_over else ()
    of = joined(names) if len(names) <= NAMED else f"{count(len(names))} đơn vị"
    return which(line, CELL_WIDTH), day, of, _when(line.reminders.arrived) or "chưa"


def _when(told_on: Sequence[date]) -> str:
    """Name the days of a few reminders; of more say how many there were and when the last was."""
    many = f"{count(len(told_on))} lần, đến {plain_date(told_on[-1])}" if told_on else ""
    return dates(told_on) if len(told_on) <= NAMED else many
