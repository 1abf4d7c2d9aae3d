"""What counts as an answer: when "nothing arose" is one, and what a report must not go without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from obligations.model import Figure, Kind

NO_SECRETS = (
    "Không nhập, không đính kèm thông tin thuộc danh mục bí mật nhà nước, thông tin người tố cáo,"
    " danh sách có dữ liệu cá nhân."
)
"""Stands on every form, on pages and in workbooks."""
CALLED_FOR = "nhập ít nhất một số liệu"
PROOF = "kèm tài liệu kiểm chứng hoặc số, ngày văn bản"
WITHOUT = "Chưa có số liệu, tài liệu kèm theo"
"""Begins the reason of a report that has neither."""
NOT_FOR_DATED = (
    "Kế hoạch đã giao thực hiện, không nhận trả lời 'không phát sinh'; đề nghị báo cáo kết quả,"
    " nêu lý do chưa hoàn thành, hoặc đề nghị cấp trên xác nhận không thuộc thẩm quyền"
)
IN_ITS_REPORT = "dòng này được trả lời trong báo cáo kỳ của đơn vị; ghi ở đó số lần phát sinh là 0"
NOT_FOR_UNITS = "'không phát sinh' chỉ trả lời cho nhiệm vụ, không cho báo cáo kỳ"


def why_not_nothing(kind: Kind, *, may_arise_nothing: bool, in_report: bool = False) -> str:
    """Say why "nothing arose" is no answer here; "" where it is one (domain part 3).

    It answers a row that stands alone, and a task of an item whose data says so: never a dated task.
    """
    if kind is Kind.ROW:
        return IN_ITS_REPORT if in_report else ""
    if kind is not Kind.TASK:
        return NOT_FOR_UNITS
    return "" if may_arise_nothing else NOT_FOR_DATED


def wanting(kind: Kind, asked: tuple[Figure, ...], *, given: bool, proven: bool, without: str = "") -> str:
    """Say what a report lacks to be handed in; "" where it says what it is asked for, or why it does not.

    `given` tells whether any figure was given, of a cycle report whether any of its rows says something;
    `proven` whether a file or a signed document goes with it.
    """
    if kind is Kind.SHEET or given or proven or without.strip():
        return ""
    return f"báo cáo còn để trống: {_called_for(kind, asked)}; nếu chưa có, nêu lý do"


def _called_for(kind: Kind, asked: tuple[Figure, ...]) -> str:
    if kind is Kind.REPORT:
        return f"nhập nội dung, số liệu của ít nhất một nhiệm vụ, hoặc {PROOF}"
    if kind is Kind.PLAN:
        return "nhập số, ngày kế hoạch đã ban hành hoặc kèm tệp kế hoạch"
    if not asked:
        return PROOF
    names = "; ".join(figure.name.partition(" (")[0] for figure in asked)
    return f"{CALLED_FOR} ({names}), hoặc {PROOF}"


@dataclass(frozen=True, kw_only=True)
class Document:
    """A signed document as the unit or its desk enters it (số, ký hiệu, ngày, người ký, trích yếu)."""

    number: str
    signed_on: date
    signer: str = ""
    summary: str = ""
