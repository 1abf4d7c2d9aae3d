"""Sent mails read again, and the addresses that take none."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError
from obligations.rights import Act, Relation
from tasks_lib.mailing.closed_addresses import ClosedAddress, closed_addresses
from tasks_lib.mailing.hand_on import lift_marks
from tasks_lib.mailing.letters import letter
from web.frame.ask import About, Ask, Forbidden, Page
from web.frame.render import page

LETTER = "/thu"
CLOSED = "/dia-chi"
TONES = {"sent": "good", "dead": "late", "bounced": "late", "held": "late", "retry": "soon"}


def show(ask: Ask) -> Response:
    """Show one mail; what is written inside one unit is its alone, its slip also the collator's."""
    found = letter(ask.house, int(ask.param("number")))
    own = Relation.OWN in ask.relations(found.recipient)
    collates = found.is_slip and ask.agency.id == ask.house.plan.focal
    if (found.is_inner or found.is_slip) and not (own or collates):
        raise Forbidden
    return page(
        ask,
        "mailing/letter.html",
        title=f"Thư số {found.number}",
        found=found,
        tone=TONES.get(found.state, ""),
    )


def closed(ask: Ask) -> Response:
    """Show the addresses that take no mail, of whom the visitor may mend them."""
    return _closed(ask)


def lift(ask: Ask) -> Response:
    """Let mail go to an address again."""
    agency = ask.text("agency")
    if agency not in ask.house.configuration.agencies:
        return _closed(ask, problem="Đề nghị chọn một địa chỉ trong danh sách.")
    ask.require(Act.MEND, agency)
    try:
        lift_marks(ask.house, agency, ask.text("address"), f"{ask.person} ({ask.agency.name})", ask.as_of)
    except DomainError as told:
        return _closed(ask, problem=str(told))
    return RedirectResponse(ask.url(f"{CLOSED}?xong=1"), status_code=303)


def seen_by(ask: Ask) -> tuple[ClosedAddress, ...]:
    """Return the marked addresses that the visitor may mend."""
    if ask.visitor.link or not ask.may(Act.MEND):
        return ()
    return closed_addresses(ask.house, lambda agency: ask.may_to(Act.MEND, agency))


def _closed(ask: Ask, problem: str = "") -> Response:
    return page(
        ask,
        "mailing/closed_addresses.html",
        status=409 if problem else 200,
        title="Địa chỉ không nhận thư",
        found=seen_by(ask),
        problem=problem,
        done=ask.query("xong"),
        action=CLOSED,
    )


PAGES = (
    Page("GET", f"{LETTER}/{{number:number}}", show, Act.MAIL, About.MESSAGE, link=False),
    Page("GET", CLOSED, closed, Act.MEND, link=False),
    Page("POST", CLOSED, lift, Act.MEND, link=False),
)
