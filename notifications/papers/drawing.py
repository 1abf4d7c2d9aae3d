"""What the shipped templates are drawn with: sections, paragraphs and tables as Decree 30/2020 wants them.

python-docx has no public way to page fields, repeated headings and grids: those lines reach into its XML.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Length, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from notifications.papers.widths import RULE_POINTS

FONT = "Times New Roman"
CENTRE, LEFT, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
BODY_POINTS, TABLE_POINTS, SPREAD_POINTS = 14, 12, 8
CELL_GAP, SPREAD_GAP, NO_GAP = Cm(0.12), Cm(0.07), Cm(0)


@dataclass(frozen=True, kw_only=True)
class Type:
    """How a line is set."""

    points: int = BODY_POINTS
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = JUSTIFY
    after: float = 0
    before: float = 0
    indent: float = 0
    """Of the first line, in centimetres."""
    keep_next: bool = False
    spacing: float | None = None
    """From line to line, in lines or as a length; the document's own where none is said."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table: its heading, its width in centimetres, what stands in it, to which side."""

    heading: str
    width: float
    field: str
    align: WD_ALIGN_PARAGRAPH = LEFT


BODY = Type(after=6, indent=1.27)
"""Justified, first line set in, six points between paragraphs."""
TITLE = Type(bold=True, align=CENTRE, keep_next=True)
CELL = Type(points=TABLE_POINTS, align=LEFT)


def new_document(*, landscape: bool = False, points: int = BODY_POINTS) -> Document:
    """Start an A4 document with the decree's margins, type and page numbers."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(points)
    for script in ("w:eastAsia", "w:cs", "w:hAnsi", "w:ascii"):
        style.element.rPr.rFonts.set(qn(script), FONT)
    style.paragraph_format.space_after = Pt(0)
    _shape(document.sections[0], landscape=landscape)
    _number_pages(document.sections[0])
    return document


def annex_section(document: Document, *, landscape: bool = True) -> None:
    """Begin an annex with page numbers of its own."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    # The paragraph that holds the break stands after the signature: it must not come to a page of its own.
    shrunk(document.paragraphs[-1])
    _shape(section, landscape=landscape)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)  # noqa: SLF001


def _shape(section: Section, *, landscape: bool) -> None:
    long, short = Mm(297), Mm(210)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)


def _number_pages(section: Section) -> None:
    """Centre the page number in the top margin, except on the first page."""
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    run = number.add_run()
    run.font.size, run.font.name = Pt(13), FONT
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)  # noqa: SLF001


def paragraph(document: Document, text: str, kind: Type = BODY) -> Paragraph:
    """Add a paragraph of the body."""
    return _set(document.add_paragraph(), text, kind)


def mark(document: Document, text: str) -> None:
    """Add a paragraph that holds a mark of the template and nothing else: it is gone once filled in."""
    document.add_paragraph(text)


def shrunk(target: Paragraph) -> None:
    """Make an empty paragraph that has to be there take no room."""
    form = target.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)


def line(cell: _Cell, text: str, kind: Type) -> Paragraph:
    """Write a line into a cell, using the empty paragraph every new cell comes with."""
    first = cell.paragraphs[0]
    return _set(cell.add_paragraph() if first.runs else first, text, kind)


def rule(target: _Cell | Document, text: str) -> None:
    """Draw a short rule: low lines, so that an office can lengthen it by hand."""
    kind = Type(points=RULE_POINTS, align=CENTRE, after=5)
    drawn = line(target, text, kind) if isinstance(target, _Cell) else paragraph(target, text, kind)
    drawn.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    drawn.paragraph_format.line_spacing = Pt(6)


def _set(target: Paragraph, text: str, kind: Type) -> Paragraph:
    form = target.paragraph_format
    target.alignment = kind.align
    form.space_after, form.space_before = Pt(kind.after), Pt(kind.before)
    form.first_line_indent = Cm(kind.indent) if kind.indent else None
    form.keep_with_next = kind.keep_next or None
    if kind.spacing is not None:
        form.line_spacing = kind.spacing
    run = target.add_run(text)
    run.font.size, run.font.name = Pt(kind.points), FONT
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:cs"), FONT)  # noqa: SLF001
    run.bold, run.italic = kind.bold or None, kind.italic or None
    _size_when_empty(target, kind.points)
    return target


