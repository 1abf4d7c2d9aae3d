"""What comes again, from pieces: how often, and on which day of each week, month, quarter, half or year."""

from __future__ import annotations

import re
from typing import NamedTuple

from config.wording_pieces import Often, Point, Sort, Thing
from config.wording_years import Unclear, Years, day_of
from obligations.terms import Term
from obligations.terms_again import MONTHS, Each, Every
from obligations.terms_edges import Edge

ORDINALS = {"hai": 2, "ba": 3, "tư": 4, "năm": 5}
Stretch = tuple[Every | None, int, bool]


class Place(NamedTuple):
    """Where in its stretch a day lies; nothing of the whole stretch."""

    number: int | None = None
    month: int | None = None
    part: str = ""


def that_month(words: str) -> Stretch:
    """Return of which stretch it is a month, the how manieth (0 is the last), and whether of the next one."""
    text = " ".join(words.lower().split())
    after = text.endswith(("sau", "tiếp theo", "kế tiếp", "liền kề"))
    if "quý" not in text and "kỳ" not in text:
        return None, 2 if after else 1, after
    every = Every.QUARTER if "quý" in text else Every.HALF
    found = re.search(r"thứ (\d|hai|ba|tư|năm)", text)
    number = int(ORDINALS.get(found[1], 0) or found[1]) if found else (0 if "cuối" in text else 1)
    if after and number != 1:
        raise Unclear("Chưa rõ tháng nào của kỳ sau")
    return every, number, after


def each_of(often: Often | None, others: list[Point], since: Edge | None, until: Edge | None) -> Term:
    """Return what comes again, by a day of each stretch or its end; raises Unclear."""
    if len(others) > 1:
        raise Unclear("Hai ngày trong một kỳ")
    point = others[0] if others else None
    stretch = that_month(point.thing.that_month) if point and point.thing.that_month else None
    every = often.every if often else stretch[0] if stretch else None
    if every is None:
        raise Unclear("Chưa rõ bao lâu một lần")
    place = _place(every, point, stretch) if point else Place()
    return Each(
        every=every,
        running=often.running if often else False,
        since=since,
        until=until,
        counts=point is None or point.rel != "BEFORE",
        number=place.number,
        month=place.month,
        part=place.part,
    )


def _place(every: Every, point: Point, stretch: Stretch | None) -> Place:
    """Return where in its stretch a day lies."""
    thing, whole = point.thing, point.rel != "BEFORE"
    if point.hour or point.part or thing.year is not None:
        raise Unclear("Chưa rõ ngày trong mỗi kỳ")
    month = _that_month(every, stretch) if stretch else None
    fits = {
        Sort.WEEKDAY: every is Every.WEEK,
        Sort.NUMBER: every is Every.MONTH or stretch is not None,
        Sort.DATE: every is Every.YEAR,
        Sort.MONTH: whole and (stretch is not None or every is Every.YEAR),
        Sort.QUARTER: whole and every is Every.YEAR,
        Sort.HALF: whole and every is Every.YEAR,
    }
    if not fits.get(thing.sort):
        raise Unclear("Chưa rõ ngày trong mỗi kỳ")
    if thing.sort in (Sort.QUARTER, Sort.HALF):
        return Place(part=f"{'Q' if thing.sort is Sort.QUARTER else 'H'}{thing.number}")
    if thing.sort is Sort.MONTH:
        return Place(month=month or _in_year(thing))
    if thing.sort is Sort.DATE:
        month = _in_year(thing)
    same = every is Every.MONTH and month == 1
    return Place(number=thing.number, month=None if same else month)


def _in_year(thing: Thing) -> int:
    number = thing.month if thing.sort is Sort.DATE else thing.number
    if number is None or not 1 <= number <= MONTHS[Every.YEAR]:
        raise Unclear(f"Không có tháng {number}")
    if thing.sort is Sort.DATE:
        day_of(Thing(sort=Sort.DATE, number=thing.number, month=number, year=2000), Years(None, None))
    if thing.next_year and number != 1:
        raise Unclear("Chưa rõ tháng nào của năm sau")
    return number + MONTHS[Every.YEAR] if thing.next_year else number


def _that_month(every: Every, stretch: Stretch) -> int:
    of, number, after = stretch
    length = MONTHS[every]
    if of is None and every is not Every.MONTH:
        raise Unclear("Chưa rõ tháng nào")
    if of is not None and of is not every:
        raise Unclear("Tháng của kỳ khác")
    if of is None:
        return number
    return length + 1 if after else number or length
