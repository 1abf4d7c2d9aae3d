"""The unit's contacts: who leads, who does it, who stands in; confirmed in every cycle."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError
from obligations.model import Contact
from obligations.rights import Act
from tasks_lib.usecases.contacts import OWN_ROLES, ROLE_WORDS, confirm, listed, save_contacts
from web.ask import Ask, Page
from web.render import page

ADDRESS = "/dau-moi"
WRONG = 400
DONE = {
    "luu": "Đã lưu đầu mối của đơn vị.",
    "dung": "Đã xác nhận đầu mối của đơn vị.",
}
LINK_WORDS = {
    "answer": "cập nhật kết quả",
    "review": "xem xét báo cáo",
    "approve": "duyệt",
    "login": "đăng nhập",
}


def contacts(ask: Ask) -> Response:
    """Show the unit's contacts."""
    return _shown(ask)


def save(ask: Ask) -> Response:
    """Put what the form says in place of the contacts before."""
    given = _given(ask)
    try:
        save_contacts(ask.house, ask.agency.id, ask.as_of, given)
    except DomainError as fault:
        return _shown(ask, given, str(fault))
    return _to(ask, "luu")


def confirm_all(ask: Ask) -> Response:
    """Record that they still hold."""
    confirm(ask.house, ask.agency.id, ask.as_of)
    return _to(ask, "dung")


def _given(ask: Ask) -> list[Contact]:
    """Read the lines of the form; fields of one name stand in the order of the lines."""
    columns = [_column(ask, name) for name in ("role", "name", "address", "phone")]
    return [
        Contact(role=role, name=" ".join(name.split()), address=address.lower(), phone=phone)
        for role, name, address, phone in zip(*columns, strict=False)
    ]


def _column(ask: Ask, name: str) -> list[str]:
    return [value.strip() for value in ask.form.getlist(name) if isinstance(value, str)]


def _shown(ask: Ask, given: Sequence[Contact] = (), problem: str = "") -> Response:
    found = listed(ask.house, ask.agency.id, ask.on)
    return page(
        ask, "contacts.html",
        status=WRONG if problem else 200, title="Đầu mối của đơn vị", found=found, problem=problem,
        lines=given or found.own, roles=OWN_ROLES, role_words=ROLE_WORDS, link_words=LINK_WORDS,
        said=DONE.get(ask.query("xong"), ""),
    )  # fmt: skip


def _to(ask: Ask, done: str) -> Response:
    return RedirectResponse(ask.url(f"{ADDRESS}?xong={done}"), status_code=303)


PAGES = (
    Page("GET", ADDRESS, contacts, Act.CONTACTS),
    Page("POST", ADDRESS, save, Act.CONTACTS),
    Page("POST", f"{ADDRESS}/dung", confirm_all, Act.CONTACTS),
)
