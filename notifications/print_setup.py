"""How every workbook prints: rows as high as their words need, headings again on each page, one page wide."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from xlsxwriter.worksheet import Worksheet

LINE_HEIGHT = 15
"""Points that a line of Times New Roman 11 takes."""
HIGHEST = 409
"""Points; no program draws a higher row."""
_A4 = 9
_FIT = 0.92
"""So much of a column's width words fill before they break; Vietnamese letters are wider than figures."""


def lines_of(text: str, width: int) -> int:
    """Return into how many lines a text breaks in a column so many characters wide."""
    room = max(1, int(width * _FIT))
    return sum(max(1, ceil(len(part) / room)) for part in text.split("\n")) if text else 1


def set_heights(sheet: Worksheet, row: int, texts: Sequence[tuple[str, int]]) -> None:
    """Make a row as high as its longest text needs: wrapped rows have no height of their own."""
    needed = max((lines_of(text, width) for text, width in texts), default=1)
    sheet.set_row(row, min(HIGHEST, LINE_HEIGHT * needed))


def on_landscape(sheet: Worksheet, heading_row: int) -> None:
    """Let a sheet print on landscape A4, one page wide, its heading row on every page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading_row)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&C&P/&N")
