"""The real portal behind a real server on the loopback, at whatever instant a test says."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
import uvicorn

from flows.local_server import HOST
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import parse_as_of
from tests.support.houses.houses import with_settings
from web.app import create_app
from web.frame.listening import listen

OPENING = "2022-07-04T09:00"
"""The morning on which the opening letters leave."""
PATIENCE = 120
"""Seconds to wait for a page; a busy machine is no fault of the page."""
_CERTIFICATES = ssl.create_default_context()
"""Read once, for reading those of all authorities takes longer than most pages."""


class Clock:
    """The portal's only "now", set by the test."""

    def __init__(self, moment: str = OPENING) -> None:
        self._now = parse_as_of(moment)

    def at(self, moment: str) -> None:
        """Let it be this instant: 2022-07-18T09:00, or a day, which means 7:30."""
        self._now = parse_as_of(moment)

    def __call__(self) -> datetime:
        """Tell the instant."""
        return self._now


@dataclass(frozen=True)
class Portal:
    """A portal that runs."""

    url: str
    house: House
    """The house it serves; links made with it lead here."""
    clock: Clock
    app: Any
    """The application that runs, for what only its process can tell."""

    def at(self, moment: str) -> None:
        """Let it be this instant on the portal."""
        self.clock.at(moment)

    def client(self) -> httpx.Client:
        """Return somebody without a browser, with cookies of their own; to be closed by whoever takes it."""
        return visitor(self.url)


def visitor(url: str, *, led: bool = False) -> httpx.Client:
    """Return somebody without a browser at an address; `led` follows where an answer leads."""
    return httpx.Client(base_url=url, timeout=PATIENCE, verify=_CERTIFICATES, follow_redirects=led)


@contextmanager
def portal_of(house: House, moment: str = OPENING) -> Iterator[Portal]:
    """Run the portal of a house for the time of a block."""
    with listen(HOST, 0) as listening:
        url = f"http://{HOST}:{listening.getsockname()[1]}"
        served_house, clock = with_settings(house, public_url=url), Clock(moment)
        app = create_app(served_house, clock)
        with _running(app, listening):
            yield Portal(url, served_house, clock, app)


@contextmanager
def served(app: Any) -> Iterator[str]:  # noqa: ANN401 - any ASGI application
    """Run an application on a free port; give the address it answers at."""
    with listen(HOST, 0) as listening, _running(app, listening):
        yield f"http://{HOST}:{listening.getsockname()[1]}"


@contextmanager
def _running(app: Any, listening: socket.socket) -> Iterator[None]:  # noqa: ANN401 - any ASGI application
    config = uvicorn.Config(
        app, log_config=None, access_log=False, ws="none", server_header=False, timeout_graceful_shutdown=5
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), name="portal")
    thread.start()
    try:
        patience = time.monotonic() + PATIENCE
        while not server.started:
            assert thread.is_alive(), "the portal did not start"
            assert time.monotonic() < patience, f"the portal did not start within {PATIENCE} s"
            time.sleep(0.005)
        yield
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
    assert not thread.is_alive(), "the portal did not end"


def reads(url: str) -> str:
    """Return what stands at an address, or nothing while nobody answers there."""
    try:
        return httpx.get(url, timeout=2).text
    except httpx.TransportError:
        return ""
