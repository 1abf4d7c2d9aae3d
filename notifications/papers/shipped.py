"""Draws the shipped templates anew: `python -m notifications.papers.shipped`; offices edit copies in Word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docx.document import Document

from notifications.papers.drawing import (
    BODY,
    CENTRE,
    LEFT,
    RIGHT,
    TITLE,
    Column,
    Type,
    annex_section,
    filled_table,
    line,
    mark,
    new_document,
    paragraph,
    plain_table,
    rule,
    spread_table,
)
from notifications.papers.widths import HEAD_POINTS, STROKE

HEAD_WIDTHS = (6.3, 10.2)
"""The motto of the state needs 9.6 cm at 13 points."""
MOTTO_STROKES = 43
"""The rule below the motto is as long as the motto."""
SIGNED_WIDTHS = (8.0, 8.5)
SIGNATURE_LINES = 4
LAST = Type(after=6, indent=1.27, keep_next=True)
"""Whoever signs does not sign a page without a word of the text."""
HEADING = Type(bold=True, after=6, indent=1.27, keep_next=True)
SMALL = Type(points=12, italic=True, align=LEFT, before=4)
CAPITALS = Type(points=HEAD_POINTS, align=CENTRE)
BOLD = Type(points=HEAD_POINTS, bold=True, align=CENTRE)


def letterhead() -> Document:
    """The part at the head: issuing body, motto, number, place and day, what it is about."""
    document = new_document()
    table = plain_table(document, HEAD_WIDTHS, rows=2)
    left, right = table.rows[0].cells
    for loop, kind in (("above", CAPITALS), ("issuer", BOLD)):
        line(left, f"{{%p for text in head.{loop} %}}", kind)
        line(left, "{{ text }}", kind)
        line(left, "{%p endfor %}", kind)
    rule(left, "{{ head.rule }}")
    line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD)
    line(right, "Độc lập - Tự do - Hạnh phúc", Type(points=14, bold=True, align=CENTRE))
    rule(right, STROKE * MOTTO_STROKES)
    left, right = table.rows[1].cells
    line(left, "Số: {{ head.number }}/{{ head.symbol }}", CAPITALS)
    line(left, "{%p if head.about %}", CAPITALS)
    line(left, "V/v {{ head.about }}", Type(points=12, align=CENTRE, before=3))
    line(left, "{%p endif %}", CAPITALS)
    line(right, "{{ head.place }}, {{ head.day }}", Type(points=14, italic=True, align=CENTRE))
    paragraph(document, "", Type(points=8))
    return document


def signature() -> Document:
    """The part at the end: who gets it on the left, who signs on the right."""
    document = new_document()
    paragraph(document, "", Type(points=6, keep_next=True))
    left, right = plain_table(document, SIGNED_WIDTHS).rows[0].cells
    line(left, "Nơi nhận:", Type(points=12, bold=True, italic=True, align=LEFT))
    line(left, "{%p for text in sign.recipients %}", CAPITALS)
    line(left, "{{ text }}", Type(points=11, align=LEFT))
    line(left, "{%p endfor %}", CAPITALS)
    line(right, "{%p for text in sign.posts %}", CAPITALS)
    line(right, "{{ text }}", Type(points=14, bold=True, align=CENTRE))
    line(right, "{%p endfor %}", CAPITALS)
    for _ in range(SIGNATURE_LINES):
        line(right, " ", Type(points=14, align=CENTRE))
    line(right, "{{ sign.name }}", Type(points=14, bold=True, align=CENTRE))
    return document


def addressed(document: Document) -> None:
    """Draw "Kính gửi": one addressee behind it, several below it."""
    kind = Type(align=CENTRE, before=4, after=8)
    mark(document, "{%p if to|length == 1 %}")
    paragraph(document, "Kính gửi: {{ to[0] }}.", kind)
    mark(document, "{%p else %}")
    table = plain_table(document, (4.5, 11.0))
    left, right = table.rows[0].cells
    line(left, "Kính gửi:", Type(align=RIGHT))
    line(right, "{%p for one in to %}", CAPITALS)
    line(right, "\N{NO-BREAK SPACE}- {{ one }}{{ '.' if loop.last else ';' }}", Type(align=LEFT))
    line(right, "{%p endfor %}", CAPITALS)
    paragraph(document, "", Type(points=8))
    mark(document, "{%p endif %}")


def texts(document: Document, loop: str, kind: Type = BODY) -> None:
    """Draw a paragraph for each text of a list."""
    mark(document, f"{{%p for text in {loop} %}}")
    paragraph(document, "{{ text }}", kind)
    mark(document, "{%p endfor %}")


def annex_head(document: Document, number: str, title: str) -> None:
    """Draw the head of an annex: its number, its title, and to which paper it belongs."""
    paragraph(document, f"Phụ lục {number}", TITLE)
    paragraph(document, title, TITLE)
    paragraph(document, "(Kèm theo {{ belongs }})", Type(italic=True, align=CENTRE, after=8))


def urging() -> Document:
    """Công văn đôn đốc with its two annexes."""
    document = new_document()
    mark(document, "{{ letterhead }}")
    addressed(document)
    paragraph(
        document,
        "Thực hiện Kế hoạch số {{ plan.number }} ngày {{ plan.signed_on }} của {{ plan.issuer }},"
        " {{ issuer }} đã theo dõi, tổng hợp việc thực hiện của các cơ quan, đơn vị, địa phương. Tính đến"
        " ngày {{ until }}, các nội dung đã đến hạn mà còn đơn vị chưa báo cáo như sau:",
    )
    texts(document, "subjects")
    mark(document, "{%p if excused %}")
    paragraph(document, "{{ excused }}")
    mark(document, "{%p endif %}")
    paragraph(
        document,
        "Để bảo đảm tiến độ chung, {{ issuer }} {{ asks }} các cơ quan, đơn vị, địa phương có tên tại"
        " Phụ lục II hoàn thành nhiệm vụ và gửi báo cáo về {{ desk }} trước ngày {{ before }}. Trường hợp đã"
        " hoàn thành nhưng chưa cập nhật, đề nghị cho biết số, ký hiệu và ngày của văn bản; trường hợp có khó"
        " khăn, vướng mắc, đề nghị nêu rõ lý do và thời điểm dự kiến hoàn thành.",
    )
    mark(document, "{%p if again %}")
    paragraph(document, "{{ again }}")
    mark(document, "{%p endif %}")
    paragraph(document, "{{ closing }}./.", LAST)
    mark(document, "{{ signature }}")
    _urging_annexes(document)
    return document


def _urging_annexes(document: Document) -> None:
    annex_section(document, landscape=False)
    annex_head(document, "I", "ĐƠN VỊ ĐÃ BÁO CÁO")
    reported = (
        Column(heading="STT", width=1.1, field="{{ row.n }}", align=CENTRE),
        Column(heading="Địa bàn, cơ quan", width=4.0, field="{{ row.area }}"),
        Column(heading="Đã báo cáo", width=1.9, field="{{ row.count }}", align=RIGHT),
        Column(heading="Đơn vị (ngày báo cáo)", width=9.5, field="{{ row.units }}"),
    )
    filled_table(document, reported, "reported", group="group")
    paragraph(document, "{{ as_of }}", SMALL)
    annex_section(document)
    annex_head(document, "II", "ĐƠN VỊ {{ asks|upper }} BÁO CÁO")
    asked = (
        Column(heading="STT", width=1.1, field="{{ row.n }}", align=CENTRE),
        Column(heading="Cơ quan, đơn vị", width=5.0, field="{{ row.unit }}"),
        Column(heading="Nội dung", width=8.2, field="{{ row.what }}"),
        Column(heading="Thời hạn", width=2.4, field="{{ row.day }}", align=CENTRE),
        Column(heading="Ngày làm việc quá hạn", width=2.0, field="{{ row.late }}", align=RIGHT),
        Column(heading="Thư nhắc việc đã nhận", width=4.2, field="{{ row.told }}"),
        Column(heading="Đôn đốc lần", width=1.8, field="{{ row.turn }}", align=RIGHT),
    )
    filled_table(document, asked, "asked", group="group")
    paragraph(document, "{{ as_of }}", SMALL)


def report_head(document: Document) -> None:
    """Draw what stands over a report: its sort, what it is about with a rule below, and to whom it goes."""
    mark(document, "{{ letterhead }}")
    paragraph(document, "{{ kind }}", TITLE)
    paragraph(document, "{{ abstract }}", TITLE)
    rule(document, "{{ abstract_rule }}")
    addressed(document)


def period_report() -> Document:
    """Draw a periodic report: all items, then two annexes: the items in a table, and the figures."""
    document = new_document()
    report_head(document)
    paragraph(document, "{{ opening }}")
    mark(document, "{%p for section in sections %}")
    paragraph(document, "{{ section.heading }}", HEADING)
    texts(document, "section.texts")
    mark(document, "{%p endfor %}")
    paragraph(document, "{{ closing }}./.", LAST)
    mark(document, "{{ signature }}")
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
    filled_table(document, items, "items", group="group", points=10)
    paragraph(document, "{{ as_of }}", SMALL)
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


SHIPPED: dict[str, Callable[[], Document]] = {
    "letterhead": letterhead,
    "signature": signature,
    "urging": urging,
    "period-report": period_report,
}


def write(folder: Path) -> None:
    """Write all shipped templates into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in SHIPPED.items():
        draw().save(str(folder / f"{name}.docx"))


if __name__ == "__main__":
    write(Path(__file__).parents[2] / "config" / "papers")
