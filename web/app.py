"""Puts the portal together: the table of pages, and around it what guards every request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from secure.middleware import SecureASGIMiddleware
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, compile_path
from starlette.staticfiles import StaticFiles

from tasks_lib.kernel.bootstrap import House
from tasks_lib.watch.lane import PREFIX as LANE
from tasks_lib.watch.lane import lane_of
from tasks_lib.watch.watchman import Watchman
from web import entry
from web.answering import unit
from web.frame import faults, security, watching
from web.frame.ask import Ask, Page
from web.frame.beside import beside
from web.frame.guard import Guard
from web.frame.metrics import Metrics, Timed
from web.frame.posting import send_notes
from web.frame.render import STATIC
from web.routes import PAGES

KEPT_SECONDS = 31_536_000
"""Static files carry a mark of their content in the address; a year is for ever."""
LANE_PAGES = (*entry.PAGES, *unit.PAGES)
"""What the daily self-test opens and answers, under a link of its own plan."""
NONE = "/{path:path}"
"""What stands behind all pages of the table."""
SMALLEST_TO_ZIP = 1024


class KeptFiles(StaticFiles):
    """Static files that browsers need not ask for again."""

    def file_response(self, *arguments: object, **named: object) -> Response:
        """Return the file with leave to keep it."""
        response = super().file_response(*arguments, **named)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}, immutable"
        return response


def create_app(house: House, clock: Callable[[], datetime], extra: Iterable[Page] = ()) -> Starlette:
    """Make the portal of a house; `clock` is the only now it knows, `extra` pages are for measuring."""
    limits = security.Limits()
    guard = Guard(house, clock, limits)
    settings = house.settings
    watchman = Watchman(house, clock)
    metrics = Metrics(watchman)
    app = Starlette(
        routes=[
            *watching.routes(watchman, metrics),
            Mount("/static", KeptFiles(directory=STATIC)),
            *_routes(guard, (*PAGES, *extra)),
            Mount(LANE, routes=_linked(Guard(lane_of(house), clock, limits), LANE_PAGES)),
        ],
        middleware=[
            Middleware(Timed, metrics=metrics),
            Middleware(SecureASGIMiddleware, secure=security.headers(settings, security.own_pages())),
            Middleware(GZipMiddleware, minimum_size=SMALLEST_TO_ZIP),
            security.sessions(settings),
        ],
        exception_handlers={HTTPException: _unreadable},
        lifespan=beside(lambda: send_notes(house, clock()), watchman.watch),
        max_body_size=security.BODY_MEGABYTES * security.MEGABYTE,
    )
    app.state.limits = limits
    app.state.watchman = watchman
    app.router.routes += _none(guard, (*PAGES, *extra))
    return app


def _routes(guard: Guard, pages: Iterable[Page]) -> list[BaseRoute]:
    """Return the routes of the table: each page at its address, most of them under a link too."""
    table = tuple(pages)
    plain = [Route(page.path, guard.endpoint(page), methods=[page.method]) for page in table]
    return [*plain, *_linked(guard, table)]


def _linked(guard: Guard, table: Iterable[Page]) -> list[BaseRoute]:
    """Return the routes under a link from a mail."""
    pages = tuple(page for page in table if page.link)
    bare: list[BaseRoute] = []
    linked: list[BaseRoute] = []
    for page in pages:
        linked.append(Route(page.path, guard.endpoint(page), methods=[page.method]))
        if page.path == "/":
            # Mail programs cut a closing slash off: the address must open without it.
            bare.append(Route("/l/{signed}", guard.endpoint(page), methods=[page.method]))
    # What a link does not open is told by a page of ours too.
    return [*bare, Mount("/l/{signed}", routes=[*linked, *_none(guard, pages)])]


def _none(guard: Guard, pages: Iterable[Page]) -> list[BaseRoute]:
    """Return what answers where no page does: none at this address, or none that is used like this."""
    known = [compile_path(page.path)[0] for page in pages]

    def none(ask: Ask) -> Response:
        here = f"/{ask.param('path')}"
        is_known = any(path.match(here) for path in known)
        return faults.wrong_method(ask) if is_known else faults.no_such_page(ask)

    return [Route(NONE, guard.endpoint(Page(m, NONE, none)), methods=[m]) for m in ("GET", "POST")]


def _unreadable(_request: Request, error: Exception) -> Response:
    """Say what is wrong with a request that no page could read: too large, or broken on the way."""
    status = error.status_code if isinstance(error, HTTPException) else security.TOO_LARGE
    text = security.TOO_LARGE_WORDS if status == security.TOO_LARGE else security.UNREADABLE_WORDS
    return security.bare_page(text, status)
