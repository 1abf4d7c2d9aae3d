"""The language of days: what a wording of time means, as a value that says its days and why (docs/adr/0033).

A value knows nothing of a plan. Within a life (signing to end of validity) it has turns: for which period,
open from which day, with which last day, and the reason in an official's words. `printed` gives the wording.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from obligations.calendar import ONE_DAY, WorkingCalendar
from obligations.errors import Invalid
from obligations.period import DAYS_OF_A_WEEK, MONTHS_OF_A_YEAR, ONCE, Period
from obligations.words import day, weekday


@dataclass(frozen=True, kw_only=True)
class Life:
    """The stretch of days in which a value is looked at, and the working days in it."""

    first: date
    """The day of signing: nothing is owed before it."""
    last: date
    calendar: WorkingCalendar
    after_end: bool = True
    """Whether a period that ends within the life is owed where its last day lies after it."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One time that something is owed."""

    period: Period
    opens: date
    counted: date
    """The last day before it is moved off a day off."""
    last: date
    reason: str
    """How that day comes about, without the wording before it and the day after it."""
    step: int = 0
    """Which milestone it belongs to, from 1; 0 where the wording has none."""
    strived: bool = False
    """Whether the day is only striven for ("phấn đấu")."""
    levels: tuple[tuple[str, date, str], ...] = ()
    """Levels with a day of their own, and how it comes about."""

    def why(self, wording: str) -> str:
        """Return the reason from the wording to the day, to be checked against the paper."""
        return f"'{wording}' → {self.how}"

    @property
    def how(self) -> str:
        """The same without the wording: how the day is reckoned, and the day."""
        return f"{self.reason} → {weekday(self.counted)}{moved(self.counted, self.last)}"


class Term(ABC):
    """What a wording of time means; each kind is a value of its own."""

    key: ClassVar[str]
    """Which `Wording` it is, by which ladders are chosen."""
    arrives: bool = False
    """Whether what reaches the collator is judged, not the completion."""

    @abstractmethod
    def turns(self, life: Life) -> list[Turn]:
        """Return each time it is owed within a life, in order; none of what has no day of itself."""

    @property
    def waits(self) -> str:
        """Why it has no day of itself; "" of what has."""
        return ""

    @property
    @abstractmethod
    def once(self) -> Period | None:
        """The one period it is owed for; None of what comes again, has steps or waits for an event."""

    @property
    @abstractmethod
    def printed(self) -> str:
        """The wording as a plan prints it, from which the same value is read."""

    @property
    def ladder(self) -> str:
        """The key by which ladders choose it."""
        return self.key


class Once(Term):
    """What is owed one time."""

    @property
    def once(self) -> Period | None:
        """The one period there is."""
        return ONCE


class Again(Term):
    """What comes again by the calendar or with each event, or has no day yet."""

    @property
    def once(self) -> Period | None:
        """None: it has no one period."""
        return None


class Unit(StrEnum):
    """What a count after an event or a signing is of."""

    DAY = "day"
    WORKING = "working"
    WEEK = "week"
    MONTH = "month"


UNIT_WORDS = {Unit.DAY: "ngày", Unit.WORKING: "ngày làm việc", Unit.WEEK: "tuần", Unit.MONTH: "tháng"}


def moved(counted: date, last: date) -> str:
    """Say that a day off was counted to and the next working day is meant; nothing where it was none."""
    if last == counted:
        return ""
    return f" là ngày nghỉ, chuyển sang ngày làm việc tiếp theo → {weekday(last)}"


def stretch(period: Period) -> str:
    """Name a stretch as plans print it: "tháng 01/2026", "Quý II/2026", "6 tháng đầu năm 2026"."""
    return f"tháng {period.month:02d}/{period.year}" if period.month else period.name()


def capital(text: str) -> str:
    """Return a wording as it begins a cell."""
    return text[:1].upper() + text[1:]


def day_in(year: int, month: int, number: int) -> date:
    """Return a day of a month, or its last (Civil Code 2015, article 148); month 13 is January."""
    over, before = divmod(month - 1, MONTHS_OF_A_YEAR)
    first = date(year + over, before + 1, 1)
    return min(first + timedelta(days=number - 1), Period.of_month(first.year, first.month).last_day)


def last_day_before(named: date) -> date:
    """Return the last day in time for "trước ngày …": the day before the one named (domain part 3)."""
    return named - ONE_DAY


