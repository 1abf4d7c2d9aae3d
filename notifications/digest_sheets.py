"""The lists of Monday's table: what its mail only counts, each a worksheet of the attached workbook."""

from __future__ import annotations

from typing import NamedTuple

from notifications.model import Digest, FallsDue, Place
from notifications.wording import plain_date, upper_first

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
