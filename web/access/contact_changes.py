"""What units want changed in their contacts: confirmed by a leader, the desk above or ops, or stopped."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError
from obligations.rights import Act
from tasks_lib.access.contact_changes import (
    Decider,
    Told,
    confirm_changes,
    proposals_named,
    refuse_changes,
    told,
    waiting_for,
)
from web.frame import faults
from web.frame.ask import Ask, Page, whole_numbers
from web.frame.render import page

CONTACTS = "/dau-moi"
WAITING = f"{CONTACTS}/cho-xac-nhan"
STOP = f"{CONTACTS}/rut"
DONE = {"nhan": "Đã xác nhận; từ nay địa chỉ mới nhận thư và đăng nhập được.", "khong": "Đã ghi: không nhận."}
WRONG = 409


def may_decide(ask: Ask) -> list[Told]:
    """Return what waits for this visitor; read for nobody who decides nothing."""
    if not ask.may(Act.CONFIRM_CONTACTS) or ask.visitor.link:
        return []
    rows = waiting_for(ask.house)
    return told(ask.house, [row for row in rows if ask.may_to(Act.CONFIRM_CONTACTS, row.agency_id)])


def waits(ask: Ask) -> Response:
    """Show what waits for the visitor."""
    return _shown(ask)


def decide(ask: Ask) -> Response:
    """Confirm or refuse what was ticked."""
    numbers = whole_numbers(ask.texts("number"))
    accepted = ask.text("do") == "nhan"
    try:
        for row in proposals_named(ask.house, numbers):
            ask.require(Act.CONFIRM_CONTACTS, row.agency_id)
        if accepted:
            confirm_changes(ask.house, numbers, _decider(ask))
        else:
            refuse_changes(ask.house, numbers, _decider(ask), ask.text("reason"))
    except DomainError as fault:
        return _shown(ask, faults.plain(fault))
    ask.notes_wait()
    return RedirectResponse(ask.url(f"{WAITING}?xong={'nhan' if accepted else 'khong'}"), status_code=303)


def stop(ask: Ask) -> Response:
    """Stop what somebody asked for in the unit's name: that grants nobody anything."""
    refuse_changes(ask.house, whole_numbers(ask.texts("number")), _decider(ask), withdrawn=True)
    return RedirectResponse(ask.url(f"{CONTACTS}?xong=rut"), status_code=303)


def _decider(ask: Ask) -> Decider:
    return Decider(by=ask.agency.id, person=ask.person, as_of=ask.as_of)


def _shown(ask: Ask, problem: str = "") -> Response:
    return page(
        ask,
        "access/contact_changes.html",
        status=WRONG if problem else 200,
        title="Đầu mối chờ xác nhận",
        rows=may_decide(ask),
        problem=problem,
        said=DONE.get(ask.query("xong"), ""),
        action=WAITING,
        reason=ask.text("reason"),
        ticked=set(ask.texts("number")),
    )


PAGES = (
    Page("GET", WAITING, waits, Act.CONFIRM_CONTACTS, link=False),
    Page("POST", WAITING, decide, Act.CONFIRM_CONTACTS, link=False),
    Page("POST", STOP, stop, Act.CONTACTS),
)