def after(on: date, number: int, unit: Unit, calendar: WorkingCalendar) -> date:
    """Return the day so long after another, which is not counted itself; not yet moved off a day off."""
    match unit:
        case Unit.WORKING:
            return calendar.add(on, number)
        case Unit.MONTH:
            return day_in(on.year, on.month + number, on.day)
        case Unit.WEEK:
            return on + timedelta(days=number * DAYS_OF_A_WEEK)
        case Unit.DAY:
            return on + timedelta(days=number)


def counted_words(number: int, unit: Unit) -> str:
    """Write a count: "10 ngày làm việc", "01 tháng"."""
    return f"{number:02d} {UNIT_WORDS[unit]}"


def check_stretch(period: Period, field: str) -> None:
    """Refuse what is no month, quarter, half-year or year."""
    if not period.months:
        raise Invalid(f"{field}: cần một tháng, quý, nửa năm hoặc năm")


@dataclass(frozen=True, kw_only=True, slots=True)
class Before(Once):
    """Before a day, or before a stretch begins: the day itself does not count (domain part 3)."""

    key: ClassVar[str] = "before"
    at: date | Period
    arrives: bool = False
    recipient: str = ""
    """Whom the report goes to, as the wording names it."""

    def __post_init__(self) -> None:
        """Refuse a period without days; raises Invalid."""
        if isinstance(self.at, Period):
            check_stretch(self.at, "before")

    @property
    def named(self) -> date:
        """The day that is not in time any more."""
        return self.at.first_day if isinstance(self.at, Period) else self.at

    def turns(self, life: Life) -> list[Turn]:
        """Return the day before the one named."""
        not_counted = f"ngày {self.named.day} không tính"
        if isinstance(self.at, Period):
            not_counted = f"{stretch(self.at)} bắt đầu ngày {day(self.named)}, ngày này không tính"
        last = last_day_before(self.named)
        return [Turn(period=ONCE, opens=life.first, counted=last, last=last, reason=not_counted)]

    @property
    def printed(self) -> str:
        """Print "Trước ngày 15/7/2022", "Trước Quý III/2026"."""
        at = stretch(self.at) if isinstance(self.at, Period) else f"ngày {day(self.at)}"
        return reported(f"trước {at}", self.recipient, arrives=self.arrives)

    @property
    def ladder(self) -> str:
        """What has to reach the collator climbs a ladder of its own."""
        return "report_before" if self.arrives else self.key


@dataclass(frozen=True, kw_only=True, slots=True)
class By(Once):
    """By a day that counts itself."""

    key: ClassVar[str] = "by_day"
    on: date
    arrives: bool = False
    recipient: str = ""
    """Whom the report goes to, as the wording names it."""

    def turns(self, life: Life) -> list[Turn]:
        """Return the day itself."""
        last = self.on
        return [Turn(period=ONCE, opens=life.first, counted=last, last=last, reason="tính cả ngày này")]

    @property
    def printed(self) -> str:
        """Print "Chậm nhất ngày 30/4/2026"."""
        return reported(f"chậm nhất ngày {day(self.on)}", self.recipient, arrives=self.arrives)

    @property
    def ladder(self) -> str:
        """What has to reach the collator climbs a ladder of its own."""
        return "report_before" if self.arrives else self.key


def reported(when: str, recipient: str, *, arrives: bool) -> str:
    """Print a day by which something is done, or by which its report arrives with somebody."""
    if not arrives:
        return capital(when)
    return f"Báo cáo kết quả {f'về {recipient} ' if recipient else ''}{when}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Within(Term):
    """In a month, quarter, half-year or year: until its last calendar day, not moved off a day off."""

    key: ClassVar[str] = "within"
    period: Period

    def __post_init__(self) -> None:
        """Refuse a period without days; raises Invalid."""
        check_stretch(self.period, "within")

    @property
    def once(self) -> Period | None:
        """Its own period."""
        return self.period

    def turns(self, life: Life) -> list[Turn]:
        """Return the stretch's last day."""
        last = self.period.last_day
        reason = f"ngày cuối cùng của {self.period.name()}"
        opens = max(self.period.first_day, life.first)
        return [Turn(period=self.period, opens=opens, counted=last, last=last, reason=reason)]

    @property
    def printed(self) -> str:
        """Print "Quý II/2026", "Tháng 01/2026"."""
        return capital(stretch(self.period))

    @property
    def ladder(self) -> str:
        """A quarter has had a key of its own since the first plan."""
        return "quarter" if self.period.is_quarter else self.key
