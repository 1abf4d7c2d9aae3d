"""What desks do, as pages ask for it: the words, the fields of a form, and who may do it to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from obligations.answers import Document
from obligations.errors import DomainError, Fault, Faults, Gathering, Invalid
from obligations.obligation import Obligation
from obligations.rights import Relation, may_to
from obligations.states import STATE_WORDS
from obligations.true_days import check_arrival
from obligations.words import count
from tasks_lib.desk.bulk import ACT_OF, Deed, Order, fits, is_seen, lacking
from tasks_lib.desk.queue import Picked
from tasks_lib.kernel import typed
from tasks_lib.kernel.wording import in_tree
from web.desk import enclosed
from web.frame import faults
from web.frame.ask import Ask
from web.frame.form_faults import At, Told

TAKING_BACK = (Deed.UNMOVE_INNER, Deed.UNEXTEND)
WORDS: dict[Deed, str] = {
    Deed.ACCEPT: "Tiếp nhận, xác nhận",
    Deed.UNDO: "Hoàn tác",
    Deed.ASK_MORE: "Đề nghị bổ sung",
    Deed.NOT_COMPETENT: "Không thuộc thẩm quyền",
    Deed.CONFIRM_DAY: "Xác nhận ngày",
    Deed.RECORD: "Ghi nhận thay",
    Deed.ENTER: "Nhập nội dung cơ quan đã cung cấp",
    Deed.CALL: "Đã trao đổi điện thoại",
    Deed.CANCEL: "Giao nhầm",
    Deed.REOPEN: "Mở lại",
    Deed.REMARK: "Ý kiến hướng dẫn, theo dõi",
    Deed.MOVE_INNER: "Điều chỉnh thời hạn gửi {desks}",
    Deed.EXTEND: "Ghi nhận văn bản điều chỉnh thời hạn",
    Deed.UNMOVE_INNER: "Rút việc điều chỉnh thời hạn gửi {desks}",
    Deed.UNEXTEND: "Rút việc điều chỉnh thời hạn",
}
DONE: dict[Deed, str] = {
    Deed.ACCEPT: "Đã tiếp nhận, xác nhận",
    Deed.UNDO: "Đã hoàn tác, báo cáo lại chờ xem xét",
    Deed.ASK_MORE: "Đã đề nghị bổ sung; đơn vị được báo trong thư của hệ thống",
    Deed.NOT_COMPETENT: "Đã xác nhận không thuộc thẩm quyền",
    Deed.CONFIRM_DAY: "Đã xác nhận ngày; kết quả được tính từ ngày đó",
    Deed.RECORD: "Đã ghi nhận văn bản",
    Deed.ENTER: "Đã nhập nội dung",
    Deed.CALL: "Đã ghi nội dung trao đổi điện thoại",
    Deed.CANCEL: "Đã hủy do giao nhầm",
    Deed.REOPEN: "Đã mở lại",
    Deed.REMARK: "Đã ghi ý kiến",
    Deed.MOVE_INNER: "Đã điều chỉnh thời hạn gửi {desks}",
    Deed.EXTEND: "Đã ghi nhận văn bản và điều chỉnh thời hạn",
    Deed.UNMOVE_INNER: "Đã rút; thời hạn trở lại như trước",
    Deed.UNEXTEND: "Đã rút; thời hạn trở lại như trước",
}
HINTS: dict[Deed, str] = {
    Deed.ACCEPT: "Sau khi xác nhận, đơn vị không sửa được báo cáo; nhầm thì hoàn tác trong 10 phút.",
    Deed.UNDO: "Báo cáo lại chờ xem xét như trước khi tiếp nhận.",
    Deed.ASK_MORE: "Đơn vị có {days} ngày làm việc để bổ sung; kết quả đúng hạn đã ghi nhận được giữ nguyên.",
    Deed.NOT_COMPETENT: "Xác nhận một lần; nhiệm vụ được đóng, không nhắc việc, không tính vào tỷ lệ.",
    Deed.CONFIRM_DAY: "Xác nhận sau khi đã xem văn bản, tài liệu; tiếp nhận báo cáo không xác nhận ngày.",
    Deed.RECORD: "Văn bản được tính từ ngày ký (báo cáo theo thời điểm gửi: từ ngày đến).",
    Deed.ENTER: "Dùng khi cơ quan phúc đáp bằng thư, điện thoại; nếu có văn bản thì ghi nhận văn bản.",
    Deed.CALL: "Chỉ ghi lại việc đã trao đổi; không thay đổi trạng thái.",
    Deed.CANCEL: "Nhiệm vụ được hủy, không nhắc việc và không tính vào số liệu nào.",
    Deed.REOPEN: "Đơn vị cập nhật lại được; lần báo cáo trước được giữ trong quá trình thực hiện.",
    Deed.REMARK: "Đơn vị chủ trì và cơ quan tổng hợp xem được; không thay đổi trạng thái.",
    Deed.MOVE_INNER: "Chỉ thay đổi ngày {below} gửi lên {heads}, không quá thời hạn của Kế hoạch.",
    Deed.UNMOVE_INNER: "Dùng khi đã ghi nhầm; thời hạn trở lại như trước lần điều chỉnh mới nhất.",
    Deed.UNEXTEND: "Dùng khi đã ghi nhầm; thời hạn trở lại như trước lần điều chỉnh mới nhất.",
    Deed.EXTEND: "Thời hạn của Kế hoạch chỉ thay đổi theo văn bản của {top}; thời hạn đầu được giữ lại.",
}
STERN = (Deed.CANCEL, Deed.NOT_COMPETENT, Deed.REOPEN, *TAKING_BACK)
"""Buttons that stand apart, so that nobody presses them by the way."""
POINTS = (
    "bổ sung số liệu còn thiếu",
    "gửi tài liệu kiểm chứng (văn bản, biên bản, ảnh)",
    "ghi rõ ngày hoàn thành, số và ngày văn bản",
    "nêu rõ nguyên nhân, thời gian dự kiến hoàn thành",
)
"""What desks ask for most; one tick each."""
FIELD_WORDS = {
    "so": "Số, ký hiệu",
    "ngay": "Ngày văn bản",
    "nguoi-ky": "Người ký",
    "trich-yeu": "Trích yếu",
    "ngay-den": "Ngày đến",
    "thoi-han": "Thời hạn mới",
    "noi-dung": "Nội dung",
    "diem": "Nội dung thường đề nghị",
}
"""What the fields of the forms are called, where what was typed is given back."""


FIELDS_OF = {"document": ("so", "ngay"), "until": ("thoi-han",), "reason": ("noi-dung",)}
"""Where the parts of an order stand in the forms."""
OPTION = re.compile(r"--([a-z-]+): ")
OPTION_FIELDS = {
    "until": "thoi-han",
    "document": "so",
    "number": "so",
    "on": "ngay",
    "from": "tu-ngay",
    "to": "den-ngay",
}
"""What use cases name by an option of the command line, as these forms name it."""


def hint_of(ask: Ask, deed: Deed) -> str:
    """Return the line that says what a deed means."""
    days = count(ask.house.plan.settings.correction_working_days)
    return in_tree(ask.house, HINTS[deed].replace("{days}", days))


def words_of(ask: Ask, deed: Deed) -> str:
    """Return what a deed is called."""
    return in_tree(ask.house, WORDS[deed])


def done_words(ask: Ask, deed: Deed) -> str:
    """Return what is said when a deed is done."""
    return in_tree(ask.house, DONE[deed])


def order_of(ask: Ask, deed: Deed, rows: Sequence[Picked] = ()) -> Order:
    """Read a deed's form about some rows; raise Faults with all that is wrong, each at its field."""
    wrong = Gathering()
    order = Order(by=ask.agency.id, as_of=ask.as_of, person=ask.person, reason=_reason(ask, deed))
    with wrong.at():
        order = replace(order, document=_document(ask))
    with wrong.at("ngay-den"):
        order = replace(order, arrived_on=day_of(ask, "ngay-den", "ngày đến"))
    with wrong.at("thoi-han"):
        order = replace(order, until=day_of(ask, "thoi-han", "thời hạn mới"))
    if deed is Deed.RECORD:
        _check_days(ask, order.arrived_on, wrong)
        with wrong.at("figures"):
            order = replace(order, figures=enclosed.figures_given(ask, [picked.row for picked in rows]))
        files = Gathering()
        with files.at():
            order = replace(order, files=enclosed.chosen(ask).keep())
        wrong.found += [Fault(enclosed.FILES, fault.words) for fault in files.found]
    known = {fault.field for fault in wrong.found}
    for fault in lacking(ask.house, deed, order):
        fields = FIELDS_OF[fault.field]
        if not known.intersection(fields):
            wrong.found.append(Fault(fields[0], fault.words))
    wrong.settle()
    return order


