"""A workbook that came back, opened without trusting it: macros, formulas and bombs end in a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import TYPE_ERROR, TYPE_FORMULA
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from obligations.errors import Invalid
from obligations.words import legible
from tasks_lib.evidence.evidence_names import clean
from tasks_lib.evidence.evidence_packages import check_package
from tasks_lib.evidence.evidence_refusals import is_broken, refused
from tasks_lib.workbooks.cells import Cell, Place
from tasks_lib.workbooks.lines import INPUT, MARKS, SCHEMA, WorkbookKind
from tasks_lib.workbooks.written import FIRST_PART, HEADING_ROW, MARK_NAMES, headings

LARGEST = 4 * 1024 * 1024
"""Bytes of a workbook that came back [ours]; one made here has a hundred thousand."""
LARGEST_INSIDE = 12 * 1024 * 1024
"""Bytes of all its parts unpacked [ours]."""
MOST_ROWS = 5000
ANEW = "tải bảng mới rồi nhập lại"
_HEADING, _FIRST = HEADING_ROW + 1, HEADING_ROW + 2
"""Rows, counted from one as people see them."""
_VALUE, _ESTIMATE = 6, 8
_ID, _LABEL, _PART, _STAMP = 6, 7, 1, 2


@dataclass(frozen=True)
class Given:
    """One line as it came back."""

    row: int
    id: str
    place: Place
    estimate: Place


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A workbook as it came back."""

    name: str
    kind: WorkbookKind
    plan: str
    agency: str
    report: str
    version: str
    made_on: date
    stamps: Mapping[str, str]
    lines: tuple[Given, ...]


def opened(name: str, content: bytes) -> Opened:
    """Open a workbook that came back; raise Invalid with one line where it is not one of ours, untouched."""
    name = clean(name)
    _check_file(name, content)
    with _readable(name):
        book = load_workbook(BytesIO(content), data_only=False, keep_links=False)
        missing = {INPUT, MARKS} - set(book.sheetnames)
    if missing:
        raise refused(name, "không phải bảng do hệ thống lập", ANEW)
    sheet, marks = book[INPUT], book[MARKS]
    if not (isinstance(sheet, Worksheet) and isinstance(marks, Worksheet)):
        raise refused(name, "không phải bảng do hệ thống lập", ANEW)
    said = _marks(name, marks)
    kind = WorkbookKind(said["loai"])
    _check_sheet(name, sheet, marks, kind)
    return Opened(
        name=name,
        kind=kind,
        plan=said["ke-hoach"],
        agency=said["don-vi"],
        report=said["bao-cao"],
        version=said["phien-ban"],
        made_on=date.fromisoformat(said["ngay-lap"]),
        stamps=_stamps(marks),
        lines=tuple(_lines(sheet, kind)),
    )


