"""The beginning, the middle, the end of a stretch of the calendar: values of the language of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from obligations.calendar import ONE_DAY
from obligations.period import MONTHS_OF_A_QUARTER, MONTHS_OF_A_YEAR, ONCE, Period
from obligations.terms import Life, Once, Turn, capital, check_stretch, day_in, stretch

CIVIL_CODE = "Bộ luật Dân sự 2015, Điều 146"
MIDDLE_DAY = 15
"""The middle of a month (Civil Code 2015, article 146, clause 3)."""


class Part(StrEnum):
    """Which point of a month, quarter or year is meant by đầu, giữa, cuối."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


PART_WORDS = {Part.START: "đầu", Part.MIDDLE: "giữa", Part.END: "cuối"}


@dataclass(frozen=True, kw_only=True, slots=True)
class At(Once):
    """The beginning, the middle or the end of a month, quarter or year (Civil Code 2015, article 146)."""

    key: ClassVar[str] = "at"
    part: Part
    of: Period

    def __post_init__(self) -> None:
        """Refuse a period without days; raises Invalid."""
        check_stretch(self.of, "of")

    @property
    def in_law(self) -> bool:
        """Whether the law says which day that is: of a month and a year it does."""
        return self.of.months in (1, MONTHS_OF_A_YEAR)

    def turns(self, life: Life) -> list[Turn]:
        """Return the first, the middle or the last day of the stretch."""
        law = CIVIL_CODE if self.in_law else f"theo cách hiểu tại {CIVIL_CODE}"
        called = {Part.START: "ngày đầu tiên", Part.MIDDLE: "ngày giữa", Part.END: "ngày cuối cùng"}[
            self.part
        ]
        last = {Part.START: self.of.first_day, Part.MIDDLE: self._middle(), Part.END: self.of.last_day}[
            self.part
        ]
        reason = f"{called} của {self.of.name()} ({law})"
        return [Turn(period=ONCE, opens=life.first, counted=last, last=last, reason=reason)]

    def _middle(self) -> date:
        """Return the 15th of a month, the 30th of June of a year; by analogy of a quarter and a half."""
        first = self.of.first_day
        if self.of.months in (1, MONTHS_OF_A_QUARTER):
            return day_in(first.year, first.month + self.of.months // 2, MIDDLE_DAY)
        return day_in(first.year, first.month + self.of.months // 2, 1) - ONE_DAY

    @property
    def printed(self) -> str:
        """Print "Giữa tháng 05/2026"."""
        return capital(f"{PART_WORDS[self.part]} {stretch(self.of)}")
