"""A door between a portal and a server that writes down what reaches it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import httpx
from starlette.types import Receive, Scope, Send

from obligations.rights import Seat
from tests.support.pages.portal import Portal
from tests.support.pages.visits import signed_in_as
from web.frame.security import SESSION

AUTH = "dondoc:geheim"
BASIC = "Basic ZG9uZG9jOmdlaGVpbQ=="


@dataclass
class Upstream:
    """In Prefect's place: writes down whatever reaches it, and answers as it is told."""

    reached: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    answer: Any = field(default_factory=dict)
    status: int = 200
    headers: tuple[tuple[bytes, bytes], ...] = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        query = f"?{scope['query_string'].decode()}" if scope["query_string"] else ""
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.reached.append((scope["method"], scope["raw_path"].decode() + query, headers))
        body = json.dumps(self.answer).encode()
        head = [(b"content-type", b"application/json"), *self.headers]
        await send({"type": "http.response.start", "status": self.status, "headers": head})
        await send({"type": "http.response.body", "body": body})


@dataclass(frozen=True)
class Place:
    """A door between a portal and a server that writes down what reaches it."""

    portal: Portal
    url: str
    upstream: Upstream

    def visitor(self, seat: Seat, agency: str | None = None) -> httpx.Client:
        """Somebody signed in at the portal who goes on to the door with the same cookies."""
        with self.portal.client() as client:
            signed_in_as(self.portal, client, seat, agency)
            return httpx.Client(base_url=self.url, cookies={SESSION: client.cookies[SESSION]})


def as_written(place: Place, cookie: str, method: str, path: str) -> int:
    """Ask the door for an address exactly as it is written, which no client of ours would do."""
    connection = HTTPConnection(urlsplit(place.url).netloc, timeout=20)
    try:
        connection.request(method, path, "{}" if method == "POST" else None, {"Cookie": cookie})
        return connection.getresponse().status
    finally:
        connection.close()
