"""A real Chromium for tests, and pages on which nothing goes wrong unnoticed."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    WebError,
    expect,
    sync_playwright,
)

# Read before the fixtures keep the environment out of the tests.
CHOSEN = os.environ.get("DONDOC_BROWSER", "")
SCREENSHOTS = os.environ.get("DONDOC_SCREENSHOTS", "")
KNOWN = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = "no browser: install chromium, or name one in DONDOC_BROWSER"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HERE: dict[str, Any] = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
PHONE: dict[str, Any] = {
    **HERE,
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
DESKTOP: dict[str, Any] = {**HERE, "viewport": {"width": 1280, "height": 900}}
PATIENCE = 15_000
"""Milliseconds; a busy machine is no fault of the page."""


def executable() -> str | None:
    """Where a Chromium is, if anywhere."""
    names = (CHOSEN,) if CHOSEN else KNOWN
    return next(filter(None, map(shutil.which, names)), None)


@dataclass
class Watch:
    """What went wrong on the pages of one person: errors of scripts and console, requests to elsewhere."""

    origin: str
    faults: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """Expect a fault whose text has this pattern: "status of 410", "ERR_INTERNET_DISCONNECTED"."""
        self.allowed.append(pattern)

    def over(self, context: BrowserContext) -> None:
        """Watch all pages of a context."""
        context.on("console", self._console)
        context.on("weberror", self._script)
        context.on("request", self._request)

    def unexpected(self) -> list[str]:
        """The faults that nobody expected."""
        return [f for f in self.faults if not any(re.search(pattern, f) for pattern in self.allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location['url']})")

    def _script(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:", "about:")):
            self.faults.append(f"request to elsewhere: {request.url}")


class Chromium:
    """One browser for a whole session of tests.

    Playwright's synchronous face leaves its event loop marked as running on the main thread, and every other
    test that runs a loop of its own would fail. The mark therefore stands only while a page is in use.
    """

    def __init__(self, path: str) -> None:
        self._playwright = sync_playwright().start()
        self._loop = asyncio.get_running_loop()
        try:
            self._browser = self._playwright.chromium.launch(executable_path=path, args=FLAGS)
        except BaseException:
            self._playwright.stop()
            raise
        asyncio._set_running_loop(None)

    def close(self) -> None:
        """End the browser and its driver."""
        asyncio._set_running_loop(self._loop)
        self._browser.close()
        self._playwright.stop()

    @contextmanager
    def visiting(self, origin: str, device: Mapping[str, Any] = DESKTOP) -> Iterator[tuple[Page, Watch]]:
        """Give a page of somebody new, with cookies of their own; what went wrong there fails at the end."""
        outer = asyncio._get_running_loop()
        asyncio._set_running_loop(self._loop)
        try:
            context = self._browser.new_context(base_url=origin, **device)
            try:
                context.set_default_timeout(PATIENCE)
                expect.set_options(timeout=PATIENCE)
                watch = Watch(origin)
                watch.over(context)
                yield context.new_page(), watch
            finally:
                context.close()
        finally:
            asyncio._set_running_loop(outer)
        assert not watch.unexpected(), "\n".join(watch.unexpected())


@contextmanager
def chromium() -> Iterator[Chromium]:
    """Give a browser, or skip the test that needs one."""
    path = executable()
    if path is None:
        pytest.skip(NO_BROWSER)
    browser = Chromium(path)
    try:
        yield browser
    finally:
        browser.close()


def sign_in(page: Page, link: str) -> None:
    """Open a login link and press its button."""
    page.goto(link)
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()


def axe(page: Page, only: str = "") -> None:
    """Fail when the page as it stands is not accessible by axe's rules, or by one of them."""
    found = Axe().run(page, options={"runOnly": [only]} if only else None)
    assert found.violations_count == 0, found.generate_report()


def screenshot(page: Page, name: str, *, full_page: bool = True) -> None:
    """Keep a picture of the page when DONDOC_SCREENSHOTS names a folder."""
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png", full_page=full_page)
