"""What measures pages sees what it is for: a name that breaks, lines printed over each other."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.shared import Cm, Pt

from notifications.papers.pdf import to_pdf
from tasks_lib.papers.words import glued
from tests.support.papers.measuring import broken_names, needs_office, sheets

NAME = glued("thị trấn Nông trường Phong Hải")


@needs_office
def test_a_name_that_breaks_and_lines_over_each_other_are_found() -> None:
    document = docx.Document()
    document.add_paragraph(f"Kính gửi: {glued('xã Y Tý')}.")
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for column in table.columns:
        column.width = Cm(2)
    table.rows[0].cells[0].text = NAME
    good = BytesIO()
    document.save(good)
    for text in ("Dòng thứ nhất", "Dòng thứ hai"):
        close = document.add_paragraph(text).paragraph_format
        close.line_spacing, close.space_after = Pt(3), Pt(0)
    bad = BytesIO()
    document.save(bad)

    first, second = map(sheets, to_pdf([good.getvalue(), bad.getvalue()]) or ())

    assert broken_names(good.getvalue(), first) == [NAME.replace("\N{NO-BREAK SPACE}", "")]
    assert [page.overlapping for page in first] == [[]]
    assert "Dòng / Dòng" in second[0].overlapping
