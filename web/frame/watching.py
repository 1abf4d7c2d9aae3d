"""What monitors read without signing in: /healthz, /readyz, /metrics."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from tasks_lib.watch.watchman import Watchman
from web.frame.metrics import CONTENT_TYPE, Metrics
from web.frame.security import client_of

UNAVAILABLE, NOT_FOR_YOU = 503, 403
CLOSED = "chỉ đọc được từ chính máy này, hoặc với DONDOC_METRICS_TOKEN\n"
PASSED_ON = ("x-forwarded-for", "forwarded", "x-real-ip")
"""Headers by which a proxy tells that somebody else asks through it."""


def routes(watchman: Watchman, metrics: Metrics) -> list[BaseRoute]:
    """Return the addresses that monitors look at."""
    return [
        Route("/healthz", _alive(watchman)),
        Route("/readyz", _ready(watchman)),
        Route("/metrics", _measured(watchman, metrics)),
    ]


def may_read(watchman: Watchman, request: Request) -> bool:
    """Whether somebody may read details: by the token where one is set, else only on this machine.

    Behind a proxy everybody seems to come from this machine: what was passed on counts as from elsewhere.
    """
    token = watchman.house.settings.metrics_token
    if token is not None:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(given.encode(), token.get_secret_value().encode())
    return _is_here(client_of(request.scope)) and not any(name in request.headers for name in PASSED_ON)


def _is_here(client: str) -> bool:
    try:
        return ip_address(client).is_loopback
    except ValueError:
        return False


def _alive(watchman: Watchman) -> Callable[[Request], Response]:
    def healthz(_request: Request) -> Response:
        """Say whether a row can be written and read."""
        found = watchman.alive()
        return PlainTextResponse(
            "ok" if found.ok else found.said, status_code=200 if found.ok else UNAVAILABLE
        )

    return healthz


def _ready(watchman: Watchman) -> Callable[[Request], Response]:
    def readyz(request: Request) -> Response:
        """Say whether all goes on by itself; how each check stands only to whoever may read it."""
        findings = watchman.ready()
        document: dict[str, object] = {"ready": all(finding.ok for finding in findings)}
        if may_read(watchman, request):
            document["checks"] = [finding.as_json() for finding in findings]
        return JSONResponse(document, status_code=200 if document["ready"] else UNAVAILABLE)

    return readyz


def _measured(watchman: Watchman, metrics: Metrics) -> Callable[[Request], Response]:
    def measured(request: Request) -> Response:
        """Give the numbers in Prometheus' format."""
        if not may_read(watchman, request):
            return PlainTextResponse(CLOSED, status_code=NOT_FOR_YOU)
        return Response(metrics.text(), media_type=CONTENT_TYPE)

    return measured
