"""What stands between a request and its page: who asks, whether they may, and what is said if not."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError, Invalid, Refused, Unavailable
from obligations.rights import Visitor
from obligations.words import legible
from tasks_lib.desk.sides import whose_evidence, whose_message, whose_obligation
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.keyboard import on_the_portal
from tasks_lib.kernel.links import LinkFault, come_by_link, session_mark, session_visitor
from tasks_lib.kernel.signing import unsign
from tasks_lib.kernel.succession import Ended, require_there
from web.frame import faults
from web.frame.ask import About, Ask, Forbidden, Page
from web.frame.forgery import is_genuine
from web.frame.security import (
    CHANGES_BY_VISITOR,
    FILES_AT_ONCE,
    MEGABYTE,
    MISSES_BY_CLIENT,
    Limits,
    client_of,
)

MOST_FIELDS = 4000
"""A district's cycle report with its rows and figures has some hundreds."""
SIGN_IN = "/dang-nhap"

log = logging.getLogger(__name__)

Endpoint = Callable[[Request], Awaitable[Response]]


class Guard:
    """Makes an endpoint of every page of the table."""

    def __init__(self, house: House, clock: Callable[[], datetime], limits: Limits) -> None:
        self._house = house
        others = (plan for plan in house.configuration.plans if plan.key != house.plan.key)
        self._houses = {house.plan.key: house, **{plan.key: house.of(plan) for plan in others}}
        self._clock = clock
        self._limits = limits

    def endpoint(self, page: Page) -> Endpoint:
        """Return the endpoint of one page; its view runs in a thread, for the database blocks."""

        async def answer(request: Request) -> Response:
            _clear(request)
            form = await _form(request) if page.method == "POST" else FormData()
            try:
                return await run_in_threadpool(self._answer, page, request, form)
            finally:
                await form.close()

        return answer

    def _answer(self, page: Page, request: Request, form: FormData) -> Response:
        with on_the_portal():
            return self._guarded(page, request, form)

    def _guarded(self, page: Page, request: Request, form: FormData) -> Response:
        signed = request.path_params.get("signed")
        root = request.scope.get("app_root_path", request.scope.get("root_path", ""))
        ask = Ask(
            house=self._meant(signed) if signed else self._house,
            as_of=self._clock(),
            request=request,
            form=form,
            root=f"{root}/l/{signed}" if signed else root,
        )
        try:
            ask.found = self._by_link(ask, signed, page) if signed else self._by_session(ask)
            # Under a link the address itself is the secret.
            if ask.posted and not signed and not is_genuine(request, self._house.settings, form):
                return faults.forged(ask)
            with _named(ask):
                return self._viewed(page, ask)
        except (LinkFault, Ended) as fault:
            return self._missed(ask, fault)
        except Forbidden:
            return faults.forbidden(ask)
        except (Invalid, Refused, Unavailable) as told:
            return _told(page, ask, told)
        except Exception:
            log.exception("trang %s gặp lỗi", page.path)
            return faults.broken(ask)

    def _viewed(self, page: Page, ask: Ask) -> Response:
        if page.act is not None:
            if ask.found is None:
                return _to_sign_in(ask)
            require_there(self._house, ask.found.agency, local_day(ask.as_of))
            self._require(page, ask)
            if ask.posted and not self._limits.hit(CHANGES_BY_VISITOR, ask.agency.id, ask.visitor.holder):
                return faults.too_often(ask)
        response = page.view(ask)
        if ask.background.tasks and response.background is None:
            response.background = ask.background
        return response

    def _require(self, page: Page, ask: Ask) -> None:
        """Ask the table of rights, about whoever the address names."""
        assert page.act is not None
        if page.about is About.OBLIGATION:
            agency, item = whose_obligation(ask.house, ask.param("key"))
            ask.require(page.act, agency, item)
        elif page.about is About.EVIDENCE:
            agency, item = whose_evidence(ask.house, int(ask.param("number")))
            ask.require(page.act, agency, item)
        elif page.about is About.MESSAGE:
            ask.require(page.act, whose_message(ask.house, int(ask.param("number"))))
        elif page.about is About.AGENCY:
            if ask.param("agency") not in ask.house.configuration.agencies:
                raise Invalid(f"không có cơ quan '{ask.param('agency')}'")
            ask.require(page.act, ask.param("agency"))
        elif not ask.may(page.act):
            raise Forbidden

    def _by_link(self, ask: Ask, signed: str, page: Page) -> Visitor:
        """Return who comes by a link, and log its opening and every change made by it."""
        what = f"{page.method} {page.path}"[:40] if ask.posted or page.path == "/" else ""
        client = client_of(ask.request.scope)
        return come_by_link(ask.house, signed, ask.as_of, what=what, client=client)

    def _meant(self, signed: str) -> House:
        """Return the house of the plan that a link was made for: any plan's links open here."""
        carried = unsign(self._house.settings, signed)
        return self._houses.get(carried.plan, self._house) if carried else self._house

    def _by_session(self, ask: Ask) -> Visitor | None:
        key = ask.request.session.get("key")
        return session_visitor(self._house, key, ask.as_of) if key else None

    def _missed(self, ask: Ask, fault: LinkFault | Ended) -> Response:
        if isinstance(fault, Ended):
            return faults.ended(ask, fault.row)
        # A whole district may sit behind one address: only what opens nothing is counted and turned away.
        if fault.why == "forged" and not self._limits.hit(MISSES_BY_CLIENT, client_of(ask.request.scope)):
            fault = LinkFault("too-often")
        return faults.link(ask, fault, self._limits)


def _told(page: Page, ask: Ask, fault: DomainError) -> Response:
    """Say why something was not done; what broke down is ops' to read, in one line."""
    if not isinstance(fault, Unavailable):
        return faults.told(ask, fault)
    log.error("trang %s: %s", page.path, fault)
    return faults.unavailable(ask)


def _named(ask: Ask) -> AbstractContextManager[None]:
    """Let the journal name this visitor for what they do."""
    if ask.found is None:
        return on_the_portal()
    key = ask.request.session.get("key")
    session = "" if ask.found.link or not key else session_mark(key)
    return on_the_portal(
        agency=ask.found.agency, person=ask.found.holder, seat=ask.found.seat, session=session
    )


async def _form(request: Request) -> FormData:
    form = await request.form(max_files=FILES_AT_ONCE, max_fields=MOST_FIELDS, max_part_size=MEGABYTE)
    return FormData([(legible(name), _legible(value)) for name, value in form.multi_items()])


def _legible(value: UploadFile | str) -> UploadFile | str:
    return legible(value) if isinstance(value, str) else value


def _clear(request: Request) -> None:
    """Take out of the address, here once for all pages, what no database takes: NUL and its kin."""
    named = request.scope.get("path_params", {})
    request.scope["path_params"] = {k: legible(v) if isinstance(v, str) else v for k, v in named.items()}
    asked = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    if any(legible(text) != text for pair in asked for text in pair):
        clear = urlencode([(legible(name), legible(value)) for name, value in asked])
        request.scope["query_string"] = clear.encode("ascii")


def _to_sign_in(ask: Ask) -> Response:
    """Send somebody who is not signed in to the door, and back afterwards."""
    if ask.posted:
        return faults.signed_out(ask)
    path = ask.request.url.path
    query = f"?{ask.request.url.query}" if ask.request.url.query else ""
    ask.request.session["then"] = f"{path}{query}"
    return RedirectResponse(ask.url(SIGN_IN), status_code=303)
