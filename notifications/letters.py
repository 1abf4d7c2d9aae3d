"""The draft report to UBND tỉnh as a DOCX in the form of Decree 30/2020; a person signs and sends it."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from notifications.docx_parts import (
    Cell,
    annex_page,
    font_sized,
    heading_table,
    new_document,
    paragraph,
    report_table,
    signature_table,
)
from notifications.proposal_model import ProposalReport, ProposalRow
from notifications.proposal_words import excused, figures, outside, request, summary
from notifications.reminded import for_report
from notifications.wording import generic_name, plain_date, upper_first
from obligations.words import count

_HEADINGS = (
    Cell("STT", 1.0),
    Cell("Cơ quan, đơn vị", 4.2),
    Cell("Nhiệm vụ", 5.2),
    Cell("Thời gian hoàn thành", 2.8),
    Cell("Ngày làm việc quá hạn", 1.9),
    Cell("Đã nhắc việc, đôn đốc", 3.2),
    Cell("Lý do đơn vị nêu", 3.2),
    Cell("Đề xuất của cơ quan tổng hợp", 3.2),
)


def proposals_report(data: ProposalReport) -> bytes:
    """Write the draft: number, date and signature stay blank for the clerk and the signer."""
    document = new_document()
    # The library would stamp its template's own dates; the draft's are those of its data.
    document.core_properties.title = _abstract(data)
    document.core_properties.author = data.issuer
    document.core_properties.created = datetime.combine(data.as_of, time())
    document.core_properties.modified = datetime.combine(data.as_of, time())
    _head(document, data)
    _body(document, data)
    signature_table(document, _recipients(data), data.signer_post, data.signer_name)
    _annex(document, data)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _abstract(data: ProposalReport) -> str:
    plan = f"Kế hoạch số {data.plan_number} ngày {plain_date(data.plan_signed_on)}"
    about = f"Các cơ quan, địa phương chưa thực hiện, chậm thực hiện nhiệm vụ tại {plan}"
    return f"{about} (tính đến ngày {plain_date(data.as_of)})"


def _head(document: Document, data: ProposalReport) -> None:
    heading_table(
        document,
        above=data.plan_issuer.upper(),
        issuer=data.issuer.upper(),
        number=f"Số:        /{data.sign}",
        place=f"{data.place}, ngày      tháng      năm {data.as_of.year}",
    )
    centre = WD_ALIGN_PARAGRAPH.CENTER
    paragraph(document, "BÁO CÁO", align=centre, bold=True, indent=False)
    paragraph(document, _abstract(data), align=centre, bold=True, indent=False)
    paragraph(document, f"Kính gửi: {data.recipient}.", align=centre, indent=False)


def _body(document: Document, data: ProposalReport) -> None:
    top = generic_name(data.plan_issuer)
    basis = f"Kế hoạch số {data.plan_number} ngày {plain_date(data.plan_signed_on)} của {top}"
    duty = f"Thực hiện nhiệm vụ được giao tại Mục III {basis}"
    paragraph(document, f"{duty}, {data.issuer} báo cáo như sau:")
    paragraph(document, figures(data))
    for group in data.groups:
        paragraph(document, summary(group))
    for text in excused(data):
        paragraph(document, text)
    paragraph(document, request(data, top))
    for text in outside(data, top):
        paragraph(document, text)
    paragraph(document, f"{data.issuer} trân trọng báo cáo {top} xem xét, chỉ đạo./.")


def _recipients(data: ProposalReport) -> tuple[str, ...]:
    return ("- Như trên;", f"- Lưu: {data.filed_under}.")


def _annex(document: Document, data: ProposalReport) -> None:
    annex_page(document)
    centre = WD_ALIGN_PARAGRAPH.CENTER
    paragraph(document, "PHỤ LỤC", align=centre, bold=True, indent=False)
    paragraph(document, _abstract(data), align=centre, bold=True, indent=False)
    rows: list[str | tuple[str, ...]] = []
    for group in data.groups:
        rows.append(group.name)
        rows += [_cells(number, row) for number, row in enumerate(group.rows, start=1)]
    if data.excused:
        rows.append("Chậm do tạm dừng theo địa bàn (thống kê riêng)")
        rows += [_cells(number, row) for number, row in enumerate(data.excused, start=1)]
    if data.outside:
        rows.append(f"Cơ quan không thuộc {generic_name(data.plan_issuer)} (đề nghị phối hợp)")
        rows += [_polite(number, row) for number, row in enumerate(data.outside, start=1)]
    report_table(document, _HEADINGS, rows)
    on = plain_date(data.as_of)
    mark = f" Mã kiểm của nhật ký đến ngày {on}: {data.journal_mark}." if data.journal_mark else ""
    note = paragraph(document, f"Số liệu chốt đến ngày {on}.{mark}", indent=False)
    font_sized(note, 12)


def _cells(number: int, row: ProposalRow) -> tuple[str, ...]:
    return (
        str(number),
        row.unit,
        row.name,
        _deadline(row),
        count(row.working_days_late),
        upper_first(for_report(row.reminders)),
        row.reason or "Chưa có ý kiến",
        row.proposal,
    )


def _deadline(row: ProposalRow) -> str:
    """Give what sets the last day, the plan's own wording or a document, and the day."""
    said, last = row.paper or row.deadline_text, plain_date(row.last_day)
    return f"{said} (hạn cuối {last})" if said else last


def _polite(number: int, row: ProposalRow) -> tuple[str, ...]:
    """Show an invited body without lateness or reminders: it was asked, not assigned."""
    return (
        str(number),
        row.unit,
        row.name,
        _deadline(row),
        "",
        "",
        row.reason or "",
        row.proposal or "Chưa cung cấp",
    )
