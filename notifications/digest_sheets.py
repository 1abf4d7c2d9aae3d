"""The lists of Monday's table: what its mail only counts, each a worksheet of the attached workbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from notifications.model import Digest, Line
from notifications.week import FallsDue, Place
from notifications.wording import plain_date, upper_first
from obligations.reckoning import LONG
from obligations.words import alphabetical

Value = str | int
Columns = tuple[tuple[str, int], ...]
"""Headings, each with its width in characters."""

_PLACES: Columns = (
    ("Địa bàn, cơ quan", 32),
    ("Đến hạn", 10),
    ("Đúng hạn", 10),
    ("Sau thời hạn", 10),
    ("Quá hạn", 10),
    ("Tạm dừng theo địa bàn", 12),
    ("Chậm so với ngày đề nghị, chưa xong", 14),
    ("Xong kịp ngày đề nghị", 12),
    ("Xong sau ngày đề nghị", 12),
    ("Số đơn vị có nội dung quá hạn", 14),
    ("Đang thực hiện, còn hạn", 14),
    ("Xong trước hạn", 10),
    ("Không phát sinh", 10),
    ("Không thuộc thẩm quyền", 12),
)


_SUMS: Columns = (
    ("Địa bàn", 32),
    ("Số dòng", 10),
    ("Số đơn vị", 10),
    ("Quá hạn", 10),
    ("Trong đó quá hạn từ 05 ngày làm việc", 16),
    ("Chậm so với ngày đề nghị", 14),
)
ELSEWHERE = "Sở, ban, ngành và cơ quan khác"


class Listed(NamedTuple):
    """One list: the worksheet's name, its columns and its rows."""

    name: str
    columns: Columns
    rows: tuple[tuple[Value, ...], ...]


def lists_of(d: Digest) -> tuple[Listed, ...]:
    """Return the lists that have anything in them."""
    due = ((upper_first(due.what), _day(due), due.reported, due.of_all) for due in d.due_this_week)
    found = (
        ("Theo địa bàn, cơ quan", _PLACES, map(_place, (*d.areas, *d.departments))),
        ("Đến hạn trong tuần", (("Nội dung", 40), ("Hạn cuối", 14), ("Đã có", 10), ("Tổng số", 10)), due),
        ("Phiếu tháng mới qua ngày", (("Đơn vị", 40), ("Tháng", 24)), d.sheets_missed),
        ("Cơ quan phối hợp", (("Chưa cung cấp", 40), ("Kỳ", 24)), d.not_supplied),
        ("Thư không gửi được", (("Cơ quan, đơn vị", 40), ("Lý do", 70)), d.undelivered),
        ("Chưa có địa chỉ thư", (("Cơ quan, đơn vị", 40),), ((name,) for name in d.without_address)),
    )
    return tuple(Listed(name, columns, rows) for name, columns, some in found if (rows := tuple(some)))


def by_district(lines: Sequence[Line]) -> tuple[Listed, ...]:
    """Return the table's lines added up by district; nothing where all are of one."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[upper_first(line.district) or ELSEWHERE].append(line)
    if len(found) < 2:  # noqa: PLR2004 - of one district the table itself is the sum
        return ()
    ordered = sorted(found, key=lambda name: (name == ELSEWHERE, alphabetical(name)))
    rows = [(name, *_added(found[name])) for name in ordered]
    return (Listed("Cộng theo địa bàn", _SUMS, (*rows, ("Tổng cộng", *_added(lines)))),)


def _added(lines: Sequence[Line]) -> tuple[int, int, int, int, int]:
    """Count lines, and of what is past its day how much is so by the plan, for long, and as was asked."""
    late = [line for line in lines if line.days_left < 0 and not line.ours]
    long = [line for line in late if -line.days_left >= LONG]
    asked = [line for line in lines if line.days_left < 0 and line.ours]
    return len(lines), len({line.agency for line in lines}), len(late), len(long), len(asked)


def _day(due: FallsDue) -> str:
    return f"đề nghị {plain_date(due.last_day)}" if due.ours else plain_date(due.last_day)


def _place(place: Place) -> tuple[Value, ...]:
    r = place.reckoned
    return (
        place.name,
        r.due,
        r.in_time,
        r.late,
        r.overdue,
        r.excused,
        r.asked_open,
        r.asked_in_time,
        r.asked_late,
        place.late_units,
        r.running,
        r.ahead,
        r.nothing_arose,
        r.not_competent,
    )
