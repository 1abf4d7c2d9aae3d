"""The official address of one unit, set by whoever runs the system or collates the plan."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError
from obligations.rights import Act
from obligations.seats import sets_address
from tasks_lib.access.contact_words import ROLE_WORDS
from tasks_lib.access.official_address import Setting, official, set_addresses
from web.frame.ask import About, Ask, Page
from web.frame.faults import shown
from web.frame.form_faults import by_field
from web.frame.render import page
from web.mailing.letters import CLOSED

ONE = f"{CLOSED}/{{agency}}"
WRONG = 400


def show(ask: Ask) -> Response:
    """Show a unit's official addresses, and the form that changes them."""
    return _shown(ask)


def change(ask: Ask) -> Response:
    """Put what was typed in the place of what holds; the address before is told."""
    agency = ask.house.agency(ask.param("agency"))
    setting = Setting(
        agency=agency.id,
        addresses={role: ask.text(role).lower() for role in ROLE_WORDS if role in ask.form},
        by=ask.agency.id,
        seat=ask.visitor.seat,
        person=f"{ask.person} ({ask.agency.name})",
        as_of=ask.as_of,
    )
    try:
        changed = set_addresses(ask.house, setting)
    except DomainError as fault:
        return _shown(ask, fault)
    ask.notes_wait()
    return RedirectResponse(ask.url(f"{CLOSED}/{agency.id}?xong={changed}"), status_code=303)


def _shown(ask: Ask, fault: DomainError | None = None) -> Response:
    agency = ask.house.agency(ask.param("agency"))
    known = official(ask.house, agency.id)
    return page(
        ask,
        "access/official_address.html",
        status=WRONG if fault else 200,
        title=f"Địa chỉ chính thức: {agency.name}",
        agency=agency,
        lines=[
            (role, ROLE_WORDS[role], ask.text(role) if ask.posted else held.address, held)
            for role, held in known.items()
        ],
        settable=sets_address(ask.visitor.seat, agency, ask.house.plan),
        **(shown(fault, by_field) if fault is not None else {}),
        done=ask.query("xong"),
        action=f"{CLOSED}/{agency.id}",
        back="/van-hanh" if ask.may(Act.OPS) else "/",
    )


PAGES = (
    Page("GET", ONE, show, Act.SET_ADDRESS, About.AGENCY, link=False),
    Page("POST", ONE, change, Act.SET_ADDRESS, About.AGENCY, link=False),
)
