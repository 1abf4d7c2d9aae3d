"""Pages that say what went wrong and what to do; what somebody typed is always given back."""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.responses import Response

from notifications.wording import upper_first
from obligations.errors import DomainError, Faults
from obligations.successors import Succession
from tasks_lib.access.login import renew
from tasks_lib.kernel.links import LinkFault
from tasks_lib.kernel.succession import since, successor_name, why
from web.frame.ask import Ask
from web.frame.form_faults import Told, placed
from web.frame.labels import is_typed, label
from web.frame.render import page
from web.frame.security import RENEWALS_OF_LINK, Limits

WHY = {
    "forged": "Đường dẫn không đúng hoặc bị cắt khi sao chép.",
    "lost": "Dữ liệu của hệ thống không còn đường dẫn này (hệ thống đã được khôi phục từ bản sao).",
    "expired": "Đường dẫn đã hết hạn sử dụng.",
    "revoked": "Đường dẫn đã được thu hồi.",
    "used": "Đường dẫn đăng nhập này đã được sử dụng; mỗi đường dẫn chỉ dùng một lần.",
    "misplaced": "Đường dẫn này không dùng được ở đây.",
    "too-often": "Có quá nhiều lượt mở không thành công từ máy này; đề nghị thử lại sau 10 phút.",
}
RENEWED = ("expired", "lost")
"""Why a link opens nothing that a new one may take the place of."""
_KEY = re.compile(r"^[\w.-]+(/[\w.-]+){2,3}: ")
"""How a line for scripts begins that is about an obligation: with its key."""
_OPTION = re.compile(r"(?:^|(?<=; ))--[a-z-]+: ")
"""How each thing wrong with a command begins: with the option it was given by."""
SIGN_IN_FIRST, FORBIDDEN, NOT_FOUND, WRONG_METHOD, CONFLICT, GONE = 401, 403, 404, 405, 409, 410
TOO_MANY, BROKEN, UNAVAILABLE = 429, 500, 503
LINK_STATUS = {"forged": FORBIDDEN, "misplaced": FORBIDDEN, "too-often": TOO_MANY}


def typed(ask: Ask) -> list[tuple[str, str]]:
    """Return what somebody typed, field by field: nothing that is empty, a tick or a form's own."""
    return [
        (label(name), value)
        for name, value in ask.form.multi_items()
        if isinstance(value, str) and value.strip() and is_typed(name)
    ]


def plain(fault: DomainError | str) -> str:
    """Return what a use case says without the codes that scripts need."""
    return upper_first(_OPTION.sub("", _KEY.sub("", str(fault))))


def shown(fault: DomainError, place: Callable[[str], str]) -> Told:
    """Return what is wrong with a form as its page shows it: at the fields, or above them."""
    if isinstance(fault, Faults):
        return {"faults": placed(fault, place)}
    return {"problem": plain(fault)}


def told(ask: Ask, fault: DomainError) -> Response:
    """Say in one line why something was not done."""
    return _fault(ask, "Chưa thực hiện được", plain(fault), CONFLICT if ask.posted else NOT_FOUND)


def forbidden(ask: Ask) -> Response:
    """Say that the visitor's seat has no right to this."""
    who = "" if ask.found is None else f" ({ask.agency.name})"
    return _fault(
        ask,
        "Không thuộc phạm vi của đơn vị",
        f"Nội dung này không thuộc phạm vi xem, xử lý của vai trò đang dùng{who}.",
        FORBIDDEN,
    )


def too_often(ask: Ask) -> Response:
    """Say that this was done too often in too short a time."""
    return _fault(
        ask, "Thao tác quá nhanh", "Có quá nhiều thao tác trong một phút; đề nghị đợi rồi gửi lại.", TOO_MANY
    )


