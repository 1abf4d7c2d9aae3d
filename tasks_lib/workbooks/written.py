"""A workbook's bytes: locked headings, fields to fill in, drop-downs, and the hidden marks of whose it is."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from notifications.print_setup import HIGHEST, LINE_HEIGHT, lines_of, on_landscape
from notifications.sheets import workbook_options
from tasks_lib.workbooks.cells import Cell, placed
from tasks_lib.workbooks.lines import INPUT, MARKS, NO, REASONS, SCHEMA, YES, Book, Line, Sort, WorkbookKind

HEADINGS = ("Mã", "Nhiệm vụ", "Nội dung", "Đơn vị tính, cách nhập", "Kỳ trước", "Nhập", "Trên tổng số")
ESTIMATED = ("Ước đến cuối kỳ", "Ước: trên tổng số")
HEADING_ROW = 5
"""Counted from nought, as the writer counts; the reader counts from one."""
MARK_NAMES = ("don-doc", "loai", "ke-hoach", "don-vi", "bao-cao", "phien-ban", "ngay-lap")
FIRST_PART = 10
"""The row of the marks in which the parts begin."""
_WIDTHS = (4, 10, 44, 22, 18, 40, 13, 16, 13)
_LABEL, _HOW, _BEFORE, _VALUE, _WHOLE, _ESTIMATE = 2, 3, 4, 5, 6, 7
_TALL = 3
"""Lines of room where words are entered."""
_CHOICES: dict[Sort, list[str] | str] = {
    Sort.YES_NO: [YES, NO],
    Sort.ONLY_YES: [YES],
    Sort.REASON: f"={MARKS}!$D$1:$D${len(REASONS)}",
}
"""What is chosen from: words, or where they stand, for some have commas."""
_KEPT = {"format_rows": True, "format_columns": True}


def headings(kind: WorkbookKind) -> tuple[str, ...]:
    """Return the headings of the sheet that is filled in."""
    return HEADINGS + (ESTIMATED if kind is WorkbookKind.REPORT else ())


def written(book: Book) -> bytes:
    """Return the bytes of a workbook; the same always gives the same."""
    buffer = BytesIO()
    with Workbook(buffer, workbook_options()) as file:
        file.set_properties({"title": book.title, "created": datetime.combine(book.made_on, time())})
        sheet, marks = file.add_worksheet(INPUT), file.add_worksheet(MARKS)
        _Writer(file, sheet, book).write()
        _marks(marks, book)
    return buffer.getvalue()


def _marks(sheet: Worksheet, book: Book) -> None:
    """Write whose it is, the choices, and what every line was called, where nobody looks."""
    said = (
        str(SCHEMA),
        book.kind,
        book.plan,
        book.agency,
        book.report,
        str(book.version),
        book.made_on.isoformat(),
    )
    for row, (name, value) in enumerate(zip(MARK_NAMES, said, strict=True)):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    for row, (part, stamp) in enumerate(book.stamps.items(), start=FIRST_PART):
        sheet.write_string(row, 0, part)
        sheet.write_string(row, 1, stamp)
    for row, words in enumerate(REASONS):
        sheet.write_string(row, 3, words)
    for row, line in enumerate(book.lines, start=HEADING_ROW + 1):
        sheet.write_string(row, 5, line.id)
        sheet.write_string(row, 6, line.label)
    sheet.protect()
    sheet.very_hidden()


class _Writer:
    """Writes the sheet that is filled in."""

    def __init__(self, file: Workbook, sheet: Worksheet, book: Book) -> None:
        self._sheet, self._book = sheet, book
        self._columns = len(headings(book.kind))
        cell = {
            "border": 1,
            "valign": "top",
            "text_wrap": True,
            "font_name": "Times New Roman",
            "font_size": 11,
        }
        given = {**cell, "locked": False, "bg_color": "#FFF7D6"}
        self._title = file.add_format({"bold": True, "font_size": 14, "font_name": "Times New Roman"})
        self._plain = file.add_format({"font_size": 11, "font_name": "Times New Roman"})
        self._head = file.add_format({**cell, "bold": True, "align": "center", "bg_color": "#E5E7EB"})
        self._part = file.add_format({**cell, "bold": True, "bg_color": "#F3F4F6"})
        self._told = file.add_format(cell)
        self._given = file.add_format(given)
        self._number = file.add_format({**given, "align": "right", "num_format": "#,##0.###"})
        self._day = file.add_format({**given, "align": "left", "num_format": "dd/mm/yyyy"})

    def write(self) -> None:
        """Write headings, lines and how it is printed."""
        book, sheet = self._book, self._sheet
        sheet.write_string(0, 1, book.title, self._title)
        for row, words in enumerate(book.told, start=1):
            sheet.write_string(row, 1, words, self._plain)
        for column, heading in enumerate(headings(book.kind)):
            sheet.set_column(column, column, _WIDTHS[column], None, {"hidden": column == 0})
            sheet.write_string(HEADING_ROW, column, heading, self._head)
        sheet.set_row(HEADING_ROW, 2 * LINE_HEIGHT)
        for row, line in enumerate(book.lines, start=HEADING_ROW + 1):
            self._line(row, line)
        sheet.freeze_panes(HEADING_ROW + 1, _HOW)
        on_landscape(sheet, HEADING_ROW)
        sheet.protect("", _KEPT)

    def _line(self, row: int, line: Line) -> None:
        sheet = self._sheet
        sheet.write_string(row, 0, line.id, self._told)
        if line.sort is Sort.HEADING:
            words = ("", line.number, line.label, line.how)
            for column in range(1, self._columns):
                sheet.write_string(row, column, words[column] if column < len(words) else "", self._part)
            sheet.set_row(
                row, LINE_HEIGHT * max(lines_of(line.label, _WIDTHS[2]), lines_of(line.how, _WIDTHS[3]))
            )
            return
        told = ("", "", line.label, line.how, line.before)
        for column in range(1, len(told)):
            sheet.write_string(row, column, told[column], self._told)
        self._values(row, _VALUE, line, line.value)
        if self._columns > _ESTIMATE:
            self._values(row, _ESTIMATE, line, line.estimate)
        sheet.set_row(row, LINE_HEIGHT * self._height(line))

    def _values(self, row: int, column: int, line: Line, value: str | None) -> None:
        """Write a value in its cell, of two counts in two; where nothing is asked the cells stay locked."""
        if value is None:
            self._sheet.write_blank(row, column, None, self._told)
            self._sheet.write_blank(row, column + 1, None, self._told)
            return
        place = placed(line.sort, value)
        counts = line.sort in (Sort.COUNT, Sort.AMOUNT, Sort.PERCENT)
        look = self._number if counts else self._day if line.sort is Sort.DAY else self._given
        self._cell(row, column, place.first, look)
        self._cell(row, column + 1, place.second, look if line.sort is Sort.PERCENT else self._told)
        self._drop_down(row, column, line.sort)

    def _cell(self, row: int, column: int, value: Cell, look: Format) -> None:
        match value:
            case None:
                self._sheet.write_blank(row, column, None, look)
            case int() | float():
                self._sheet.write_number(row, column, value, look)
            case date():
                self._sheet.write_datetime(row, column, datetime.combine(value, time()), look)
            case words:
                self._sheet.write_string(row, column, str(words), look)

    def _drop_down(self, row: int, column: int, sort: Sort) -> None:
        source = _CHOICES.get(sort)
        if source is not None:
            wrong = {"error_title": "Chọn trong danh sách", "error_message": "Chọn một mục trong danh sách."}
            self._sheet.data_validation(
                row, column, row, column, {"validate": "list", "source": source, **wrong}
            )
        elif sort in (Sort.COUNT, Sort.AMOUNT, Sort.PERCENT):
            told = {"input_title": "Số liệu", "input_message": "Số không âm, viết như 1.234 hoặc 7.024,88."}
            self._sheet.data_validation(row, column, row, column, {"validate": "any", **told})
        elif sort is Sort.DAY:
            told = {"input_title": "Ngày", "input_message": "Viết ngày/tháng/năm, ví dụ 13/7/2022."}
            self._sheet.data_validation(row, column, row, column, {"validate": "any", **told})

    def _height(self, line: Line) -> int:
        """Return how many lines of room a line needs, so that what is in it prints."""
        needed = (
            lines_of(line.label, _WIDTHS[_LABEL]),
            lines_of(line.how, _WIDTHS[_HOW]),
            lines_of(line.before, _WIDTHS[_BEFORE]),
            lines_of(line.value, _WIDTHS[_VALUE]),
            _TALL if line.field in ("text", "difficulty") else 1,
        )
        return min(max(needed), HIGHEST // LINE_HEIGHT)
