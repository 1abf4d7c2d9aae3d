"""The shipped templates of reports."""

from __future__ import annotations

from dataclasses import replace

from docx.document import Document

from notifications.papers.drawing import (
    BODY,
    CENTRE,
    LEFT,
    RIGHT,
    Column,
    Type,
    annex_section,
    filled_table,
    line,
    mark,
    new_document,
    paragraph,
    plain_table,
    spread_table,
)
from notifications.papers.form_letters import moved_days
from notifications.papers.forms import (
    HEADING,
    LAST,
    SMALL,
    annex_head,
    closed,
    dated_table,
    report_head,
    said_if,
    texts,
    titled,
)

LONG_BODY = replace(BODY, points=13, after=5, spacing=1.05)
"""Of a report of many pages: the smallest type and spacing that the decree leaves."""


def period_report() -> Document:
    """Draw a periodic report: all items, then two annexes: the items in a table, and the figures."""
    document = new_document()
    report_head(document)
    paragraph(document, "{{ opening }}", LONG_BODY)
    mark(document, "{%p for section in sections %}")
    paragraph(document, "{{ section.heading }}", replace(LONG_BODY, bold=True, keep_next=True))
    texts(document, "section.texts", LONG_BODY)
    mark(document, "{%p if section.scores and scores %}")
    _scores(document)
    mark(document, "{%p endif %}")
    mark(document, "{%p endfor %}")
    closed(document)
    _items(document)
    _figures(document)
    return document


def _items(document: Document) -> None:
    """Draw the annex on all items, with two plots below where the report has them."""
    annex_section(document)
    annex_head(document, "I", "TÌNH HÌNH THỰC HIỆN CÁC NHIỆM VỤ")
    items = (
        Column(heading="Mã", width=1.1, field="{{ row.n }}", align=CENTRE),
        Column(heading="Nhiệm vụ", width=6.2, field="{{ row.title }}"),
        Column(heading="Chủ trì", width=2.9, field="{{ row.leads }}"),
        Column(heading="Thời hạn", width=2.6, field="{{ row.deadline }}"),
        Column(heading="Kết quả", width=6.7, field="{{ row.result }}"),
        Column(heading="Chưa hoàn thành, chưa báo cáo", width=5.7, field="{{ row.missing }}"),
    )
    dated_table(document, items, "items", group="group", points=9)
    _plots(document)


def _figures(document: Document) -> None:
    """Draw the annex of figures, one table for each content, places as columns."""
    mark(document, "{%p if figures %}")
    annex_section(document)
    annex_head(document, "II", "SỐ LIỆU THEO CHỈ SỐ NỘI DUNG")
    mark(document, "{%p for annex in figures %}")
    heading = Type(points=11, bold=True, align=LEFT, before=3, after=1, keep_next=True)
    paragraph(document, "{{ annex.title }}", heading)
    named = (
        Column(heading="Mã", width=0.9, field="{{ row.item }}", align=CENTRE),
        Column(heading="Số liệu", width=7.0, field="{{ row.name }}"),
    )
    spread_table(document, named, ("annex.columns", "row.cells"), "annex.rows", room=25.2)
    mark(document, "{%p endfor %}")
    paragraph(document, "{{ as_of }}", SMALL)
    mark(document, "{%p endif %}")


def _plots(document: Document) -> None:
    """Draw two plots side by side, where the report has them."""
    mark(document, "{%p if plots %}")
    for place, cell in enumerate(plain_table(document, (12.6, 12.6)).rows[0].cells):
        line(cell, f"{{{{ plots[{place}].title }}}}", Type(points=11, bold=True, align=CENTRE, before=4))
        line(cell, f"{{{{ plots[{place}].image }}}}", Type(align=CENTRE))
    mark(document, "{%p endif %}")


def _scores(document: Document) -> None:
    """Draw what the work is for beside the work, content by content."""
    columns = (
        Column(heading="TT", width=0.9, field="{{ row.n }}", align=CENTRE),
        Column(heading="Chỉ số nội dung", width=6.6, field="{{ row.content }}"),
        Column(heading="PAPI {{ scores.years[0] }}", width=1.4, field="{{ row.before }}", align=RIGHT),
        Column(heading="PAPI {{ scores.years[1] }}", width=1.4, field="{{ row.last }}", align=RIGHT),
        Column(heading="Đến hạn", width=1.5, field="{{ row.due }}", align=RIGHT),
        Column(heading="Đúng hạn", width=1.6, field="{{ row.in_time }}", align=RIGHT),
        Column(heading="Sau hạn", width=1.5, field="{{ row.late }}", align=RIGHT),
        Column(heading="Chưa xong", width=1.6, field="{{ row.missing }}", align=RIGHT),
    )
    filled_table(document, columns, "scores.rows", points=11)
    paragraph(document, "{{ scores.note }}", SMALL)


