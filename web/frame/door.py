"""The door to Prefect's pages: who may look after the runs reads them, and nobody does anything there."""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import httpx
from secure import ContentSecurityPolicy
from secure.middleware import SecureASGIMiddleware
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from obligations.rights import Act, may
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.links import public_url, session_visitor
from web.frame import security
from web.frame.door_addresses import is_of_the_api, passes
from web.frame.guard import SIGN_IN

ALIVE = "/healthz"
SETTINGS = "/ui-settings"
MOST_BODY = 256 * 1024
"""A filter of Prefect's pages has some hundred letters."""
UNREAD: dict[str, object] = {"base_job_template": {}, "job_variables": {}, "pull_steps": None}
"""How work is started, with its variables: nothing a reader needs, and secrets may stand there."""
ASKED_ON = ("accept", "if-none-match", "if-modified-since")
HANDED_ON = ("content-type", "etag", "last-modified", "cache-control", "content-disposition")
SMALLEST_TO_ZIP = 1024
NOT_SIGNED_IN, FORBIDDEN, AWAY = 401, 403, 502
FOR_WHOM = (
    "Trang này để chuyên viên tổng hợp, lãnh đạo cơ quan đầu mối và quản trị hệ thống xem các lượt chạy."
    " Đề nghị theo dõi công việc của đơn vị tại"
)
NOT_HERE = "Trang này chỉ để xem; thao tác hoặc địa chỉ vừa mở không dùng được ở đây. Đề nghị quay lại"
IS_AWAY = "Máy chủ Prefect chưa trả lời; đề nghị thử lại sau ít phút. Tình hình thực hiện vẫn xem được tại"

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Prefect:
    """The server behind the door."""

    url: str
    """Without a closing slash and without /api."""
    auth: str


def create_door(house: House, clock: Callable[[], datetime], prefect: Prefect) -> Starlette:
    """Make the door of a house; `clock` is the only now it knows, and must be the portal's."""
    client = httpx.AsyncClient(
        base_url=prefect.url,
        follow_redirects=False,
        timeout=60,
        trust_env=False,
        headers={"accept-encoding": "identity", "authorization": _basic(prefect.auth)},
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with client:
            yield

    return Starlette(
        routes=[
            Route(ALIVE, lambda _request: PlainTextResponse("ok")),
            Route("/{path:path}", _Door(house, clock, client)),
        ],
        middleware=[
            Middleware(SecureASGIMiddleware, secure=security.headers(house.settings, _policy())),
            Middleware(GZipMiddleware, minimum_size=SMALLEST_TO_ZIP),
            security.sessions(house.settings),
        ],
        lifespan=lifespan,
        max_body_size=MOST_BODY,
    )


def _basic(auth: str) -> str:
    return f"Basic {b64encode(auth.encode()).decode()}"


def _policy() -> ContentSecurityPolicy:
    """Return what Prefect's pages need: their own files, styles they write themselves, pictures they draw."""
    return (
        ContentSecurityPolicy()
        .default_src("'none'")
        .script_src("'self'")
        .style_src("'self'", "'unsafe-inline'")
        .img_src("'self'", "data:", "blob:")
        .font_src("'self'", "data:")
        .connect_src("'self'", "data:", "blob:")
        .worker_src("'self'", "blob:")
        .manifest_src("'self'")
        .form_action("'self'")
        .base_uri("'none'")
        .frame_ancestors("'none'")
    )


class _Door:
    """Answers every request of whatever method."""

    def __init__(self, house: House, clock: Callable[[], datetime], client: httpx.AsyncClient) -> None:
        self._house = house
        self._clock = clock
        self._client = client

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self._answer(request)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        refused = await run_in_threadpool(self._refused, request)
        if refused is not None:
            return refused
        raw = request.scope.get("raw_path") or request.scope["path"].encode()
        if not passes(request.method, raw):
            return self._said(request, NOT_HERE, FORBIDDEN)
        try:
            return await self._passed_on(request, raw.decode("ascii"))
        except httpx.HTTPError:
            log.warning("máy chủ Prefect chưa trả lời", exc_info=True)
            return self._said(request, IS_AWAY, AWAY)

    def _refused(self, request: Request) -> Response | None:
        """Return what somebody is told who may not look; None for whom the table of rights lets in."""
        key = request.session.get("key")
        visitor = session_visitor(self._house, key, self._clock()) if key else None
        if visitor is None:
            if is_of_the_api(request.scope["path"]) or request.method != "GET":
                return JSONResponse({"detail": "cần đăng nhập"}, status_code=NOT_SIGNED_IN)
            return RedirectResponse(f"{public_url(self._house)}{SIGN_IN}", status_code=303)
        if not may(visitor.seat, Act.ENGINE):
            return self._said(request, FOR_WHOM, FORBIDDEN)
        return None

    async def _passed_on(self, request: Request, path: str) -> Response:
        """Ask Prefect in the door's own name; the visitor's headers and cookies stay here."""
        headers = {name: request.headers[name] for name in ASKED_ON if name in request.headers}
        body = b""
        if request.method == "POST":
            body = await request.body()
            headers["content-type"] = "application/json"
        url = httpx.URL(path, query=request.scope["query_string"])
        found = await self._client.request(request.method, url, content=body, headers=headers)
        kept = {name: found.headers[name] for name in HANDED_ON if name in found.headers}
        if found.is_redirect and _stays_here(found.headers.get("location", "")):
            kept["location"] = found.headers["location"]
        content = found.content
        if path == SETTINGS and found.is_success:
            content = _settings(found.json())
        elif is_of_the_api(path) and "json" in kept.get("content-type", ""):
            content = json.dumps(json.loads(content, object_hook=_without_secrets)).encode()
        return Response(content, found.status_code, kept)

    def _said(self, request: Request, text: str, status: int) -> Response:
        """Say in one line why there is nothing to see, and where there is."""
        if is_of_the_api(request.scope["path"]):
            return JSONResponse({"detail": text}, status_code=status)
        return security.bare_page(
            f"{text} <a href='{public_url(self._house)}/'>trang theo dõi</a>.", status, "Trang Prefect"
        )


def _settings(known: dict[str, object]) -> bytes:
    """Return what the pages are told of themselves: their data is here, nobody asks for a password."""
    shown = {"available_uis": ["v2"], "default_ui": "v2", "v1_base_url": None}
    return json.dumps({**known, **shown, "auth": None, "api_url": "/api"}).encode()


def _without_secrets(found: dict[str, object]) -> dict[str, object]:
    return {name: UNREAD.get(name, value) for name, value in found.items()}


def _stays_here(location: str) -> bool:
    """Whether a redirection leads to another address of the door that would be passed on."""
    return passes("GET", location.partition("?")[0].encode("utf-8", "replace"))
