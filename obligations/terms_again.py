"""What comes again, goes on, or lasts from one day to another: values of the language of days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from obligations.calendar import ONE_DAY
from obligations.errors import Invalid
from obligations.period import HALVES, ONCE, Period
from obligations.terms import (
    Again,
    Life,
    Once,
    Turn,
    capital,
    day_in,
    last_day_before,
)
from obligations.terms_edges import Edge, check_edges, edge_words, first_of, last_of, lasting
from obligations.terms_levels import Levels, check_levels, in_words, says_the_whole
from obligations.words import ROMAN, WEEKDAYS, day, day_month, weekday

LONGEST_MONTH = 31
LONGEST_OF = {1: "tháng", 3: "quý", 6: "kỳ", 12: "năm"}


class Every(StrEnum):
    """How often something comes again."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


MONTHS = {Every.WEEK: 0, Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}
EVERY_WORDS = {
    Every.WEEK: "hằng tuần",
    Every.MONTH: "hằng tháng",
    Every.QUARTER: "hằng quý",
    Every.HALF: "định kỳ 6 tháng",
    Every.YEAR: "hằng năm",
}
COMES = {every: EVERY_WORDS[every] for every in (Every.MONTH, Every.QUARTER, Every.HALF, Every.YEAR)} | {
    Every.HALF: "6 tháng một lần"
}
"""How often a cycle comes, as a list says it; "định kỳ 6 tháng" is how a plan words it."""
RUNNING_WORDS = {Every.QUARTER: "định kỳ quý, 6 tháng, 9 tháng và năm", Every.HALF: "định kỳ 6 tháng và năm"}
PARTS_OF_A_YEAR = {f"Q{n}": f"Quý {roman}" for n, roman in enumerate(ROMAN, start=1)} | {
    f"H{n}": f"6 tháng {half} năm" for n, half in enumerate(HALVES, start=1)
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Window(Once):
    """From one day to another: open from the first, done by the last."""

    key: ClassVar[str] = "window"
    since: Edge
    until: Edge

    def __post_init__(self) -> None:
        """Refuse an end before the beginning; raises Invalid."""
        check_edges(self.since, self.until)

    def turns(self, life: Life) -> list[Turn]:
        """Return the last day of the stretch."""
        last = last_of(self.until)
        opens = max(first_of(self.since), life.first)
        reason = f"thực hiện từ ngày {day(first_of(self.since))}, ngày cuối cùng của khoảng thời gian"
        return [Turn(period=ONCE, opens=opens, counted=last, last=last, reason=reason)]

    @property
    def printed(self) -> str:
        """Print "Từ ngày 01/3/2026 đến ngày 31/5/2026", "Giai đoạn 2026-2030"."""
        years = (self.since, self.until)
        if all(isinstance(edge, Period) and edge.months == MONTHS[Every.YEAR] for edge in years):
            return f"Giai đoạn {first_of(self.since).year}-{last_of(self.until).year}"
        return f"Từ {edge_words(self.since)} đến {edge_words(self.until)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Continuous(Again):
    """All the time ("Thường xuyên"): no day of itself, a row in the report of each cycle."""

    key: ClassVar[str] = "continuous"
    report: Every | None = None
    """In which of the plan's cycles it is told; in all where the wording does not say."""
    since: Edge | None = None
    until: Edge | None = None

    def __post_init__(self) -> None:
        """Refuse an end before the beginning; raises Invalid."""
        check_edges(self.since, self.until)

    def turns(self, life: Life) -> list[Turn]:  # noqa: ARG002 - a cycle's day is the plan's
        """Return nothing: its days are those of the cycles."""
        return []

    def told_in(self, month: int, opened: date, last: date) -> bool:
        """Whether it is told in a cycle that ends in a month and is written between two days."""
        often = self.report is None or not MONTHS[self.report] or month % MONTHS[self.report] == 0
        begun = self.since is None or first_of(self.since) <= last
        return often and begun and (self.until is None or opened <= last_of(self.until))

    @property
    def waits(self) -> str:
        """Say that the cycles give its days."""
        return "không có hạn cuối riêng, kết quả nêu trong báo cáo các kỳ của kế hoạch"

    @property
    def printed(self) -> str:
        """Print "Thường xuyên", "Thường xuyên, báo cáo hằng quý", "Từ Quý I/2026"."""
        if self.report is None and self.until is None and self.since is not None:
            return f"Từ {edge_words(self.since)}"
        told = f", báo cáo {EVERY_WORDS[self.report]}" if self.report is not None else ""
        return f"Thường xuyên{told}{lasting(self.since, self.until)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Each(Again):
    """Again each week, month, quarter, half-year or year: by its end, or by a day of one of its months."""

    key: ClassVar[str] = "each"
    every: Every
    number: int | None = None
    """The day of the month, or of a week from 1 (Monday); None for the whole stretch."""
    month: int | None = None
    """Which month of the stretch, from 1; one more than it has is the first of the next."""
    counts: bool = True
    """Whether the day itself is in time ("chậm nhất ngày"), or not ("trước ngày")."""
    part: str = ""
    """The part of each year: Q1 to Q4, H1, H2."""
    running: bool = False
    """Whether each turn tells of the year so far ("6 tháng và năm")."""
    by_rule: bool = False
    """Whether a regulation says how long after each quarter (config/regulations.toml)."""
    since: Edge | None = None
    until: Edge | None = None
    levels: Levels = ()
    """Levels that have an earlier day of their own, in the same month; in time is counted alike."""

    def __post_init__(self) -> None:
        """Refuse days and months that no such stretch has; raises Invalid."""
        check_edges(self.since, self.until)
        check_levels(self.levels, self.number)
        self._check_day()
        length = MONTHS[self.every]
        if self.month is not None and not (length and 1 <= self.month <= length + 1):
            raise Invalid(f"month: {EVERY_WORDS[self.every]} không có tháng thứ {self.month}")
        if self.number is not None and length > 1 and self.month is None:
            raise Invalid("month: chưa rõ ngày của tháng nào trong kỳ")
        if self.running and self.every not in RUNNING_WORDS:
            raise Invalid("running: chỉ dùng cho quý và 6 tháng")
        if self.by_rule and (self.every is not Every.QUARTER or self.number or self.month):
            raise Invalid("by_rule: chỉ dùng cho cả quý")
        if self.part and (self.part not in PARTS_OF_A_YEAR or self.every is not Every.YEAR or self.number):
            raise Invalid("in: chỉ dùng cho một quý hoặc 6 tháng của mỗi năm")
        if self.part and self.month:
            raise Invalid("in: đã ghi tháng")

    def _check_day(self) -> None:
        most = len(WEEKDAYS) if self.every is Every.WEEK else LONGEST_MONTH
        if self.number is None:
            return
        if not 1 <= self.number <= most:
            raise Invalid(f"{'by' if self.counts else 'before'}: không có ngày {self.number}")
        if self.number == 1 and not self.counts and (self.month or 1) == 1:
            raise Invalid("before: trước ngày đầu của kỳ thì kỳ chưa bắt đầu")

    @property
    def ladder(self) -> str:
        """What a regulation dates has had a key of its own since the first plan."""
        return "every_quarter" if self.by_rule else self.key

    def periods(self, first: date, last: date) -> Iterator[Period]:
        """Yield the stretches from the one that holds a day to the one that holds another."""
        period = {
            Every.WEEK: Period.of_week(first),
            Every.MONTH: Period.of_month(first.year, first.month),
            Every.QUARTER: Period.of_quarter(first),
            Every.HALF: Period.of_half(first),
            Every.YEAR: Period.of_year(first.year),
        }[self.every]
        while period.first_day <= last:
            yield period
            period = period.next

    def turns(self, life: Life) -> list[Turn]:
        """Return each stretch that ends, or falls due, within the life and not before it was signed."""
        first = max(life.first, first_of(self.since)) if self.since is not None else life.first
        until = min(life.last, last_of(self.until)) if self.until is not None else life.last
        found = []
        for period in self.periods(first, until):
            opens, last, reason = self._turn(period)
            owed = min(last, period.last_day) <= until and (life.after_end or last <= life.last)
            if owed and last >= first:
                levels = tuple(self._of_levels(period))
                opens = max(opens, first)
                found.append(
                    Turn(period=period, opens=opens, counted=last, last=last, reason=reason, levels=levels)
                )
        return found

    def _of_levels(self, period: Period) -> Iterator[tuple[str, date, str]]:
        """Yield the day of each level that has one of its own, and why that."""
        for level, number in self.levels:
            _, last, reason = self._turn(period, number)
            yield level, last, f"{in_words(level)}, {reason} → {weekday(last)}"

    def _turn(self, period: Period, of_a_level: int | None = None) -> tuple[date, date, str]:
        """Return when a stretch opens, its last day, and why that; of all, or of a level's own day."""
        number = self.number if of_a_level is None else of_a_level
        if self.part:
            inner = Period(f"{period.year}-{self.part}")
            return inner.first_day, inner.last_day, f"ngày cuối cùng của {inner.name()}"
        if number is None and self.month is None:
            return period.first_day, period.last_day, f"ngày cuối cùng của {period.name()}"
        if self.every is Every.WEEK:
            named = date.fromisocalendar(*period.first_day.isocalendar()[:2], number or 1)
            last = named if self.counts else last_day_before(named)
            return period.first_day, last, f"{period.name()}: {self._counted(WEEKDAYS[named.weekday()])}"
        month = period.first_day.month + (self.month or 1) - 1
        whole = day_in(period.first_day.year, month, LONGEST_MONTH)
        if number is None:
            return whole.replace(day=1), whole, f"{period.name()}: ngày cuối cùng của tháng {whole.month}"
        last = day_in(whole.year, whole.month, number)
        if not self.counts:
            last = min(whole, whole.replace(day=1) + (number - 2) * ONE_DAY)
        reason = f"{period.name()}: {self._counted(f'ngày {number}/{whole.month}')}"
        return period.first_day, last, reason

    def _counted(self, named: str) -> str:
        return f"{named}, tính cả ngày này" if self.counts else f"{named} không tính"

    @property
    def waits(self) -> str:
        """Say that a regulation gives its days."""
        return "hết quý, cộng số ngày theo quy định áp dụng ngày đó" if self.by_rule else ""

    @property
    def printed(self) -> str:
        """Print "Hằng tháng, trước ngày 25", "Hằng quý, trước ngày 15 tháng cuối quý"."""
        often = RUNNING_WORDS[self.every] if self.running else EVERY_WORDS[self.every]
        rule = ", theo quy định" if self.by_rule else ""
        when = self._when()
        text = f"{often}{rule}{f', {when}' if when else ''}{lasting(self.since, self.until)}"
        return capital(text)

    def _when(self) -> str:
        if self.part:
            return f"trong {PARTS_OF_A_YEAR[self.part]}"
        if self.number is None:
            return f"trong {self._month()}" if self.month else ""
        whole = "" if says_the_whole(self.levels, self.number) else self._on(self.number)
        own = (f"{in_words(level)} {self._on(number)}" for level, number in self.levels)
        return ", ".join(part for part in (whole, *own) if part)

    def _on(self, number: int) -> str:
        """Say a day of each stretch: "trước ngày 15 tháng cuối quý", "chậm nhất thứ Hai"."""
        begins = "chậm nhất" if self.counts else "trước"
        if self.every is Every.WEEK:
            weekday = WEEKDAYS[number - 1]
            return f"{begins} {weekday[:1].lower()}{weekday[1:]}"
        if self.every is Every.YEAR:
            over, before = divmod((self.month or 1) - 1, MONTHS[Every.YEAR])
            # 31 days fit any month of the leap year 2000 that the calendar has; only the number is printed.
            text = f"{number:02d}/{day_month(date(2000, before + 1, 1)).partition('/')[2]}"
            return f"{begins} ngày {text}{' năm sau' if over else ''}"
        month = f" {self._month()}" if self.month not in (None, 1) or self.every is not Every.MONTH else ""
        return f"{begins} ngày {number:02d}{month}"

    def _month(self) -> str:
        """Name a month of the stretch: "tháng cuối quý", "tháng thứ 2 của quý", "tháng đầu quý sau"."""
        month, length = self.month or 1, MONTHS[self.every]
        whole = LONGEST_OF[length]
        if self.every is Every.MONTH:
            return "tháng này" if month == 1 else "tháng sau"
        if self.every is Every.YEAR:
            return f"tháng {month:02d}" if month <= length else "tháng 01 năm sau"
        if month > length:
            return f"tháng đầu {whole} sau"
        named = {1: f"tháng đầu {whole}", length: f"tháng cuối {whole}"}
        return named.get(month, f"tháng thứ {month} của {whole}")
