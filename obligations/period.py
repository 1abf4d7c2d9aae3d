"""A period: which turn of a piece of work is meant, as keys, rows, addresses and JSON write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from obligations.errors import Invalid
from obligations.words import ROMAN

YEARLY = "year"
"""The key of the cycle whose report is of the whole year."""
MONTHS_OF_A_QUARTER, MONTHS_OF_A_HALF, MONTHS_OF_A_YEAR = 3, 6, 12
HALVES = ("đầu", "cuối")
_WRITTEN = re.compile(
    r"once"
    r"|e-(?P<event>[0-9]{4}|[1-9][0-9]{4,8})"
    r"|step-(?P<step>[1-9][0-9]?)"
    r"|(?P<year>[12][0-9]{3})-"
    r"(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])|(?P<cycle>[A-Za-z0-9]{1,8})-report"
    r"|H(?P<half>[12])|W(?P<week>0[1-9]|[1-4][0-9]|5[0-3])|Y)"
)
DAYS_OF_A_WEEK = 7
_KNOWN_AT_ONCE = 4096
"""So many periods are remembered; a plan's whole life has some dozens, its events some hundreds."""


class _Parts(NamedTuple):
    """What a period is made of; what it has not is None."""

    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    cycle: str | None = None
    event: int | None = None
    half: int | None = None
    week: int | None = None
    step: int | None = None


class Period(str):
    """What one turn is called: once, a stretch of the calendar, a cycle's report, an event's or a step's own.

    It is the text itself, known to be well written: `once`, `2022-Q3`, `2022-07`, `2022-H1`, `2022-W05`,
    `2022-Y`, `2022-Q3-report`, `2022-year-report`, `e-0001`, `step-1`. Whatever else is refused.
    """

    __slots__ = ()

    def __new__(cls, written: str) -> Period:
        """Take a period as it is written; raise Invalid where it is none."""
        _parts(written)
        return super().__new__(cls, written)

    @classmethod
    def of_quarter(cls, day: date) -> Period:
        """Return the quarter that holds a day: 2022-Q3."""
        return cls(f"{day.year}-Q{(day.month - 1) // MONTHS_OF_A_QUARTER + 1}")

    @classmethod
    def of_month(cls, year: int, month: int) -> Period:
        """Return a month: 2022-07."""
        return cls(f"{year}-{month:02d}")

    @classmethod
    def of_cycle(cls, year: int, key: str) -> Period:
        """Return what a cycle's report of a year is of: 2022-Q3-report."""
        return cls(f"{year}-{key}-report")

    @classmethod
    def of_event(cls, number: int) -> Period:
        """Return the period of what a recorded event opened: e-0001."""
        return cls(f"e-{number:04d}")

    @classmethod
    def of_half(cls, day: date) -> Period:
        """Return the half-year that holds a day: 2022-H1."""
        return cls(f"{day.year}-H{1 if day.month <= MONTHS_OF_A_HALF else 2}")

    @classmethod
    def of_year(cls, year: int) -> Period:
        """Return a whole year: 2022-Y."""
        return cls(f"{year}-Y")

    @classmethod
    def of_week(cls, day: date) -> Period:
        """Return the week, Monday to Sunday, that holds a day: 2022-W05."""
        year, week, _ = day.isocalendar()
        return cls(f"{year}-W{week:02d}")

    @classmethod
    def of_step(cls, number: int) -> Period:
        """Return the period of an item's so manieth milestone: step-1."""
        return cls(f"step-{number}")

    @property
    def year(self) -> int | None:
        """The year it is named by; None for what is owed once or by an event."""
        return _parts(self).year

    @property
    def quarter(self) -> int | None:
        """1 to 4, of a quarter."""
        return _parts(self).quarter

    @property
    def month(self) -> int | None:
        """1 to 12, of a month."""
        return _parts(self).month

    @property
    def cycle(self) -> str | None:
        """The key of the cycle, of a cycle's report."""
        return _parts(self).cycle

    @property
    def event(self) -> int | None:
        """The number of the event that opened it."""
        return _parts(self).event

    @property
    def half(self) -> int | None:
        """1 or 2, of a half-year."""
        return _parts(self).half

    @property
    def week(self) -> int | None:
        """1 to 53, of a week."""
        return _parts(self).week

    @property
    def step(self) -> int | None:
        """The number of the milestone."""
        return _parts(self).step

    @property
    def months(self) -> int:
        """How many months it lasts; 0 of what is no month, quarter, half-year or year."""
        parts = _parts(self)
        if parts.month:
            return 1
        if parts.quarter:
            return MONTHS_OF_A_QUARTER
        if parts.half:
            return MONTHS_OF_A_HALF
        return MONTHS_OF_A_YEAR if parts.year and not (parts.cycle or parts.week) else 0

    @property
    def is_once(self) -> bool:
        """Whether the work comes once and not again."""
        return self == ONCE

    @property
    def is_quarter(self) -> bool:
        """Whether it is a quarter."""
        return self.quarter is not None

    @property
    def is_report(self) -> bool:
        """Whether it is what a cycle's report is of."""
        return self.cycle is not None

    @property
    def is_event(self) -> bool:
        """Whether an event opened it."""
        return self.event is not None

    @property
    def is_of_the_calendar(self) -> bool:
        """Whether the same work comes again by the calendar: in quarters, months or reports' turns."""
        return self.year is not None

    @property
    def is_a_turn(self) -> bool:
        """Whether a task's name has to say it: a stretch of the calendar, or a milestone."""
        return bool(self.months or self.week or self.step)

    @property
    def first_day(self) -> date:
        """Its first calendar day; only stretches of the calendar have one of themselves."""
        year, month = self._begins()
        return date.fromisocalendar(year, self.week, 1) if self.week else date(year, month, 1)

    @property
    def last_day(self) -> date:
        """Its last calendar day; only stretches of the calendar have one of themselves."""
        year, month = self._begins()
        if self.week:
            return date.fromisocalendar(year, self.week, DAYS_OF_A_WEEK)
        over, after = divmod(month + self.months - 1, MONTHS_OF_A_YEAR)
        return date(year + over, after + 1, 1) - timedelta(days=1)

    @property
    def next(self) -> Period:
        """The stretch of the same kind that follows."""
        return self.at(self.last_day + timedelta(days=1))

    def at(self, day: date) -> Period:
        """Return the stretch of the same kind that holds a day."""
        if self.week:
            return Period.of_week(day)
        if self.half:
            return Period.of_half(day)
        if self.is_quarter:
            return Period.of_quarter(day)
        return Period.of_month(day.year, day.month) if self.month else Period.of_year(day.year)

    def name(self, cycle: str = "") -> str:
        """Return what a sentence calls it: "Quý III/2022", "tháng 7 năm 2022", "lần phát sinh 7".

        What a cycle is called stands in its plan: with "Quý III" its report's is "Quý III năm 2022".
        """
        parts = _parts(self)
        if parts.year is not None:
            return _called(parts, cycle)
        if parts.step:
            return f"mốc {parts.step}"
        return "một lần" if parts.event is None else f"lần phát sinh {parts.event}"

    def _begins(self) -> tuple[int, int]:
        parts = _parts(self)
        if parts.year is None or not (self.months or parts.week):
            raise Invalid(f"kỳ '{self}' không có ngày đầu, ngày cuối")
        if parts.half:
            return parts.year, MONTHS_OF_A_HALF * (parts.half - 1) + 1
        return parts.year, parts.month or (MONTHS_OF_A_QUARTER * parts.quarter - 2 if parts.quarter else 1)


