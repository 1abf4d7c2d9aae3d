"""The shipped templates of letters."""

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
)
from notifications.papers.forms import addressed, annex_head, closed, dated_table, said_if, texts


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
    said_if(document, "excused")
    paragraph(
        document,
        "Để bảo đảm tiến độ chung, {{ issuer }} {{ asks }} các cơ quan, đơn vị, địa phương có tên tại"
        " Phụ lục II hoàn thành nhiệm vụ và gửi báo cáo về {{ desk }} trước ngày {{ before }}. Trường hợp đã"
        " hoàn thành nhưng chưa cập nhật, đề nghị cho biết số, ký hiệu và ngày của văn bản; trường hợp có khó"
        " khăn, vướng mắc, đề nghị nêu rõ lý do và thời điểm dự kiến hoàn thành.",
    )
    said_if(document, "again")
    closed(document)
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
    dated_table(document, reported, "reported", group="group")
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
    dated_table(document, asked, "asked", group="group")