def signed_out(ask: Ask) -> Response:
    """Say that the session has ended, and give back what was typed."""
    return _fault(
        ask,
        "Phiên đăng nhập đã kết thúc",
        "Chưa ghi nhận. Đề nghị sao lại nội dung đã nhập bên dưới, đăng nhập rồi gửi lại.",
        SIGN_IN_FIRST,
    )


def broken(ask: Ask) -> Response:
    """Say that the program broke down, and give back what was typed."""
    return _fault(
        ask,
        "Hệ thống gặp lỗi",
        "Chưa ghi nhận. Lỗi đã được ghi lại để xử lý; đề nghị thử lại sau ít phút.",
        BROKEN,
    )


def unavailable(ask: Ask) -> Response:
    """Say that the database or the store of files cannot be used now, and give back what was typed."""
    return _fault(
        ask,
        "Hệ thống tạm thời chưa dùng được",
        "Chưa ghi nhận gì. Đề nghị sao lại nội dung đã nhập (nếu có) và thử lại sau ít phút; nếu vẫn không"
        " được, đề nghị báo người quản trị hệ thống.",
        UNAVAILABLE,
    )


def forged(ask: Ask) -> Response:
    """Say that a form was not made for this session: opened before signing in, or by another site."""
    if ask.found is None:
        return signed_out(ask)
    return _fault(
        ask,
        "Chưa ghi nhận",
        "Trang này đã mở quá lâu hoặc được mở từ nơi khác. Đề nghị sao lại nội dung bên dưới, mở lại trang"
        " rồi gửi.",
        FORBIDDEN,
    )


def wrong_method(ask: Ask) -> Response:
    """Say that there is such a page, and that it is not used like this."""
    return _fault(
        ask,
        "Không dùng được theo cách này",
        "Địa chỉ này chỉ nhận thao tác từ nút trên trang. Đề nghị mở lại trang từ trang đầu rồi thao tác.",
        WRONG_METHOD,
    )


def no_such_page(ask: Ask) -> Response:
    """Say that there is no such page."""
    return _fault(ask, "Không có trang này", "Đề nghị kiểm tra lại địa chỉ, hoặc về trang đầu.", NOT_FOUND)


def link(ask: Ask, fault: LinkFault, limits: Limits) -> Response:
    """Say why a link opens nothing; one that has run out is replaced by mail when somebody asks or typed."""
    replaced = ""
    can_renew = fault.why in RENEWED and fault.row is not None and fault.row.purpose != "login"
    if can_renew and ask.posted and fault.row is not None:
        if limits.hit(RENEWALS_OF_LINK, str(fault.row.id)):
            replaced = renew(ask.house, fault.row, ask.as_of)
            ask.notes_wait()
        can_renew = False
    response = page(
        ask,
        "frame/link_fault.html",
        status=LINK_STATUS.get(fault.why, GONE),
        title="Đường dẫn không dùng được",
        why=WHY[fault.why],
        typed=typed(ask),
        replaced=replaced,
        can_renew=can_renew,
        is_login=fault.row is not None and fault.row.purpose == "login",
    )
    response.background = ask.background
    return response


def ended(ask: Ask, row: Succession) -> Response:
    """Say where the work of an agency went that is no more, and give back what was typed."""
    to, house = successor_name(ask.house, row), ask.house
    if to:
        text = f"Việc này đã bàn giao cho {to} {since(row)}."
        advice = f"Đề nghị trả lời bằng đường dẫn trong thư gửi {to}, hoặc đăng nhập bằng thư của đơn vị đó."
    else:
        text = f"{why(house, row)}."
        advice = f"Để biết việc nào còn phải làm và ai làm, đề nghị liên hệ {house.focal.name}."
    return page(
        ask,
        "frame/ended.html",
        status=GONE,
        title="Đơn vị đã kết thúc hoạt động",
        text=text,
        advice=advice,
        typed=typed(ask),
    )


def _fault(ask: Ask, title: str, text: str, status: int) -> Response:
    return page(ask, "frame/fault.html", status=status, title=title, text=text, typed=typed(ask))