def _called(parts: _Parts, cycle: str) -> str:
    """Name a stretch of the calendar, or the report of a cycle called so."""
    if parts.cycle:
        called = "" if parts.cycle == YEARLY else f"{cycle or parts.cycle} "
    elif parts.quarter:
        return f"Quý {ROMAN[parts.quarter - 1]}/{parts.year}"
    elif parts.half:
        called = f"6 tháng {HALVES[parts.half - 1]} "
    else:
        called = f"tháng {parts.month} " if parts.month else f"tuần {parts.week} " if parts.week else ""
    return f"{called}năm {parts.year}"


@lru_cache(maxsize=_KNOWN_AT_ONCE)
def _parts(written: str) -> _Parts:
    """Take a period apart: the one place where its text is read."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise Invalid(f"không có kỳ nào viết là '{written}'")
    numbers = {part: int(text) for part, text in found.groupdict().items() if text and part != "cycle"}
    parts = _Parts(**numbers, cycle=found["cycle"])
    if parts.week and parts.year and parts.week > date(parts.year, 12, 28).isocalendar().week:
        raise Invalid(f"năm {parts.year} không có tuần {parts.week}")
    return parts


ONCE = Period("once")
"""What is owed once."""


def quarters(first: date, last: date) -> Iterator[Period]:
    """Yield the quarters from the one holding `first` to the one holding `last`."""
    period = Period.of_quarter(first)
    while period.first_day <= last:
        yield period
        period = period.next