def late_units() -> Document:
    """Draw the report to UBND tỉnh on who has not done what the plan asks, with the units in an annex."""
    document = new_document()
    report_head(document)
    texts(document, "texts")
    closed(document)
    annex_section(document)
    annex_head(document, "", "{{ abstract }}")
    late = (
        Column(heading="STT", width=1.2, field="{{ row.n }}", align=CENTRE),
        Column(heading="Cơ quan, đơn vị", width=4.2, field="{{ row.unit }}"),
        Column(heading="Nhiệm vụ", width=4.9, field="{{ row.what }}"),
        Column(heading="Thời gian hoàn thành", width=3.5, field="{{ row.day }}"),
        Column(heading="Ngày làm việc quá hạn", width=1.9, field="{{ row.late }}", align=RIGHT),
        Column(heading="Đã nhắc việc, đôn đốc", width=3.3, field="{{ row.told }}"),
        Column(heading="Lý do đơn vị nêu", width=3.1, field="{{ row.reason }}"),
        Column(heading="Đề xuất của cơ quan tổng hợp", width=3.1, field="{{ row.proposal }}"),
    )
    dated_table(document, late, "rows", group="group", points=11)
    return document


def extension_request() -> Document:
    """Draw the request for another day."""
    document = new_document()
    report_head(document)
    paragraph(
        document,
        "{{ opening }}, {{ issuer }} đã theo dõi, đôn đốc các cơ quan, đơn vị, địa phương. Đến ngày"
        " {{ until }}, một số nội dung còn đang thực hiện, cần điều chỉnh thời hạn như sau:",
    )
    moved_days(document)
    paragraph(
        document,
        "{{ issuer }} kính trình {{ top }} xem xét, quyết định điều chỉnh thời hạn các nội dung trên./.",
        Type(after=6, before=6, indent=1.27, keep_next=True),
    )
    mark(document, "{{ signature }}")
    return document


def item_report() -> Document:
    """Draw a district's report of one item: results, figures, what is missing, and the units in an annex."""
    document = new_document()
    report_head(document)
    paragraph(document, "{{ opening }}, {{ issuer }} báo cáo kết quả thực hiện nhiệm vụ {{ item }} như sau:")
    paragraph(document, "I. Kết quả thực hiện", HEADING)
    paragraph(document, "{{ sum }}")
    texts(document, "figures")
    texts(document, "own")
    said_if(document, "missing")
    paragraph(document, "II. Tồn tại, hạn chế và nguyên nhân", HEADING)
    texts(document, "faults")
    paragraph(document, "III. Kiến nghị, đề xuất", HEADING)
    paragraph(document, "{{ blank }}")
    paragraph(document, "{{ issuer }} báo cáo để tổng hợp./.", LAST)
    mark(document, "{{ signature }}")
    annex_section(document, landscape=False)
    annex_head(document, "", "KẾT QUẢ CỦA TỪNG ĐƠN VỊ")
    columns = (
        Column(heading="STT", width=1.1, field="{{ row.n }}", align=CENTRE),
        Column(heading="Đơn vị", width=5.4, field="{{ row.unit }}"),
        Column(heading="Thời hạn", width=2.4, field="{{ row.day }}", align=CENTRE),
        Column(heading="Tình trạng", width=4.6, field="{{ row.state }}"),
        Column(heading="Lý do chậm", width=3.0, field="{{ row.reason }}"),
    )
    dated_table(document, columns, "rows")
    return document


def own_plan() -> Document:
    """Draw a unit's own plan: what it was given is filled in, how it will do it is written by people."""
    document = new_document()
    titled(document)
    paragraph(document, "I. Mục đích, yêu cầu", HEADING)
    paragraph(
        document,
        "1. Tổ chức thực hiện đầy đủ, đúng thời hạn các nhiệm vụ được giao tại Kế hoạch số {{ plan.number }}"
        " ngày {{ plan.signed_on }} của {{ plan.issuer }}.",
    )
    paragraph(
        document,
        "2. Xác định rõ người chủ trì, người thực hiện, thời hạn và sản phẩm của từng nhiệm vụ; báo cáo đúng"
        " kỳ.",
    )
    paragraph(document, "II. Nhiệm vụ", HEADING)
    paragraph(document, "{{ given }}")
    paragraph(document, "III. Tổ chức thực hiện", HEADING)
    for text in (
        "1. Lãnh đạo phụ trách: …………………………………………",
        "Công chức đầu mối: …………………………………………",
        "2. Các bộ phận, công chức được phân công tại Phụ lục thực hiện và báo cáo {{ office }} theo các kỳ:",
    ):
        paragraph(document, text)
    texts(document, "reports")
    paragraph(document, f"3. Kinh phí thực hiện: {'…' * 18}", BODY)
    paragraph(
        document,
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, kịp thời báo cáo để xem xét./.",
        LAST,
    )
    mark(document, "{{ signature }}")
    _own_duties(document)
    return document


def _own_duties(document: Document) -> None:
    """Draw the annex of what the unit was given; who does it is left to write."""
    annex_section(document)
    annex_head(document, "", "NHIỆM VỤ CỦA ĐƠN VỊ")
    columns = (
        Column(heading="Mã", width=1.2, field="{{ row.n }}", align=CENTRE),
        Column(heading="Nhiệm vụ", width=8.4, field="{{ row.what }}"),
        Column(heading="Vai trò", width=1.9, field="{{ row.part }}"),
        Column(heading="Thời hạn", width=3.9, field="{{ row.day }}"),
        Column(heading="Sản phẩm, số liệu", width=5.6, field="{{ row.product }}"),
        Column(heading="Người, bộ phận thực hiện", width=4.2, field="{{ row.who }}"),
    )
    filled_table(document, columns, "rows", group="group", points=11)
