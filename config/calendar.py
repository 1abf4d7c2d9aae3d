"""The working calendar of Việt Nam: the library's public holidays under the overlay of calendar.toml."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from config.errors import FaultLog
from config.mirror import Mirror
from config.reading import TomlFile
from obligations.calendar import ONE_DAY, SATURDAY, WorkingCalendar, YearDays

SWAPPED_WITHIN = timedelta(days=31)
"""A day off and the weekend day worked for it lie no further apart, as the yearly decisions have it."""


class DayRow(Mirror):
    """[[off]] or [[work]] of calendar.toml."""

    date: datetime.date
    note: str = ""


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
    return YearDays(
        off=frozenset(holidays - extra_work),
        work=frozenset(make_up - extra_off),
        doubtful=frozenset(_unexplained(set(off), set(work), set(known), set(known.weekend_workdays))),
    )


def _unexplained(off: set[date], work: set[date], holidays: set[date], make_up: set[date]) -> set[date]:
    """Return the days of the overlay that neither a swap nor a holiday beside them explains.

    A day taken off is swapped for a weekend day worked within a month, or it lies beside a public holiday
    with weekends between, as the days added to Tết do. A weekend day is worked for a weekday taken off.
    """
    free = {day for day in off if day.weekday() < SATURDAY and day not in holidays}
    worked = {day for day in work if day.weekday() >= SATURDAY and day not in make_up}
    cancelled = {day for day in work if day in holidays and day.weekday() < SATURDAY}
    lone = {day for day in free if not _beside(day, holidays, off)}
    unpaired = {day for day in lone if not any(abs(day - other) <= SWAPPED_WITHIN for other in worked)}
    given_back = {day for day in worked if not any(abs(day - other) <= SWAPPED_WITHIN for other in free)}
    return unpaired | given_back | cancelled


def _beside(day: date, holidays: set[date], off: set[date]) -> bool:
    """Whether nothing but days off lies between a day and a public holiday."""
    for step in (ONE_DAY, -ONE_DAY):
        near = day + step
        while near.weekday() >= SATURDAY or near in off or near in holidays:
            if near in holidays:
                return True
            near += step
    return False
