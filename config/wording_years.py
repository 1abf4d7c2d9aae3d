"""Which day or stretch of the calendar is meant that a wording names, and in which year if it names none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from config.wording_pieces import Piece, Point, Sort, Thing
from obligations.errors import Invalid
from obligations.period import Period
from obligations.terms_edges import Edge

CALLED = {Sort.MONTH: "tháng", Sort.QUARTER: "quý", Sort.HALF: "6 tháng", Sort.YEAR: "năm"}


class Unclear(Exception):
    """What the pieces come to together is not clear; the message is the question."""


@dataclass
class Years:
    """Which year is meant where none is written, and what has to be asked of that."""

    given: int | None
    """The year the reader was told."""
    signed: date | None
    stated: tuple[int, ...] = ()
    """The years the wording itself writes."""
    doubts: list[str] = field(default_factory=list)

    def of(self, thing: Thing) -> int:
        """Return the year of a thing; raises Unclear where nobody knows it."""
        if thing.short_year:
            self.doubt(f"Năm ghi hai chữ số, hiểu là {thing.year}")
        if thing.year is not None:
            return thing.year
        if self.given is not None:
            return self.given + thing.next_year
        if len(set(self.stated)) == 1:
            self.doubt(f"Chưa ghi năm, hiểu là năm {self.stated[0]} như phần còn lại")
            return self.stated[0]
        if self.signed is not None:
            self.doubt(f"Chưa ghi năm, hiểu là năm {self.signed.year} (năm ký)")
            return self.signed.year + thing.next_year
        raise Unclear("Chưa ghi năm")

    def is_meant(self, pieces: list[Piece]) -> bool:
        """Whether pieces name nothing but the year that is meant all through."""
        only = pieces[0] if len(pieces) == 1 else None
        if not isinstance(only, Point) or only.part is not None or only.thing.sort is not Sort.YEAR:
            return False
        meant = self.given if self.given is not None else self.stated[0]
        return only.rel in ("", "IN") and only.thing.year == meant and len(set(self.stated)) == 1

    def doubt(self, words: str) -> None:
        """Ask something, once."""
        if words not in self.doubts:
            self.doubts.append(words)


def edge_of(thing: Thing, years: Years) -> Edge:
    """Return the day or stretch at which something begins or ends; raises Unclear."""
    if thing.sort is Sort.DATE:
        return day_of(thing, years)
    return stretch_of(thing, years)


def day_of(thing: Thing, years: Years) -> date:
    """Return the day a thing names; raises Unclear where the calendar has none such."""
    year = years.of(thing)
    try:
        return date(year, thing.month or 0, thing.number)
    except ValueError as error:
        raise Unclear(f"Không có ngày {thing.number}/{thing.month}/{year}") from error


def stretch_of(thing: Thing, years: Years) -> Period:
    """Return the month, quarter, half-year or year a thing names; raises Unclear."""
    if thing.that_month or thing.sort in (Sort.NUMBER, Sort.WEEKDAY):
        raise Unclear("Chưa rõ ngày của tháng, quý nào")
    year = years.of(thing)
    try:
        match thing.sort:
            case Sort.MONTH:
                return Period.of_month(year, thing.number)
            case Sort.QUARTER:
                return Period(f"{year}-Q{thing.number}")
            case Sort.HALF:
                return Period(f"{year}-H{thing.number}")
            case _:
                return Period.of_year(year)
    except Invalid as error:
        raise Unclear(f"Không có {CALLED[thing.sort]} {thing.number}") from error
