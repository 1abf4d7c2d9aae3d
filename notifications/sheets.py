"""The table that travels with a digest: every line as a row of an XLSX workbook."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from notifications import days
from notifications.bundle import table_lines
from notifications.digest_sheets import Listed, by_district, lists_of
from notifications.model import Line, Mail
from notifications.outgoing import Attachment
from notifications.phrases import noun, system
from notifications.print_setup import on_landscape, set_heights
from notifications.reminded import to_desk
from notifications.wording import local, plain_date, upper_first, utc
from obligations.words import about, count

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADER_ROW = 3


class Column(NamedTuple):
    """One column of the table: its heading and its width in characters."""

    heading: str
    width: int


COLUMNS = (
    Column("STT", 5),
    Column("Cơ quan, đơn vị", 28),
    Column("Cấp", 10),
    Column("Địa bàn", 18),
    Column("Nhiệm vụ", 16),
    Column("Nội dung", 52),
    Column("Căn cứ của thời hạn", 24),
    Column("Hạn cuối", 12),
    Column("Số ngày làm việc quá hạn", 11),
    Column("Ngày đã nhắc việc, đôn đốc", 26),
    Column("Lý do đơn vị nêu", 28),
    Column("Ghi chú", 30),
)


def workbook_options() -> dict[str, bool]:
    """Return how workbooks are written: text is text, nothing typed becomes a formula, link or number."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }


def digest_workbook(mail: Mail) -> Attachment:
    """Build the workbook of all lines of a mail; the same mail gives the same bytes."""
    day = local(mail.as_of).date()
    buffer = BytesIO()
    with Workbook(buffer, workbook_options()) as book:
        book.set_properties({"title": "Bảng chi tiết", "created": utc(mail.as_of).replace(tzinfo=None)})
        _fill(book, mail)
    return Attachment(name=f"bang-chi-tiet-{day:%Y-%m-%d}.xlsx", media_type=XLSX, content=buffer.getvalue())


def _fill(book: Workbook, mail: Mail) -> None:
    lines = table_lines(mail)
    sheet = book.add_worksheet("Chi tiết")
    formats = _formats(book)
    as_of = plain_date(local(mail.as_of).date())
    sheet.write_string(
        0, 0, upper_first(f"bảng chi tiết thực hiện Kế hoạch số {mail.plan_number}"), formats["title"]
    )
    sheet.write_string(1, 0, f"{system(mail)}; số liệu đến ngày {as_of}; {len(lines):02d} dòng")
    _header(sheet, formats)
    for number, line in enumerate(lines, start=1):
        _row(sheet, _HEADER_ROW + number, number, line, formats)
    _layout(sheet, len(lines), len(COLUMNS))
    for listed in (*by_district(lines), *(lists_of(mail.digest) if mail.digest else ())):
        _list(book.add_worksheet(listed.name), listed, formats, as_of)


def _list(sheet: Worksheet, listed: Listed, formats: dict[str, Format], as_of: str) -> None:
    """Fill a worksheet with one of the digest's lists: numbers stay numbers, words words."""
    sheet.write_string(0, 0, listed.name, formats["title"])
    sheet.write_string(1, 0, f"Số liệu đến ngày {as_of}; {len(listed.rows):02d} dòng")
    for index, (heading, width) in enumerate(listed.columns):
        sheet.set_column(index, index, width)
        sheet.write_string(_HEADER_ROW, index, heading, formats["head"])
    widths = [width for _, width in listed.columns]
    set_heights(sheet, _HEADER_ROW, listed.columns)
    for number, row in enumerate(listed.rows, start=1):
        set_heights(sheet, _HEADER_ROW + number, list(zip(map(str, row), widths, strict=True)))
        for index, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(_HEADER_ROW + number, index, value, formats["text"])
            else:
                sheet.write_string(_HEADER_ROW + number, index, value, formats["text"])
    _layout(sheet, len(listed.rows), len(listed.columns))


def _formats(book: Workbook) -> dict[str, Format]:
    cell = {"border": 1, "valign": "top", "text_wrap": True, "font_name": "Times New Roman", "font_size": 11}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "font_name": "Times New Roman"}),
        "head": book.add_format({**cell, "bold": True, "align": "center", "bg_color": "#E5E7EB"}),
        "text": book.add_format(cell),
        "date": book.add_format({**cell, "num_format": "dd/mm/yyyy", "align": "center"}),
    }


def _header(sheet: Worksheet, formats: dict[str, Format]) -> None:
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)
        sheet.write_string(_HEADER_ROW, index, column.heading, formats["head"])
    set_heights(sheet, _HEADER_ROW, COLUMNS)


def _row(sheet: Worksheet, row: int, number: int, line: Line, formats: dict[str, Format]) -> None:
    text = formats["text"]
    words = (
        line.agency,
        line.level.heading,
        line.district,
        f"Nhiệm vụ {line.item}" if line.item else upper_first(noun(line)),
        about(line.title, line.event),
        _basis(line),
    )
    sheet.write_number(row, 0, number, text)
    for index, word in enumerate(words, start=1):
        sheet.write_string(row, index, word, text)
    sheet.write_datetime(row, 7, datetime.combine(line.last_day, time()), formats["date"])
    sheet.write_number(row, 8, 0 if line.ours else max(0, -line.days_left), text)
    said = (_reminded(line), line.reason or "", _remarks(line))
    for index, word in enumerate(said, start=9):
        sheet.write_string(row, index, word, text)
    columns = (*range(1, 7), *range(9, 12))
    set_heights(sheet, row, [(w, COLUMNS[c].width) for w, c in zip((*words, *said), columns, strict=True)])


def _basis(line: Line) -> str:
    """Say what sets the last day: a document, or the plan in its own words, or what was asked for."""
    if line.paper or not line.asked_day:
        return line.paper or line.deadline_text
    return "Kế hoạch không ghi; ngày đề nghị" if line.ours else days.as_asked(line)


def _reminded(line: Line) -> str:
    """Give the days bare, as a column is filtered by, and in words only what did not arrive."""
    told = line.reminders
    if told.arrived and not (told.failed or told.passed_on):
        return ", ".join(plain_date(day) for day in told.arrived)
    return upper_first(to_desk(told))


def _remarks(line: Line) -> str:
    asked = f"chậm so với ngày đề nghị {count(-line.days_left)} ngày làm việc"
    notes = (
        (line.ours and line.days_left < 0, asked),
        (line.weak, "nội dung trọng tâm cải thiện"),
        (line.excused, "có thời gian tạm dừng theo địa bàn"),
        (line.forwarded_for is not None and not line.closed, "đơn vị chưa có địa chỉ thư"),
        (bool(line.closed), "địa chỉ thư của đơn vị không nhận được thư"),
        (line.handed_in_on is not None, "báo cáo đã gửi, chờ xác nhận"),
    )
    return upper_first("; ".join(words for holds, words in notes if holds))


def _layout(sheet: Worksheet, rows: int, columns: int) -> None:
    """Freeze and filter the heading row, and make the sheet print on landscape pages."""
    last = max(_HEADER_ROW + rows, _HEADER_ROW + 1)
    sheet.freeze_panes(_HEADER_ROW + 1, 2)
    sheet.autofilter(_HEADER_ROW, 0, last, columns - 1)
    on_landscape(sheet, _HEADER_ROW)
