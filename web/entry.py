"""The door: the first page of each seat, signing in by a one-time link, signing out."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from config.addresses import is_usable
from obligations.rights import Seat
from tasks_lib.access.login import request_login
from tasks_lib.kernel.links import look_at_login, sign_in, sign_out
from tasks_lib.kernel.wording import seat_called
from web.answering import approval, unit
from web.board import home as board
from web.desk import queue as desk
from web.frame import faults
from web.frame.ask import Ask, Page, View
from web.frame.form_faults import At
from web.frame.render import page
from web.frame.security import LOGINS_BY_CLIENT, LOGINS_TO_ADDRESS, Limits, client_of
from web.watch import ops

SIGN_IN = "/dang-nhap"
WRONG = 400

FIRST: dict[Seat, View] = {
    Seat.ANSWER_LINK: unit.form,
    Seat.REVIEW_LINK: desk.queue,
    Seat.APPROVE_LINK: approval.first,
    Seat.OPS: ops.ops,
}
"""Which page a seat sees first; whoever is not named sees the board."""


def home(ask: Ask) -> Response:
    """Show the first page of whoever comes."""
    if ask.found is None:
        return RedirectResponse(ask.url(SIGN_IN), status_code=303)
    return FIRST.get(ask.visitor.seat, board.home)(ask)


def home_again(ask: Ask) -> Response:
    """Go to the first page: the button of a link that had run out was pressed, and the link is good."""
    return RedirectResponse(ask.url("/"), status_code=303)


def sign_in_form(ask: Ask) -> Response:
    """Ask for a registered address."""
    return page(ask, "access/sign_in.html", title="Đăng nhập", sent=False)


def send_sign_in(ask: Ask) -> Response:
    """Mail a one-time link to a registered address; whether it is registered is not told."""
    limits: Limits = ask.request.app.state.limits
    address = ask.text("address").lower()
    if not limits.hit(LOGINS_BY_CLIENT, client_of(ask.request.scope)):
        return faults.too_often(ask)
    if not is_usable(address):
        words = "chưa đúng dạng của một địa chỉ thư (tên, dấu @, tên miền)" if address else "nhập địa chỉ thư"
        return page(
            ask,
            "access/sign_in.html",
            status=WRONG,
            title="Đăng nhập",
            sent=False,
            faults=[At("f-address", f"địa chỉ thư: {words}")],
        )
    if limits.hit(LOGINS_TO_ADDRESS, address):
        request_login(ask.house, address, ask.as_of)
        ask.notes_wait()
    return page(ask, "access/sign_in.html", title="Đăng nhập", sent=True)


def confirm_sign_in(ask: Ask) -> Response:
    """Show one button: opening the link alone signs nobody in, for mail scanners open links."""
    row, seat = look_at_login(ask.house, ask.param("one_time"), ask.as_of)
    agency = ask.house.agency(row.agency_id)
    words = f"{agency.name} ({seat_called(agency, seat)})"
    return page(ask, "access/sign_in_confirm.html", title="Đăng nhập", words=words)


def use_sign_in(ask: Ask) -> Response:
    """Use the link up and go where the visitor was going."""
    key = sign_in(ask.house, ask.param("one_time"), ask.as_of, client_of(ask.request.scope))
    then = ask.request.session.get("then", "/")
    ask.request.session.clear()
    ask.request.session["key"] = key
    return RedirectResponse(ask.url(then), status_code=303)


def leave(ask: Ask) -> Response:
    """End the session."""
    key = ask.request.session.get("key")
    if key:
        sign_out(ask.house, key, ask.as_of)
    ask.request.session.clear()
    return RedirectResponse(ask.url(SIGN_IN), status_code=303)


PAGES = (
    Page("GET", "/", home),
    Page("POST", "/", home_again),
    Page("GET", SIGN_IN, sign_in_form, link=False),
    Page("POST", SIGN_IN, send_sign_in, link=False),
    Page("GET", SIGN_IN + "/{one_time}", confirm_sign_in, link=False),
    Page("POST", SIGN_IN + "/{one_time}", use_sign_in, link=False),
    Page("POST", "/dang-xuat", leave, link=False),
)
