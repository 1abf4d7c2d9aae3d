"""Working days: Monday to Friday less days off, plus make-up Saturdays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""Days are Vietnamese days, wherever the machine stands."""

SATURDAY = 5
ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Between these lies every day that means something here; the calendar's own end is far off."""


def is_thinkable(day: date) -> bool:
    """Whether a day lies in years that a plan or a document of ours can speak of."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


@dataclass(frozen=True)
class YearDays:
    """What one year deviates by: days off on weekdays and working days on weekends."""

    off: frozenset[date]
    work: frozenset[date]
    doubtful: frozenset[date] = frozenset()
    """Days that somebody's own list made free or worked, and that no holiday and no swap nearby explains."""


class WorkingCalendar:
    """Counts in working days; a year's deviations are asked of `source` once, when first needed."""

    def __init__(self, source: Callable[[int], YearDays]) -> None:
        self._source = source
        self._years: dict[int, YearDays] = {}

    def year(self, year: int) -> YearDays:
        """Return the deviations of a year."""
        if year not in self._years:
            self._years[year] = self._source(year)
        return self._years[year]

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day."""
        days = self.year(day.year)
        return day in days.work or (day.weekday() < SATURDAY and day not in days.off)

    def next_working(self, day: date) -> date:
        """Return the day itself if it is a working day, else the next one."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def previous_working(self, day: date) -> date:
        """Return the day itself if it is a working day, else the one before."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def add(self, day: date, working_days: int) -> date:
        """Return the day so many working days after (before, if negative) `day`, itself not counted."""
        step = ONE_DAY if working_days > 0 else -ONE_DAY
        for _ in range(abs(working_days)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        days = 0
        while start < end:
            start += ONE_DAY
            days += self.is_working(start)
        return days

    def week_start(self, day: date) -> date:
        """Return the first working day of the week (Monday to Sunday) that `day` lies in.

        A week without a working day has none; its Monday is returned then.
        """
        monday = day - timedelta(days=day.weekday())
        first = self.next_working(monday)
        return first if first < monday + timedelta(days=7) else monday

    def monday_mail(self, day: date) -> date:
        """Return the first "first working day of a week" on or after `day`: when the weekly mail leaves."""
        while True:
            first = self.week_start(day)
            if first >= day and self.is_working(first):
                return first
            day = day - timedelta(days=day.weekday()) + timedelta(days=7)
