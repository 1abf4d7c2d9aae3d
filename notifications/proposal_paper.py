"""The report to UBND tỉnh on late units as its template says it: paragraphs, rows of its annex."""

from __future__ import annotations

from notifications.proposal_model import ProposalReport, ProposalRow
from notifications.proposal_words import excused, figures, outside, request, summary
from notifications.reminded import for_report
from notifications.wording import generic_name, plain_date, upper_first
from obligations.words import count

Row = dict[str, str]


def abstract(data: ProposalReport) -> str:
    """Say what the report is about."""
    plan = f"Kế hoạch số {data.plan_number} ngày {plain_date(data.plan_signed_on)}"
    about = f"Các cơ quan, địa phương chưa thực hiện, chậm thực hiện nhiệm vụ tại {plan}"
    return f"{about} (tính đến ngày {plain_date(data.as_of)})"


def body(data: ProposalReport) -> list[str]:
    """Return its paragraphs, without the last."""
    top = generic_name(data.plan_issuer)
    basis = f"Kế hoạch số {data.plan_number} ngày {plain_date(data.plan_signed_on)} của {top}"
    duty = f"Thực hiện nhiệm vụ được giao tại Mục III {basis}"
    return [
        f"{duty}, {data.issuer} báo cáo như sau:",
        figures(data),
        *(summary(group) for group in data.groups),
        *excused(data),
        request(data, top),
        *outside(data, top),
    ]


def closing(data: ProposalReport) -> str:
    """Return its last sentence, without the mark at its end."""
    return f"{data.issuer} trân trọng báo cáo {generic_name(data.plan_issuer)} xem xét, chỉ đạo"


def annex(data: ProposalReport) -> list[Row]:
    """Return the rows of its annex: communes under their district; the excused and the invited apart."""
    rows: list[Row] = []
    for group in data.groups:
        rows += [{"group": group.name}, *(_cells(n, row) for n, row in enumerate(group.rows, start=1))]
    if data.excused:
        rows.append({"group": "Chậm do tạm dừng theo địa bàn (thống kê riêng)"})
        rows += [_cells(number, row) for number, row in enumerate(data.excused, start=1)]
    if data.outside:
        rows.append({"group": f"Cơ quan không thuộc {generic_name(data.plan_issuer)} (đề nghị phối hợp)"})
        rows += [_polite(number, row) for number, row in enumerate(data.outside, start=1)]
    return rows


def note(data: ProposalReport) -> str:
    """Say of which day the figures are, and by which mark they can be proven."""
    on = plain_date(data.as_of)
    mark = f" Mã kiểm của nhật ký đến ngày {on}: {data.journal_mark}." if data.journal_mark else ""
    return f"Số liệu chốt đến ngày {on}.{mark}"


def _cells(number: int, row: ProposalRow) -> Row:
    return {
        "group": "",
        "n": str(number),
        "unit": row.unit,
        "what": row.name,
        "day": _deadline(row),
        "late": count(row.working_days_late),
        "told": upper_first(for_report(row.reminders)),
        "reason": row.reason or "Chưa có ý kiến",
        "proposal": row.proposal,
    }


def _deadline(row: ProposalRow) -> str:
    """Give what sets the last day, the plan's own wording or a document, and the day."""
    said, last = row.paper or row.deadline_text, plain_date(row.last_day)
    return f"{said} (hạn cuối {last})" if said else last


def _polite(number: int, row: ProposalRow) -> Row:
    """Show an invited body without lateness or reminders: it was asked, not assigned."""
    shown = {"late": "", "told": "", "reason": row.reason or "", "proposal": row.proposal or "Chưa cung cấp"}
    return {**_cells(number, row), **shown}
