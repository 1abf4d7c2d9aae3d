"""The shipped templates of reports."""

from __future__ import annotations

from docx.document import Document

from notifications.papers.drawing import (
    CENTRE,
    RIGHT,
    Column,
    annex_section,
    mark,
    new_document,
    paragraph,
    spread_table,
)
from notifications.papers.forms import HEADING, SMALL, annex_head, closed, dated_table, report_head, texts


def period_report() -> Document:
    """Draw a periodic report: all items, then two annexes: the items in a table, and the figures."""
    document = new_document()
    report_head(document)
    paragraph(document, "{{ opening }}")
    mark(document, "{%p for section in sections %}")
    paragraph(document, "{{ section.heading }}", HEADING)
    texts(document, "section.texts")
    mark(document, "{%p endfor %}")
    closed(document)
    annex_section(document)
    annex_head(document, "I", "TÌNH HÌNH THỰC HIỆN CÁC NHIỆM VỤ")
    items = (
        Column(heading="Mã", width=1.2, field="{{ row.n }}", align=CENTRE),
        Column(heading="Nhiệm vụ", width=6.6, field="{{ row.title }}"),
        Column(heading="Chủ trì", width=3.2, field="{{ row.leads }}"),
        Column(heading="Thời hạn", width=2.8, field="{{ row.deadline }}"),
        Column(heading="Kết quả", width=5.8, field="{{ row.result }}"),
        Column(heading="Chưa hoàn thành, chưa báo cáo", width=5.6, field="{{ row.missing }}"),
    )
    dated_table(document, items, "items", group="group", points=10)
    mark(document, "{%p if figures %}")
    annex_section(document)
    annex_head(document, "II", "SỐ LIỆU THEO CHỈ SỐ NỘI DUNG")
    mark(document, "{%p for annex in figures %}")
    paragraph(document, "{{ annex.title }}", HEADING)
    named = (
        Column(heading="Mã", width=0.9, field="{{ row.item }}", align=CENTRE),
        Column(heading="Số liệu", width=4.7, field="{{ row.name }}"),
    )
    spread_table(document, named, ("annex.columns", "row.cells"), "annex.rows", room=25.2)
    paragraph(document, "{{ as_of }}", SMALL)
    mark(document, "{%p endfor %}")
    mark(document, "{%p endif %}")
    return document


def late_units() -> Document:
    """Draw the report to UBND tỉnh on who has not done what the plan asks, with the units in an annex."""
    document = new_document()
    report_head(document)
    texts(document, "texts")
    closed(document)
    annex_section(document)
    annex_head(document, "", "{{ abstract }}")
    late = (
        Column(heading="STT", width=1.0, field="{{ row.n }}", align=CENTRE),
        Column(heading="Cơ quan, đơn vị", width=4.2, field="{{ row.unit }}"),
        Column(heading="Nhiệm vụ", width=5.7, field="{{ row.what }}"),
        Column(heading="Thời gian hoàn thành", width=2.9, field="{{ row.day }}"),
        Column(heading="Ngày làm việc quá hạn", width=1.9, field="{{ row.late }}", align=RIGHT),
        Column(heading="Đã nhắc việc, đôn đốc", width=3.3, field="{{ row.told }}"),
        Column(heading="Lý do đơn vị nêu", width=3.1, field="{{ row.reason }}"),
        Column(heading="Đề xuất của cơ quan tổng hợp", width=3.1, field="{{ row.proposal }}"),
    )
    dated_table(document, late, "rows", group="group")
    return document
