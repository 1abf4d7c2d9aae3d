"""The parts of an official letter that Decree 30/2020 lays down: heads, paragraphs, tables, page numbers.

python-docx has no public way to page fields, rules and repeated headings: those lines reach into its XML.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


class Cell(NamedTuple):
    """A column of a table: its heading and its width in centimetres."""

    heading: str
    width: float


def new_document() -> Document:
    """Start an A4 document with the decree's margins, type and page numbers."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name = FONT
    style.font.size = Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    _margins(section)
    _number_pages(section)
    return document


def _margins(section: Section) -> None:
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)


def _number_pages(section: Section) -> None:
    """Centre the page number in the top margin, except on the first page."""
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    run = number.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)  # noqa: SLF001


def paragraph(
    document: Document,
    text: str,
    *,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
    bold: bool = False,
    indent: bool = True,
) -> Paragraph:
    """Add a paragraph of the body: justified, first line set in, six points apart."""
    added = document.add_paragraph()
    added.alignment = align
    added.paragraph_format.space_after = Pt(6)
    added.paragraph_format.line_spacing = 1.15
    if indent:
        added.paragraph_format.first_line_indent = Cm(1.27)
    added.add_run(text).bold = bold
    return added


def font_sized(target: Paragraph, points: int) -> None:
    """Set a paragraph's type to another size."""
    for run in target.runs:
        run.font.size = Pt(points)


def heading_table(document: Document, *, above: str, issuer: str, number: str, place: str) -> None:
    """Put the issuing body on the left, the national motto on the right, number and place below."""
    table = document.add_table(rows=2, cols=2)
    _widths(table, (6.5, 9.5))
    left, right = table.rows[0].cells
    _line(left, above, 13)
    _ruled(_line(left, issuer, 13, bold=True), 2.2)
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True)
    _ruled(_line(right, "Độc lập - Tự do - Hạnh phúc", 14, bold=True), 1.3)
    _line(table.rows[1].cells[0], number, 13)
    _line(table.rows[1].cells[1], place, 14, italic=True)


def signature_table(document: Document, recipients: Iterable[str], post: str, name: str) -> None:
    """Put the list of recipients on the left and the blank signature on the right."""
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    _line(left, "Nơi nhận:", 12, bold=True, italic=True, align=WD_ALIGN_PARAGRAPH.LEFT)
    for recipient in recipients:
        _line(left, recipient, 11, align=WD_ALIGN_PARAGRAPH.LEFT)
    _line(right, post, 14, bold=True)
    for _ in range(4):
        _line(right, "", 14)
    _line(right, name, 14, bold=True)


def annex_page(document: Document) -> None:
    """Begin a landscape annex with page numbers of its own."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)  # noqa: SLF001


def report_table(document: Document, columns: Sequence[Cell], rows: Iterable[str | tuple[str, ...]]) -> None:
    """Add a table whose heading repeats on every page; a plain text row spans all columns."""
    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        _line(cell, column.heading, 12, bold=True)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001
    for row in rows:
        _add_row(table, row)
    _widths(table, tuple(column.width for column in columns))


def _add_row(table: Table, row: str | tuple[str, ...]) -> None:
    cells: tuple[_Cell, ...] = table.add_row().cells  # type: ignore[no-untyped-call]
    if isinstance(row, str):
        _line(cells[0].merge(cells[-1]), row, 12, bold=True, align=WD_ALIGN_PARAGRAPH.LEFT)
        return
    for cell, text in zip(cells, row, strict=True):
        _line(cell, text, 12, align=WD_ALIGN_PARAGRAPH.LEFT)


def _widths(table: Table, widths: Sequence[float]) -> None:
    table.autofit = False
    for row in table.rows:
        if row.cells[0].grid_span > 1:
            continue  # A row merged over all columns takes its width from the others.
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _line(
    cell: _Cell,
    text: str,
    points: int,
    *,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = _CENTRE,
) -> Paragraph:
    """Write a line into a cell, using the empty paragraph every new cell comes with."""
    first = cell.paragraphs[0]
    target: Paragraph = cell.add_paragraph() if first.runs else first
    target.alignment = align
    target.paragraph_format.space_after = Pt(2)
    run = target.add_run(text)
    run.font.size, run.bold, run.italic = Pt(points), bold, italic
    return target


def _ruled(target: Paragraph, inset: float) -> None:
    """Draw the rule under a name, as wide as the paragraph less the inset on each side."""
    target.paragraph_format.left_indent = target.paragraph_format.right_indent = Cm(inset)
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    target._p.get_or_add_pPr().append(borders)  # noqa: SLF001