def _check_days(ask: Ask, arrived_on: date | None, wrong: Gathering) -> None:
    """Look at the days of a paper that is recorded, whatever else is wanting of it."""
    try:
        signed_on = day_of(ask, "ngay", "ngày văn bản")
    except Invalid:
        return
    if signed_on is not None:
        with wrong.at("ngay" if signed_on > ask.on else "ngay-den"):
            check_arrival(arrived_on or signed_on, signed_on, ask.on)


def told(fault: DomainError, form: str, reason: str = "noi-dung") -> Told:
    """Return what is wrong with one of a page's forms as the page shows it: at the fields, or above them."""
    if isinstance(fault, Faults):
        found = [Fault(_field(it.field), faults.plain(it.words)) for it in fault.found]
        fault = Faults(found, fault.about)
    shown = faults.shown(fault, lambda name: f"{form}-{name}" if name else "")
    option = OPTION.match(str(fault)) if "problem" in shown else None
    where = {**OPTION_FIELDS, "reason": reason}.get(option.group(1), "") if option else ""
    return {"faults": [At(f"{form}-{where}", shown["problem"])]} if where else shown


def _field(named: str) -> str:
    """Return the field of the forms that a fault names: "figures.a" as "so-a"."""
    group, _, name = named.rpartition(".")
    return f"{enclosed.FIGURE}{name}" if group == "figures" else OPTION_FIELDS.get(named, named)


