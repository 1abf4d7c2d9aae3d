"""Report cycles as they are written, and the turns of a year that each makes."""

from __future__ import annotations

from collections.abc import Iterator

from config.errors import FaultLog
from config.files import CycleRow
from obligations.model import Cycle
from obligations.period import HALVES
from obligations.terms_again import MONTHS, Every
from obligations.words import ROMAN

LONGEST_SERIES = 6
"""Letters of a series' key: two digits of the month follow, and a period's cycle has eight at most."""


def turns_of(row: CycleRow, file: str, log: FaultLog) -> Iterator[Cycle]:
    """Yield the cycles of a row: itself, or one for each month, quarter or half-year of a year."""
    label, every = f"kỳ báo cáo {row.key}", Every(row.every)
    if every is Every.YEAR:
        if row.month is None:
            log.add(file, label, "month", "thiếu tháng cuối của kỳ")
            return
        yield _turn(row, row.key, row.name, row.month)
        return
    if row.month is not None or row.only is not None:
        field = "month" if row.month is not None else "only"
        log.add(file, label, field, f"kỳ lặp lại ('every = \"{row.every}\"') không ghi trường này")
    if len(row.key) > LONGEST_SERIES:
        log.add(file, label, "key", f"mã của kỳ lặp lại dài nhất {LONGEST_SERIES} ký tự")
        return
    length = MONTHS[every]
    for month in range(length, MONTHS[Every.YEAR] + 1, length):
        yield _turn(row, f"{row.key}{month:02d}", _called(every, month), month, row.key)


def _turn(row: CycleRow, key: str, name: str, month: int, series: str = "") -> Cycle:
    return Cycle(
        key=key,
        name=name,
        month=month,
        before_day=row.before_day,
        close_day=row.close_day,
        every=Every(row.every),
        series=series,
        only=row.only,
        off_from=row.off_from,
        answered_in=row.answered_in,
    )


def _called(every: Every, month: int) -> str:
    """Return what a turn is called before its year: "Tháng 7", "Quý III", "6 tháng đầu"."""
    if every is Every.MONTH:
        return f"Tháng {month}"
    turn = month // MONTHS[every] - 1
    return f"Quý {ROMAN[turn]}" if every is Every.QUARTER else f"6 tháng {HALVES[turn]}"
