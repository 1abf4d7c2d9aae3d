"""The draft report to UBND tỉnh as a DOCX in the form of Decree 30/2020; a person signs and sends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
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
from notifications.reminded import NOT_REACHED, for_report
from notifications.wording import count, generic_name, joined, plain_date, upper_first
from obligations.reckoning import Reckoning
from obligations.reminders import NONE, Reminders


@dataclass(frozen=True, kw_only=True)
class ProposalRow:
    """One obligation of the released list, as the report's annex shows it."""

    unit: str
    """"UBND xã A Mú Sung"."""
    item: str
    """The item's key, or the report's name where there is no item."""
    title: str
    deadline_text: str
    last_day: date
    working_days_late: int
    reminders: Reminders = NONE
    reason: str | None = None
    proposal: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposalGroup:
    """The rows under one heading: a district with its communes, or a department with its own."""

    name: str
    """"UBND huyện Bát Xát"."""
    rows: tuple[ProposalRow, ...]


@dataclass(frozen=True, kw_only=True)
class ProposalReport:
    """All that the report to UBND tỉnh says."""

    plan_number: str
    plan_signed_on: date
    plan_issuer: str
    """"UBND tỉnh Lào Cai"."""
    recipient: str
    """"Ủy ban nhân dân tỉnh Lào Cai"."""
    issuer: str
    """"Sở Nội vụ"."""
    sign: str
    """The sign after the blank number: "BC-SNV"."""
    place: str
    """"Lào Cai"."""
    as_of: date
    due_items: int
    """Different tasks of the plan, or kinds of report, among what fell due."""
    reckoned: Reckoning
    """Of all that the plan gives a day: who had to do what."""
    groups: tuple[ProposalGroup, ...]
    outside: tuple[ProposalRow, ...] = ()
    """Bodies not under UBND tỉnh: asked to cooperate, never ranked."""
    act_before: date | None = None
    signer_post: str = "GIÁM ĐỐC"
    signer_name: str = ""
    filed_under: str = "VT, CCHC"
    journal_mark: str = ""
    """The end of the journal, by which anybody who holds the paper can have it proven."""


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
    paragraph(document, _figures(data))
    for group in data.groups:
        paragraph(document, _summary(group))
    paragraph(document, _request(data, top))
    for text in _outside(data, top):
        paragraph(document, text)
    paragraph(document, f"{data.issuer} trân trọng báo cáo {top} xem xét, chỉ đạo./.")


def _figures(data: ProposalReport) -> str:
    found = data.reckoned
    who = f"{count(found.due)} lượt cơ quan, đơn vị, địa phương phải thực hiện"
    due = f"Đến hết ngày {plain_date(data.as_of)}, có {count(data.due_items)} nhiệm vụ đến hạn với {who}"
    done = f"{count(found.in_time)} hoàn thành đúng hạn, {count(found.late)} hoàn thành sau thời hạn"
    paused = f", trong đó {count(found.excused)} tạm dừng theo địa bàn" if found.excused else ""
    return f"{due}; {done}, {count(found.missing)} chưa hoàn thành{paused} (Phụ lục kèm theo)."


def _request(data: ProposalReport, top: str) -> str:
    bodies = "UBND các huyện, thị xã, thành phố và các cơ quan nêu trên"
    act = f"kính đề nghị {top} xem xét, chỉ đạo {bodies} hoàn thành nhiệm vụ{_act_before(data)}"
    return f"{data.issuer} {act}{_responsibility(data)}."


def _responsibility(data: ProposalReport) -> str:
    """Ask after responsibility only of units that have had a reminder."""
    rows = [row for group in data.groups for row in group.rows]
    unheard = [row for row in rows if not row.reminders.arrived]
    if rows and len(unheard) == len(rows):
        return ""
    apart = f" (không gồm đơn vị {NOT_REACHED})" if unheard else ""
    return f"; làm rõ trách nhiệm đối với đơn vị chậm nhiều lần, không có lý do chính đáng{apart}"


def _act_before(data: ProposalReport) -> str:
    return f" trước ngày {plain_date(data.act_before)}" if data.act_before else ""


def _summary(group: ProposalGroup) -> str:
    """Say in one sentence what a district or department and its units have not done."""
    units = len({row.unit for row in group.rows})
    items = ", ".join(dict.fromkeys(row.item for row in group.rows))
    below = {row.unit for row in group.rows} != {group.name}
    who = f"{count(units)} đơn vị" if below else f"{count(len(group.rows))} nội dung"
    late = max(row.working_days_late for row in group.rows)
    most = f"quá hạn nhiều nhất {count(late)} ngày làm việc"
    return f"- {group.name}: {who} chưa hoàn thành ({items}); {most}{_unheard(group)}."


def _unheard(group: ProposalGroup) -> str:
    """Name the units of which a reminder has not arrived."""
    units = tuple(dict.fromkeys(row.unit for row in group.rows if not row.reminders.arrived))
    return f"; {NOT_REACHED}: {joined(units)}" if units else ""


def _outside(data: ProposalReport, top: str) -> list[str]:
    if not data.outside:
        return []
    named = ", ".join(dict.fromkeys(row.unit for row in data.outside))
    return [
        f"Đối với các cơ quan không thuộc {top} ({named}), kính đề nghị {top} có ý kiến đề nghị phối hợp."
    ]


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
        f"{row.item}. {row.title}",
        f"{row.deadline_text} (hạn cuối {plain_date(row.last_day)})",
        count(row.working_days_late),
        upper_first(for_report(row.reminders)),
        row.reason or "Chưa có ý kiến",
        row.proposal,
    )


def _polite(number: int, row: ProposalRow) -> tuple[str, ...]:
    """Show an invited body without lateness or reminders: it was asked, not assigned."""
    what = f"{row.item}. {row.title}"
    return (
        str(number),
        row.unit,
        what,
        row.deadline_text,
        "",
        "",
        row.reason or "",
        row.proposal or "Chưa cung cấp",
    )
