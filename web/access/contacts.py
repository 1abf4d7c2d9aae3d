"""The unit's contacts: who leads, who does it, who stands in; confirmed in every cycle."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError, Faults
from obligations.model import Contact
from obligations.rights import Act
from obligations.seats import settles_contacts
from tasks_lib.access.contact_changes import confirmers, told
from tasks_lib.access.contact_words import ROLE_WORDS, STATE_WORDS
from tasks_lib.access.contacts import OWN_ROLES, Giver, Saved, confirm, listed, save_contacts
from web.access.contact_changes import STOP, WAITING
from web.frame.ask import Ask, Page
from web.frame.faults import plain
from web.frame.form_faults import At, placed
from web.frame.render import page
from web.frame.security import CONTACTS_BY_LINK, Limits

ADDRESS = "/dau-moi"
WRONG = 400
DONE = {
    Saved.HOLDS: "Đã lưu đầu mối của đơn vị.",
    Saved.PROPOSED: "Đã ghi đề nghị thay đổi đầu mối; thay đổi được dùng sau khi có xác nhận.",
    Saved.UNCHANGED: "Đã xác nhận đầu mối của đơn vị.",
    "rut": "Đã dừng đề nghị thay đổi đầu mối.",
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
    limits: Limits = ask.request.app.state.limits
    if ask.visitor.link and not limits.hit(CONTACTS_BY_LINK, ask.agency.id):
        return _shown(ask, given, "đã có nhiều đề nghị thay đổi trong một giờ; đề nghị thử lại sau")
    try:
        giver = Giver(agency=ask.agency.id, seat=ask.visitor.seat, person=ask.person, as_of=ask.as_of)
        saved = save_contacts(ask.house, giver, given)
    except Faults as wrong:
        return _shown(ask, given, faults=placed(wrong, _place))
    except DomainError as fault:
        return _shown(ask, given, plain(fault))
    ask.notes_wait()
    return _to(ask, saved)


def confirm_all(ask: Ask) -> Response:
    """Record that they still hold."""
    confirm(ask.house, ask.agency.id, ask.as_of)
    return _to(ask, Saved.UNCHANGED)


def _given(ask: Ask) -> list[Contact]:
    """Read the lines of the form; fields of one name stand in the order of the lines."""
    columns = [_column(ask, name) for name in ("role", "name", "address", "phone")]
    return [
        Contact(role=role, name=" ".join(name.split()), address=address.lower(), phone=phone)
        for role, name, address, phone in zip(*columns, strict=False)
    ]


def _column(ask: Ask, name: str) -> list[str]:
    return [value.strip() for value in ask.form.getlist(name) if isinstance(value, str)]


def _place(field: str) -> str:
    """Return where a field of a line stands: "1.address"."""
    line, _, name = field.partition(".")
    return f"{name[:1]}{line}"


def _shown(ask: Ask, given: Sequence[Contact] = (), problem: str = "", faults: Sequence[At] = ()) -> Response:
    found = listed(ask.house, ask.agency.id, ask.on)
    return page(
        ask,
        "access/contacts.html",
        status=WRONG if problem or faults else 200,
        title="Đầu mối của đơn vị",
        found=found,
        problem=problem,
        faults=faults,
        lines=given or found.own,
        changes=told(ask.house, found.changes),
        state_words=STATE_WORDS,
        confirmers=confirmers(ask.house, ask.agency),
        stop=STOP,
        decide=WAITING,
        settles=settles_contacts(ask.visitor.seat, ask.agency, ask.house.plan),
        roles=OWN_ROLES,
        role_words=ROLE_WORDS,
        link_words=LINK_WORDS,
        said=DONE.get(ask.query("xong"), ""),
    )


def _to(ask: Ask, done: str) -> Response:
    return RedirectResponse(ask.url(f"{ADDRESS}?xong={done}"), status_code=303)


PAGES = (
    Page("GET", ADDRESS, contacts, Act.CONTACTS),
    Page("POST", ADDRESS, save, Act.CONTACTS),
    Page("POST", f"{ADDRESS}/dung", confirm_all, Act.CONTACTS),
)
