"""A workbook as somebody at an office fills it in: opened by another program, cells written, saved."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

INPUT = "Nhập liệu"


def cell_of(sheet: Worksheet, key: str, field: str, column: str = "F") -> str:
    """The address of a field's cell."""
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 1).value == f"{key}|{field}":
            return f"{column}{row}"
    raise AssertionError((key, field))


def filled(content: bytes, typed: dict[tuple[str, ...], Any]) -> bytes:
    """Write values by (duty, field) or (duty, field, column), as another program saves them."""
    return changed(content, lambda book: _type(book, typed))


def changed(content: bytes, change: Callable[[Workbook], object]) -> bytes:
    """Open a workbook, change something, save it."""
    book = load_workbook(BytesIO(content))
    change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _type(book: Workbook, typed: dict[tuple[str, ...], Any]) -> None:
    sheet = book[INPUT]
    for (key, field, *column), value in typed.items():
        sheet[cell_of(sheet, key, field, *column)] = value