def _check_file(name: str, content: bytes) -> None:
    """Look at the file before anything reads it: its size, what it is, what it unpacks to."""
    if not name.lower().endswith(".xlsx"):
        raise refused(name, "không phải tệp .xlsx", "lưu lại dạng Excel (.xlsx)")
    if len(content) > LARGEST:
        raise refused(name, f"lớn hơn {LARGEST // 1024 // 1024} MB, không phải bảng do hệ thống lập", ANEW)
    check_package(name, ".xlsx", BytesIO(content))
    with _readable(name), ZipFile(BytesIO(content)) as package:
        inside = sum(entry.file_size for entry in package.infolist())
        declared = inside <= LARGEST_INSIDE and any(
            b"<!DOCTYPE" in package.read(e) for e in package.infolist()
        )
    if inside > LARGEST_INSIDE:
        raise refused(name, "khi mở ra lớn bất thường, không phải bảng do hệ thống lập", ANEW)
    if declared:
        raise is_broken(name)


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Say in a line that a file cannot be read; a forged one makes the reader raise whatever there is."""
    try:
        yield
    except Invalid:
        raise
    except Exception:
        raise is_broken(name) from None


def _marks(name: str, sheet: Worksheet) -> dict[str, str]:
    said = {}
    for row, wanted in enumerate(MARK_NAMES, start=1):
        if _words(sheet.cell(row, 1).value) != wanted:
            raise refused(name, "không phải bảng do hệ thống lập", ANEW)
        said[wanted] = _words(sheet.cell(row, 2).value)
    if said["don-doc"] != str(SCHEMA):
        raise refused(name, f"lập theo mẫu phiên bản khác (mẫu hiện nay: {SCHEMA})", ANEW)
    try:
        WorkbookKind(said["loai"])
        date.fromisoformat(said["ngay-lap"])
    except ValueError:
        raise refused(name, "có dấu nhận biết đã bị sửa", ANEW) from None
    return said


def _stamps(sheet: Worksheet) -> dict[str, str]:
    rows = range(FIRST_PART + 1, min(sheet.max_row, MOST_ROWS) + 1)
    found = ((sheet.cell(row, _PART).value, sheet.cell(row, _STAMP).value) for row in rows)
    return {_words(part): _words(stamp) for part, stamp in found if stamp is not None}


def _check_sheet(name: str, sheet: Worksheet, marks: Worksheet, kind: WorkbookKind) -> None:
    """Refuse a sheet whose frame was changed, naming the first cell that shows it."""
    merged = [str(found) for found in sheet.merged_cells.ranges]
    if merged:
        raise refused(name, f"có ô bị gộp ({', '.join(merged[:3])})", f"bỏ gộp ô, hoặc {ANEW}")
    if sheet.max_row > MOST_ROWS:
        raise refused(name, f"có hơn {MOST_ROWS} dòng", ANEW)
    formulas = [
        cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == TYPE_FORMULA
    ]
    if formulas:
        more = ", …" if len(formulas) > 3 else ""  # noqa: PLR2004 - enough to find them by
        raise refused(
            name, f"có công thức ở ô {', '.join(formulas[:3])}{more}", "nhập giá trị thay cho công thức"
        )
    for column, wanted in enumerate(headings(kind), start=1):
        cell = sheet.cell(_HEADING, column)
        if _words(cell.value) != wanted:
            where = f"trang '{INPUT}', ô {cell.coordinate}"
            raise refused(name, f"có tiêu đề đã bị sửa ở {where} (mẫu ghi '{wanted}')", ANEW)
    for row in range(_FIRST, max(sheet.max_row, _last(marks)) + 1):
        for column, beside in ((1, _ID), (3, _LABEL)):
            if _words(sheet.cell(row, column).value) != _words(marks.cell(row, beside).value):
                where = f"trang '{INPUT}', dòng {row} (cột {get_column_letter(column)})"
                raise refused(name, f"có dòng đã bị sửa, thêm hoặc xóa ở {where}", ANEW)


def _last(marks: Worksheet) -> int:
    return min(int(marks.max_row), MOST_ROWS)


def _lines(sheet: Worksheet, kind: WorkbookKind) -> Iterator[Given]:
    for row in range(_FIRST, sheet.max_row + 1):
        name = _words(sheet.cell(row, 1).value)
        if not name or name.endswith("|"):
            continue
        estimate = _place(sheet, row, _ESTIMATE) if kind is WorkbookKind.REPORT else Place()
        yield Given(row, name, _place(sheet, row, _VALUE), estimate)


def _place(sheet: Worksheet, row: int, column: int) -> Place:
    return Place(_value(sheet, row, column), _value(sheet, row, column + 1))


def _value(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return what a cell holds; an error of the program that saved it is told as the text it shows."""
    cell = sheet.cell(row, column)
    value: object = cell.value
    if cell.data_type == TYPE_ERROR:
        return str(value)
    if value is None or isinstance(value, (str, bool, int, float, datetime, date)):
        return value
    return str(value)


def _words(value: object) -> str:
    return "" if value is None else legible(str(value)).strip()
