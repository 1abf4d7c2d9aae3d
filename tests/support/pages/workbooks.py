"""A workbook as somebody at an office fills it in: opened by another program, cells written, saved."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

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


def _bomb(made: Path) -> bytes:
    """The same workbook with a part that unpacks to sixty million signs."""
    packed = BytesIO(made.read_bytes())
    with ZipFile(packed, "a", ZIP_DEFLATED) as package:
        package.writestr("xl/media/image1.xml", "a" * 60_000_000)
    return packed.getvalue()


def _with_macro(made: Path) -> bytes:
    packed = BytesIO(made.read_bytes())
    with ZipFile(packed, "a", ZIP_DEFLATED) as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return packed.getvalue()


def _entities(made: Path) -> bytes:
    """The input sheet as XML that declares entities of its own."""
    packed, forged = ZipFile(BytesIO(made.read_bytes())), BytesIO()
    with ZipFile(forged, "w", ZIP_DEFLATED) as package:
        for name in packed.namelist():
            text = packed.read(name)
            head = (
                b'<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet'
                if name.endswith("sheet1.xml")
                else b"<worksheet"
            )
            package.writestr(name, text.replace(b"<worksheet", head, 1))
    return forged.getvalue()


FORGED: tuple[tuple[Callable[[Path], bytes], str], ...] = (
    (_bomb, "khi mở ra lớn bất thường"),
    (_with_macro, "có macro"),
    (_entities, "bị hỏng, không mở được"),
    (lambda _: b"", "có nội dung không đúng với phần mở rộng .xlsx"),
    (lambda _: b"%PDF-1.4", "có nội dung không đúng với phần mở rộng .xlsx"),
    (lambda made: made.read_bytes()[:4000], "bị hỏng"),
    (lambda _: b"PK\x03\x04" * 2_000_000, "lớn hơn 4 MB"),
)
"""What is no honest workbook, and the words it is refused with."""