def day_of(ask: Ask, name: str, label: str) -> date | None:
    """Read a day as browsers send it, or as people write it: 18/7/2022; None where nothing was entered."""
    return typed.day(ask.text(name), label)


def deed_named(name: str) -> Deed:
    """Return the deed a form or an address names."""
    try:
        return Deed(name)
    except ValueError:
        raise Invalid("chưa chọn việc cần làm") from None


def allowed(ask: Ask, deed: Deed, row: Obligation, relations: frozenset[Relation]) -> bool:
    """Whether the visitor may do this to an obligation as it stands, so that the page offers it."""
    if not may_to(ask.visitor.seat, ACT_OF[deed], relations):
        return False
    if is_seen(deed, row):
        return False
    if deed is Deed.MOVE_INNER and row.last_day >= row.plan_day:
        return False
    if deed is Deed.CONFIRM_DAY and row.doubted_on is None:
        return False
    if deed in TAKING_BACK and row.last_day == row.first_day:
        return False
    return fits(deed, row.kind, row.work_state, row.item, alone=row.parent_id is None)


def why_not(ask: Ask, deed: Deed, picked: Picked) -> str:
    """Say why a deed cannot be done to a ticked row; "" where it can be tried."""
    row = picked.row
    if not ask.may_to(ACT_OF[deed], row.agency_id, row.item):
        return "không thuộc phạm vi xử lý của vai trò đang dùng"
    if deed is Deed.CONFIRM_DAY and row.doubted_on is None:
        return "không có ngày nào chờ xác nhận"
    if not fits(deed, row.kind, row.work_state, row.item, alone=row.parent_id is None):
        return f"đang ở trạng thái “{STATE_WORDS[row.work_state]}”"
    if is_seen(deed, row):
        return "đã được xác nhận"
    return ""


def require_all(ask: Ask, deed: Deed, rows: Iterable[Picked]) -> None:
    """Ask the table of rights about every row a form names."""
    for picked in rows:
        ask.require(ACT_OF[deed], picked.row.agency_id, picked.row.item)


def typed_fields(ask: Ask) -> dict[str, list[str]]:
    """Return what was typed into a form, for showing it again."""
    names = {name for name in ask.form if name != "csrftoken"}
    return {name: ask.texts(name) for name in names}


def _reason(ask: Ask, deed: Deed) -> str:
    """Put ticked points and typed lines together: "(1) …; (2) …"."""
    lines = [line.strip(" -•;\t") for line in ask.text("noi-dung").splitlines()]
    if deed is not Deed.ASK_MORE:
        return "; ".join(line for line in lines if line)
    points = [*(p for p in POINTS if p in ask.texts("diem")), *(line for line in lines if line)]
    if len(points) < 2:  # noqa: PLR2004 - a single point needs no number
        return "".join(points)
    return "; ".join(f"({number}) {point}" for number, point in enumerate(points, start=1))


def _document(ask: Ask) -> Document | None:
    number, signed_on = ask.text("so"), None
    wrong = Gathering()
    with wrong.at("ngay"):
        signed_on = day_of(ask, "ngay", "ngày văn bản")
        if number and signed_on is None:
            raise Invalid("ngày văn bản: nhập ngày của văn bản")
    with wrong.at("so"):
        if signed_on is not None and not number:
            raise Invalid("số, ký hiệu: nhập số, ký hiệu của văn bản")
    wrong.settle()
    if signed_on is None:
        return None
    return Document(
        number=number, signed_on=signed_on, signer=ask.text("nguoi-ky"), summary=ask.text("trich-yeu")
    )
