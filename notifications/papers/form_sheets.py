"""The shipped templates of sheets: a meeting's page, minutes, a month's sheet, a quarter's table and slip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docx.document import Document
from docx.shared import Pt

from notifications.papers.drawing import (
    BODY,
    CELL_GAP,
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
    rule,
    shrunk,
)
from notifications.papers.forms import (
    CAPITALS,
    HEADING,
    LAST,
    SMALL,
    annex_head,
    dated_table,
    report_head,
    said_if,
    titled,
)

DOTS = "…" * 33
"""A line to write on."""
PLAIN = Type(after=6, align=LEFT)
TO_FILL = Type(after=6, indent=1.27, align=LEFT)
SMALL_POINTS = 10
PAGE_POINTS = 9
"""Of a page that 22 places, a sum and two lists have to stand on."""
PAGE_TEXT = Type(points=PAGE_POINTS, align=LEFT, after=1, spacing=1)
PAGE_HEADING = replace(PAGE_TEXT, bold=True)
PAGE_TITLE = Type(points=12, bold=True, align=CENTRE, spacing=1)
PAGE_POST = Type(points=11, bold=True, align=CENTRE, spacing=Pt(12.5))
LIST_WIDTHS = (9.6, 9.6, 6.0)
SIGNED_LINES = 3


COUNTS = (
    ("due", "Đến hạn"),
    ("in_time", "Đúng hạn"),
    ("late", "Sau hạn"),
    ("overdue", "Quá hạn, chưa xong"),
    ("excused", "Tạm dừng"),
)


def _counts(width: float, of: Sequence[tuple[str, str]] = COUNTS) -> tuple[Column, ...]:
    """Return the columns of numbers, as every sheet has them."""
    return tuple(
        Column(heading=heading, width=width, field=f"{{{{ row.{field} }}}}", align=RIGHT)
        for field, heading in of
    )


def meeting_page() -> Document:
    """Draw the page a meeting reads: one landscape sheet in black and white, bars of signs in a column."""
    document = new_document(landscape=True)
    mark(document, "{{ letterhead }}")
    for text in ("{{ kind }}", "{{ abstract }}"):
        paragraph(document, text, PAGE_TITLE)
    rule(document, "{{ abstract_rule }}")
    paragraph(document, "{{ sum }}", replace(PAGE_TEXT, points=SMALL_POINTS, after=2))
    columns = (
        Column(heading="Địa bàn", width=4.5, field="{{ row.place }}"),
        *_counts(1.7, COUNTS[:3]),
        *_counts(3.2, COUNTS[3:4]),
        *_counts(2.2, (*COUNTS[4:], ("running", "Chưa đến hạn"))),
        Column(heading="Tỷ lệ trong số đến hạn", width=8.0, field="{{ row.bar }}"),
    )
    filled_table(document, columns, "rows", points=PAGE_POINTS)
    paragraph(document, "{{ legend }}. {{ as_of }}", replace(PAGE_TEXT, italic=True, after=3))
    late, coming, signed = plain_table(document, LIST_WIDTHS, gap=CELL_GAP).rows[0].cells
    for cell, heading, loop in (
        (late, "Quá hạn lâu nhất", "late"),
        (coming, "Đến hạn trong 07 ngày tới", "coming"),
    ):
        line(cell, heading, PAGE_HEADING)
        line(cell, f"{{%p for text in {loop} %}}", CAPITALS)
        line(cell, "{{ text }}", PAGE_TEXT)
        line(cell, "{%p endfor %}", CAPITALS)
    line(signed, "{%p for text in sign.posts %}", CAPITALS)
    line(signed, "{{ text }}", PAGE_POST)
    line(signed, "{%p endfor %}", CAPITALS)
    line(signed, "{%p for text in room %}", CAPITALS)
    line(signed, "{{ text }}", PAGE_POST)
    line(signed, "{%p endfor %}", CAPITALS)
    line(signed, "{{ sign.name }}", PAGE_POST)
    # What ends with a table has a line after it in any program: here it would be a page of its own.
    shrunk(paragraph(document, "", Type(points=1)))
    return document


def minutes() -> Document:
    """Draw the minutes of a conversation: how the unit stands is filled in, what was agreed is not."""
    document = new_document()
    titled(document)
    for text in (
        "Thời gian bắt đầu: … giờ … phút, ngày … tháng … năm …",
        f"Địa điểm: {DOTS[:26]}",
        f"Chủ trì: {{{{ issuer }}}}: {DOTS[:14]}",
        f"{{{{ unit }}}}: {DOTS[:20]}",
        f"Thư ký (người ghi biên bản): {DOTS[:18]}",
    ):
        paragraph(document, text, TO_FILL)
    paragraph(document, "1. Tình hình thực hiện", HEADING)
    paragraph(document, "{{ opening }}. {{ sum }}")
    said_if(document, "ahead")
    paragraph(document, "Nội dung quá hạn:", Type(after=4, indent=1.27, keep_next=True))
    columns = (
        Column(heading="STT", width=1.2, field="{{ row.n }}", align=CENTRE),
        Column(heading="Nội dung", width=5.2, field="{{ row.what }}"),
        Column(heading="Thời hạn", width=2.3, field="{{ row.day }}", align=CENTRE),
        Column(heading="Ngày làm việc quá hạn", width=1.8, field="{{ row.late }}", align=RIGHT),
        Column(heading="Lý do đã nêu", width=3.3, field="{{ row.reason }}"),
        Column(heading="Đơn vị cam kết xong ngày", width=2.7, field=""),
    )
    dated_table(document, columns, "rows")
    for heading in ("2. Ý kiến của {{ unit }}", "3. Ý kiến của {{ issuer }}", "4. Kết luận"):
        paragraph(document, heading, HEADING)
        paragraph(document, DOTS, PLAIN)
        paragraph(document, DOTS, PLAIN)
    paragraph(
        document,
        "Biên bản kết thúc vào … giờ … phút cùng ngày, đã đọc lại, các bên thống nhất ký tên./.",
        LAST,
    )
    _signed_by_three(document)
    return document


def _signed_by_three(document: Document) -> None:
    """Draw where minutes are signed: who wrote them, who was asked, who led."""
    table = plain_table(document, (5.5, 5.5, 5.5))
    for cell, post in zip(table.rows[0].cells, ("THƯ KÝ", "ĐẠI DIỆN ĐƠN VỊ", "CHỦ TRÌ"), strict=True):
        line(cell, post, Type(points=13, bold=True, align=CENTRE))
        for _ in range(SIGNED_LINES):
            line(cell, " ", Type(align=CENTRE))
    line(table.rows[0].cells[2], "{{ sign.name }}", Type(bold=True, align=CENTRE))


def follow_up() -> Document:
    """Draw a month's sheet of a chairperson: the unit's duties, those below in counts, room to conclude."""
    document = new_document()
    titled(document)
    paragraph(document, "{{ sum }}")
    columns = (
        Column(heading="STT", width=1.2, field="{{ row.n }}", align=CENTRE),
        Column(heading="Nội dung", width=6.4, field="{{ row.what }}"),
        Column(heading="Thời hạn", width=2.3, field="{{ row.day }}", align=CENTRE),
        Column(heading="Tình trạng", width=3.6, field="{{ row.state }}"),
        Column(heading="Lý do chậm", width=3.0, field="{{ row.reason }}"),
    )
    filled_table(document, columns, "rows")
    mark(document, "{%p if below %}")
    paragraph(document, "{{ below_sum }}", Type(after=4, before=6, indent=1.27, keep_next=True))
    below = (
        Column(heading="STT", width=1.2, field="{{ row.n }}", align=CENTRE),
        Column(heading="Đơn vị", width=5.3, field="{{ row.unit }}"),
        *_counts(2.0),
    )
    filled_table(document, below, "below")
    mark(document, "{%p endif %}")
    paragraph(document, "{{ as_of }}", SMALL)
    paragraph(document, "Ý kiến, kết luận của Chủ tịch:", HEADING)
    for _ in range(3):
        paragraph(document, DOTS, PLAIN)
    mark(document, "{{ signature }}")
    return document


def completion_table() -> Document:
    """Draw the table of a quarter: bands by the alphabet, then every agency's numbers."""
    document = new_document()
    report_head(document)
    paragraph(
        document,
        "{{ opening }}, {{ issuer }} tổng hợp mức độ hoàn thành nhiệm vụ của các cơ quan, đơn vị, địa phương"
        " đã đối chiếu số liệu như sau (theo tỷ lệ hoàn thành đúng hạn trong số đã đến hạn; trong mỗi mức,"
        " tên đơn vị xếp theo chữ cái):",
    )
    bands = (
        Column(heading="Mức", width=4.0, field="{{ row.band }}"),
        Column(heading="Số đơn vị", width=1.9, field="{{ row.count }}", align=RIGHT),
        Column(heading="Cơ quan, đơn vị", width=10.6, field="{{ row.units }}"),
    )
    filled_table(document, bands, "bands")
    paragraph(document, "{{ rule }}", Type(after=6, before=6, indent=1.27))
    said_if(document, "waiting")
    paragraph(document, "Số liệu từng cơ quan, đơn vị tại Phụ lục kèm theo./.", LAST)
    mark(document, "{{ signature }}")
    annex_section(document, landscape=False)
    annex_head(document, "", "SỐ LIỆU TỪNG CƠ QUAN, ĐƠN VỊ")
    numbers = (
        ("assigned", "Đến hạn"),
        ("completed", "Hoàn thành"),
        ("in_time", "Đúng hạn"),
        ("late", "Sau hạn"),
        ("overdue", "Chưa xong"),
        ("excused", "Tạm dừng"),
    )
    columns = (
        Column(heading="STT", width=1.2, field="{{ row.n }}", align=CENTRE),
        Column(heading="Cơ quan, đơn vị", width=4.5, field="{{ row.unit }}"),
        *_counts(1.35, numbers),
        Column(heading="Mức", width=2.7, field="{{ row.band }}"),
    )
    dated_table(document, columns, "rows", group="group", points=SMALL_POINTS)
    return document


