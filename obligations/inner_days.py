"""Inner days: by when each level below a desk sends, so that the plan's own day can be kept above it."""

from __future__ import annotations

from datetime import date

from obligations.calendar import WorkingCalendar
from obligations.levels import Levels
from obligations.words import count, weekday


def inner_days(
    levels: Levels, last: date, working_days: int, calendar: WorkingCalendar, why: str
) -> dict[str, tuple[date, str]]:
    """Return by level the earlier day and its reason; a level lower again sends so much earlier again."""
    found: dict[str, tuple[date, str]] = {}
    for level in levels.below_desks if working_days else ():
        days = working_days * (len(levels.below_desks) - level.rank)
        day = calendar.add(last, -days)
        reason = (
            f"{why} là ngày báo cáo đến cơ quan đầu mối tổng hợp; {level.name} gửi"
            f" {levels.above(level).agency} trước {count(days)} ngày làm việc → {weekday(day)}"
        )
        found[level.key] = day, reason
    return found
