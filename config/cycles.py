"""Report cycles as they are written, and the turns of a year that each makes."""

from __future__ import annotations

from collections.abc import Iterator

from config.errors import FaultLog
from config.files import CycleRow
from obligations.model import Cycle
from obligations.words import ROMAN

MONTHS_OF = {"month": range(1, 13), "quarter": range(3, 13, 3), "half": range(6, 13, 6)}
"""The last months of the turns that come several times a year."""
HALVES = {6: "6 tháng đầu", 12: "6 tháng cuối"}
LONGEST_SERIES = 6
"""Letters of a series' key: two digits of the month follow, and a period's cycle has eight at most."""


def turns_of(row: CycleRow, file: str, log: FaultLog) -> Iterator[Cycle]:
    """Yield the cycles of a row: itself, or one for each month, quarter or half-year of a year."""
    label = f"kỳ báo cáo {row.key}"
    if row.every == "year":
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
    for month in MONTHS_OF[row.every]:
        yield _turn(row, f"{row.key}{month:02d}", _called(row.every, month), month, row.key)


def _turn(row: CycleRow, key: str, name: str, month: int, series: str = "") -> Cycle:
    return Cycle(
        key=key,
        name=name,
        month=month,
        before_day=row.before_day,
        close_day=row.close_day,
        series=series,
        only=row.only,
        off_from=row.off_from,
    )


def _called(every: str, month: int) -> str:
    """Return what a turn is called before its year: "Tháng 7", "Quý III", "6 tháng đầu"."""
    if every == "month":
        return f"Tháng {month}"
    return f"Quý {ROMAN[month // 3 - 1]}" if every == "quarter" else HALVES[month]
