"""The shipped templates of letters."""

from __future__ import annotations

from docx.document import Document

from notifications.papers.drawing import (
    CENTRE,
    LEFT,
    RIGHT,
    Column,
    Type,
    annex_section,
    filled_table,
    mark,
    new_document,
    paragraph,
)
from notifications.papers.forms import (
    LAST,
    addressed,
    annex_head,
    closed,
    dated_table,
    said_if,
    texts,
    titled,
)


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


def invitation() -> Document:
    """Draw the invitation of a unit to a conversation: about what; hour, place and host are blank."""
    document = new_document()
    titled(document)
    paragraph(
        document,
        "{{ opening }}, {{ issuer }} trân trọng kính mời đại diện lãnh đạo {{ unit }} làm việc về các nội"
        " dung đã đến hạn mà đơn vị chưa báo cáo ({{ overdue }} nội dung, tính đến ngày {{ until }}):",
    )
    columns = (
        Column(heading="STT", width=1.1, field="{{ row.n }}", align=CENTRE),
        Column(heading="Nội dung", width=7.4, field="{{ row.what }}"),
        Column(heading="Thời hạn", width=2.4, field="{{ row.day }}", align=CENTRE),
        Column(heading="Ngày làm việc quá hạn", width=2.0, field="{{ row.late }}", align=RIGHT),
        Column(heading="Lý do đã nêu", width=3.6, field="{{ row.reason }}"),
    )
    filled_table(document, columns, "rows")
    for text in (
        "Thời gian: … giờ … phút, ngày … tháng … năm …",
        f"Địa điểm: {'…' * 24}",
        f"Chủ trì: {'…' * 24}",
    ):
        paragraph(document, text, Type(after=4, before=2, indent=1.27, align=LEFT))
    paragraph(
        document,
        "Đề nghị đơn vị chuẩn bị báo cáo kết quả thực hiện, khó khăn, vướng mắc và thời điểm hoàn thành từng"
        " nội dung; trường hợp đã hoàn thành, mang theo văn bản, tài liệu kiểm chứng./.",
        LAST,
    )
    mark(document, "{{ signature }}")
    return document


def cooperation() -> Document:
    """Draw the letter to bodies that are asked to cooperate: what is asked for, until when, and thanks."""
    document = new_document()
    mark(document, "{{ letterhead }}")
    addressed(document)
    paragraph(
        document,
        "Để phục vụ việc thực hiện và tổng hợp báo cáo {{ cycle }} Kế hoạch số {{ plan.number }} ngày"
        " {{ plan.signed_on }} của {{ plan.issuer }}, {{ issuer }} trân trọng đề nghị Quý cơ quan phối hợp,"
        " cung cấp thông tin, số liệu thuộc lĩnh vực phụ trách:",
    )
    texts(document, "asks")
    paragraph(
        document,
        "Thông tin, số liệu xin gửi về {{ issuer }} chậm nhất ngày {{ before }} hoặc trả lời trực tiếp thư"
        " của Hệ thống theo dõi. Không cung cấp thông tin thuộc danh mục bí mật nhà nước, danh sách có dữ"
        " liệu cá nhân.",
    )
    paragraph(document, "{{ issuer }} trân trọng cảm ơn sự phối hợp của Quý cơ quan./.", LAST)
    mark(document, "{{ signature }}")
    return document


def extension_letter() -> Document:
    """Draw the document that moves the day of some items; the new days are for people to enter."""
    document = new_document()
    mark(document, "{{ letterhead }}")
    addressed(document)
    paragraph(
        document,
        "Thực hiện Kế hoạch số {{ plan.number }} ngày {{ plan.signed_on }} của {{ plan.issuer }}; {{ basis }}"
        " {{ issuer }} điều chỉnh {{ whose }} các nội dung sau:",
    )
    moved_days(document)
    paragraph(document, "{{ closing }}./.", Type(after=6, before=6, indent=1.27, keep_next=True))
    mark(document, "{{ signature }}")
    return document


def moved_days(document: Document) -> None:
    """Draw the table of items whose day is to be moved."""
    columns = (
        Column(heading="STT", width=1.1, field="{{ row.n }}", align=CENTRE),
        Column(heading="Nội dung", width=4.6, field="{{ row.what }}"),
        Column(heading="Đơn vị", width=4.4, field="{{ row.units }}"),
        Column(heading="Thời hạn hiện nay", width=2.3, field="{{ row.day }}", align=CENTRE),
        Column(heading="Thời hạn mới", width=2.5, field="{{ row.new_day }}", align=CENTRE),
        Column(heading="Lý do", width=1.6, field="{{ row.reason }}"),
    )
    dated_table(document, columns, "rows")
