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
MONTHS_OF_A_QUARTER, MONTHS_OF_A_YEAR = 3, 12
_WRITTEN = re.compile(
    r"once"
    r"|e-(?P<event>[0-9]{4}|[1-9][0-9]{4,8})"
    r"|(?P<year>[12][0-9]{3})-"
    r"(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])|(?P<cycle>[A-Za-z0-9]{1,8})-report)"
)
_KNOWN_AT_ONCE = 4096
"""So many periods are remembered; a plan's whole life has some dozens, its events some hundreds."""


class _Parts(NamedTuple):
    """What a period is made of; what it has not is None."""

    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    cycle: str | None = None
    event: int | None = None


class Period(str):
    """What one turn is called: once, a quarter, a month, a report of a cycle, an event's own.

    It is the text itself, known to be well written: `once`, `2022-Q3`, `2022-07`, `2022-Q3-report`,
    `2022-year-report`, `e-0001`. Whatever else is refused.
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
    def first_day(self) -> date:
        """Its first calendar day; only quarters and months have one of themselves."""
        year, month = self._begins()
        return date(year, month, 1)

    @property
    def last_day(self) -> date:
        """Its last calendar day; only quarters and months have one of themselves."""
        year, month = self._begins()
        last = month + (MONTHS_OF_A_QUARTER if self.is_quarter else 1) - 1
        over, after = divmod(last, MONTHS_OF_A_YEAR)
        return date(year + over, after + 1, 1) - timedelta(days=1)

    @property
    def next(self) -> Period:
        """The quarter after a quarter, the month after a month."""
        after = self.last_day + timedelta(days=1)
        return Period.of_quarter(after) if self.is_quarter else Period.of_month(after.year, after.month)

    def name(self, cycle: str = "") -> str:
        """Return what a sentence calls it: "Quý III/2022", "tháng 7 năm 2022", "lần phát sinh 7".

        What a cycle is called stands in its plan: with "Quý III" its report's is "Quý III năm 2022".
        """
        parts = _parts(self)
        if parts.quarter:
            return f"Quý {ROMAN[parts.quarter - 1]}/{parts.year}"
        if parts.month:
            return f"tháng {parts.month} năm {parts.year}"
        if parts.cycle:
            called = "" if parts.cycle == YEARLY else f"{cycle or parts.cycle} "
            return f"{called}năm {parts.year}"
        return "một lần" if parts.event is None else f"lần phát sinh {parts.event}"

    def _begins(self) -> tuple[int, int]:
        parts = _parts(self)
        month = parts.month or (MONTHS_OF_A_QUARTER * parts.quarter - 2 if parts.quarter else None)
        if parts.year is None or month is None:
            raise Invalid(f"kỳ '{self}' không có ngày đầu, ngày cuối")
        return parts.year, month


@lru_cache(maxsize=_KNOWN_AT_ONCE)
def _parts(written: str) -> _Parts:
    """Take a period apart: the one place where its text is read."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise Invalid(f"không có kỳ nào viết là '{written}'")
    year, quarter, month, event = (
        int(text) if (text := found[part]) else None for part in ("year", "quarter", "month", "event")
    )
    return _Parts(year, quarter, month, found["cycle"], event)


ONCE = Period("once")
"""What is owed once."""


def quarters(first: date, last: date) -> Iterator[Period]:
    """Yield the quarters from the one holding `first` to the one holding `last`."""
    period = Period.of_quarter(first)
    while period.first_day <= last:
        yield period
        period = period.next
