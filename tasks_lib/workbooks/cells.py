"""One value in a cell: how what is typed is written there, and how what stands there is read as typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from obligations.errors import Invalid
from obligations.words import legible
from tasks_lib.kernel import typed
from tasks_lib.workbooks.lines import NO, REASONS, YES, Sort

Cell = str | int | float | bool | date | None
"""What a cell holds, as a reader of workbooks gives it."""
LONGEST = 32_767
"""Signs that a cell takes."""
_DIGITS = re.compile(r"0|[1-9][0-9]{0,14}")
_DECIMALS = re.compile(r"(0|[1-9][0-9]{0,11}),[0-9]{1,3}")
_RETURN = re.compile("_x000[dD]_\n?|\r\n?")
"""How other programs write the end of a line."""


@dataclass(frozen=True)
class Place:
    """One value of a line: in one cell, or of two counts in two."""

    first: Cell = None
    second: Cell = None


def placed(sort: Sort, value: str) -> Place:
    """Return a typed value as cells hold it: numbers as numbers, wherever they read back as the same."""
    if not value:
        return Place()
    if sort is Sort.PERCENT:
        part, slash, whole = value.partition("/")
        return Place(_number(part.strip()), _number(whole.strip())) if slash else Place(value)
    if sort is Sort.DAY:
        return Place(typed.day(value, ""))
    return Place(_number(value) if sort in (Sort.COUNT, Sort.AMOUNT) else value)


def as_read(sort: Sort, value: str) -> str:
    """Return a typed value as it is read back from a workbook nobody has touched."""
    plain = _RETURN.sub("\n", legible(value)).strip()
    if len(plain) > LONGEST:
        raise Invalid(
            f"nội dung dài hơn {LONGEST} ký tự, bảng Excel không chứa được; cập nhật trên trang web"
        )
    if sort is Sort.DAY:
        try:
            found = typed.day(plain, "")
        except Invalid:
            return ""
        return found.isoformat() if found else ""
    if sort is Sort.PERCENT and "/" in plain:
        return "/".join(part.strip() for part in plain.split("/", 1))
    return plain


def read(sort: Sort, place: Place) -> str:
    """Read what stands in a value's cells as it would be typed; raise Invalid saying what is wanted."""
    if sort is Sort.PERCENT:
        return _two_counts(place)
    if place.second not in (None, ""):
        raise Invalid("chỉ tỷ lệ mới có ô 'Trên tổng số'; để trống ô này")
    return _READERS.get(sort, _text)(place.first)


def _number(text: str) -> Cell:
    if _DIGITS.fullmatch(text):
        return int(text)
    if _DECIMALS.fullmatch(text):
        found = float(text.replace(",", "."))
        return found if _typed_number(found) == text else text
    return text or None


def _typed_number(value: float) -> str:
    plain = Decimal(str(value))
    whole = plain == plain.to_integral_value()
    return f"{plain.to_integral_value():f}" if whole else f"{plain:f}".replace(".", ",")


def _two_counts(place: Place) -> str:
    first, second = _figure(place.first), _figure(place.second)
    if not second and ("/" in first or not first):
        return first
    return f"{first}/{second}"


def _figure(value: Cell) -> str:
    if isinstance(value, date):
        raise Invalid("ô này đang là ngày tháng (Excel tự đổi, ví dụ 8/12); nhập lại bằng số")
    if isinstance(value, bool):
        raise Invalid("cần một số, đã nhập một giá trị đúng/sai")
    return _typed_number(value) if isinstance(value, (int, float)) else _text(value)


def _day(value: Cell) -> str:
    if isinstance(value, (datetime, date)):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, (bool, int, float)):
        raise Invalid(f"cần một ngày, viết như 13/7/2022; đã nhập '{_text(value)}'")
    return _text(value)


def _yes_no(value: Cell) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return _text(value)


def _only_yes(value: Cell) -> str:
    said = _yes_no(value).lower()
    if said in ("", NO):
        return ""
    if said in (YES, "x"):
        return YES
    raise Invalid(f"ghi '{YES}' hoặc để trống; đã nhập '{said[:30]}'")


def _reason(value: Cell) -> str:
    said = _text(value)
    if said and said not in REASONS:
        raise Invalid(f"chọn một lý do trong danh sách ({'; '.join(REASONS)}); đã nhập '{said[:30]}'")
    return said


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, (int, float)):
        return _typed_number(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    plain = _RETURN.sub("\n", legible(value)).strip()
    if len(plain) > LONGEST:
        raise Invalid(f"dài hơn {LONGEST} ký tự")
    return plain


_READERS: dict[Sort, Callable[[Cell], str]] = {
    Sort.DAY: _day,
    Sort.COUNT: _figure,
    Sort.AMOUNT: _figure,
    Sort.YES_NO: _yes_no,
    Sort.ONLY_YES: _only_yes,
    Sort.REASON: _reason,
}