def _size_when_empty(target: Paragraph, points: int) -> None:
    """Set the size of a line's end: a cell that is left empty is as high as one that is not."""
    size = OxmlElement("w:sz")
    size.set(qn("w:val"), str(points * 2))
    end = OxmlElement("w:rPr")
    end.append(size)
    target._p.get_or_add_pPr().append(end)  # noqa: SLF001


def plain_table(document: Document, widths: Sequence[float], rows: int = 1, *, gap: Length = NO_GAP) -> Table:
    """Add a table without rules, to set parts side by side; its cells have no inner margins unless said."""
    table: Table = document.add_table(rows=rows, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row in table.rows:
        _row_mark(row, "w:cantSplit")
    _fix(table, widths, gap=gap)
    return table


def filled_table(
    document: Document, columns: Sequence[Column], rows: str, *, group: str = "", points: int = TABLE_POINTS
) -> Table:
    """Add a table with a row for each of `rows`; its heading repeats and no row breaks over pages.

    Where `group` names a field, a row that has it is a heading over all columns.
    """
    table: Table = document.add_table(rows=1, cols=len(columns))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    head = Type(points=points, bold=True, align=CENTRE)
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        line(cell, column.heading, head)
    _row_mark(table.rows[0], "w:tblHeader")
    _marked(table, f"{{%tr for row in {rows} %}}")
    if group:
        _marked(table, f"{{%tr if row.{group} %}}")
        cells = _added(table)
        heading = Type(points=points, bold=True, align=LEFT, keep_next=True)
        line(cells[0].merge(cells[-1]), f"{{{{ row.{group} }}}}", heading)
        _marked(table, "{%tr else %}")
    for cell, column in zip(_added(table), columns, strict=True):
        line(cell, column.field, Type(points=points, align=column.align))
    if group:
        _marked(table, "{%tr endif %}")
    _marked(table, "{%tr endfor %}")
    for row in table.rows:
        _row_mark(row, "w:cantSplit")
    _fix(table, [column.width for column in columns], gap=CELL_GAP)
    return table


def spread_table(
    document: Document, columns: Sequence[Column], spread: tuple[str, str], rows: str, room: float
) -> Table:
    """Add a table that after its first columns has as many as there are places, which share the room left.

    `spread` names the list of headings, and of each row the list of cells.
    """
    table: Table = document.add_table(rows=1, cols=len(columns) + 3)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    _spread(table.rows[0].cells, [(c.heading, CENTRE) for c in columns], spread[0], bold=True)
    _row_mark(table.rows[0], "w:tblHeader")
    _marked(table, f"{{%tr for row in {rows} %}}")
    _spread(_added(table), [(c.field, c.align) for c in columns], spread[1], bold=False)
    _marked(table, "{%tr endfor %}")
    for row in table.rows:
        _row_mark(row, "w:cantSplit")
    left = room - sum(column.width for column in columns)
    _fix(table, [*(column.width for column in columns), left / 3, left / 3, left / 3], gap=SPREAD_GAP)
    for row in table.rows:
        for cell in row.cells[len(columns) :]:
            cell.width = Cm(0)
    return table


def _spread(
    cells: Sequence[_Cell], first: Sequence[tuple[str, WD_ALIGN_PARAGRAPH]], loop: str, *, bold: bool
) -> None:
    """Write a row of a table that spreads: its first cells, then one for each of a list."""
    for cell, (text, align) in zip(cells, first, strict=False):
        line(cell, text, Type(points=SPREAD_POINTS, bold=bold, align=align))
    begin, each, end = cells[len(first) :]
    line(begin, f"{{%tc for column in {loop} %}}", CELL)
    line(each, "{{ column }}", Type(points=SPREAD_POINTS, bold=bold, align=CENTRE if bold else RIGHT))
    line(end, "{%tc endfor %}", CELL)


def _added(table: Table) -> tuple[_Cell, ...]:
    cells: tuple[_Cell, ...] = table.add_row().cells  # type: ignore[no-untyped-call]
    return cells


def _marked(table: Table, text: str) -> None:
    line(_added(table)[0], text, CELL)


def _row_mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001


def _fix(table: Table, widths: Sequence[float], gap: Length) -> None:
    """Give a table its true widths, in the grid too: viewers and converters read nothing else."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        if row.cells[0].grid_span == 1:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Cm(width)
    properties = table._tbl.tblPr  # noqa: SLF001
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), str(round(gap.twips)))
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    properties.append(margins)
