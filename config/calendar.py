"""The working calendar of Việt Nam: the library's public holidays under the overlay of calendar.toml."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from config.errors import FaultLog
from config.files import DayRow
from config.reading import TomlFile
from obligations.calendar import WorkingCalendar, YearDays


def load_calendar(directory: Path, log: FaultLog) -> WorkingCalendar:
    """Read calendar.toml into a calendar that asks the library for each year when first needed."""
    file = TomlFile(directory / "calendar.toml", log)
    off = {row.date for row in file.rows("off", DayRow, "date")}
    work = {row.date for row in file.rows("work", DayRow, "date")}
    file.finish()
    for day in off & work:
        log.add(file.name, f"ngày nghỉ {day}", "date", "vừa là ngày nghỉ vừa là ngày làm việc")
    return WorkingCalendar(lambda year: overlaid(year, off, work))


def overlaid(year: int, off: Iterable[date], work: Iterable[date]) -> YearDays:
    """Return one year's days off and make-up days, the overlay having the last word."""
    from holidays import country_holidays  # noqa: PLC0415 - a tenth of a second, paid when a year is asked for

    known = country_holidays("VN", years=year)
    extra_off = {day for day in off if day.year == year}
    extra_work = {day for day in work if day.year == year}
    holidays = {day for day in known if day.year == year} | extra_off
    make_up = {day for day in known.weekend_workdays if day.year == year} | extra_work
    return YearDays(off=frozenset(holidays - extra_work), work=frozenset(make_up - extra_off))