def completion_slip() -> Document:
    """Draw the slip by which a unit compares its products: what is counted, and boxes for its word."""
    document = new_document()
    report_head(document)
    paragraph(
        document,
        "{{ issuer }} gửi {{ unit }} số liệu về mức độ hoàn thành nhiệm vụ {{ quarter }} để đối chiếu trước"
        " khi công bố. Đề nghị đơn vị cho ý kiến đến hết ngày {{ contest_until }}; quá thời gian trên, số"
        " liệu được coi là đã thống nhất.",
    )
    paragraph(document, "{{ sum }}")
    said_if(document, "since")
    columns = (
        Column(heading="STT", width=1.2, field="{{ row.n }}", align=CENTRE),
        Column(heading="Sản phẩm", width=5.8, field="{{ row.what }}"),
        Column(heading="Hạn cuối", width=2.3, field="{{ row.day }}", align=CENTRE),
        Column(heading="Ngày hoàn thành", width=2.3, field="{{ row.done }}", align=CENTRE),
        Column(heading="Được tính là", width=2.9, field="{{ row.state }}"),
        Column(heading="Ý kiến đơn vị", width=2.0, field=""),
    )
    dated_table(document, columns, "rows")
    paragraph(document, "{{ rule }}", Type(after=6, before=4, indent=1.27))
    paragraph(document, "Ý kiến của đơn vị:  [   ] Thống nhất;   [   ] Đề nghị xem lại, lý do:", BODY)
    paragraph(document, DOTS, PLAIN)
    paragraph(document, DOTS, Type(after=6, align=LEFT, keep_next=True))
    mark(document, "{{ signature }}")
    return document


def reminder_record() -> Document:
    """Draw the record of reminders of a unit, duty by duty, as an annex to whatever cites it."""
    document = new_document()
    titled(document)
    paragraph(document, "{{ opening }}. {{ sum }}")
    columns = (
        Column(heading="STT", width=1.2, field="{{ row.n }}", align=CENTRE),
        Column(heading="Ngày", width=2.4, field="{{ row.on }}", align=CENTRE),
        Column(heading="Hình thức", width=3.7, field="{{ row.what }}"),
        Column(heading="Gửi đến", width=4.4, field="{{ row.to }}"),
        Column(heading="Kết quả gửi", width=4.8, field="{{ row.mail }}"),
    )
    dated_table(document, columns, "rows", group="group")
    mark(document, "{{ signature }}")
    return document
