"""The browser's own fixtures: what goes wrong on a page is noticed, and other tests are left alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from tests.support.pages.browser import DESKTOP, PHONE, Chromium, Watch, axe
from tests.support.pages.portal import served

HEAD = """<!doctype html><html lang="vi"><head><title>Trang</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"></head>"""
PAGES = {
    "good": f"{HEAD}<body><main><h1>Nhiệm vụ</h1></main></body></html>",
    "script": f"{HEAD}<body><script>throw new Error('hỏng')</script></body></html>",
    "console": f"{HEAD}<body><script>console.error('hỏng')</script></body></html>",
    "elsewhere": f"{HEAD}<body><img alt='' src='http://127.0.0.1:9/x.png'></body></html>",
    "unlabelled": f"{HEAD}<body><main><h1>Nhiệm vụ</h1><input></main></body></html>",
}


def answered(request: Request) -> HTMLResponse:
    name = request.path_params["name"]
    return HTMLResponse(PAGES.get(name, PAGES["good"]), 200 if name in PAGES else 410)


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    """A handful of pages, most of them faulty."""
    with served(Starlette(routes=[Route("/{name}", answered)])) as url:
        yield url


def test_a_good_page_passes_on_phone_and_desktop(browser: Chromium, pages: str) -> None:
    with browser.visiting(pages, PHONE) as (phone, _), browser.visiting(pages, DESKTOP) as (desktop, _):
        for page, width, fingers in ((phone, 390, True), (desktop, 1280, False)):
            page.goto("/good")
            axe(page)
            assert page.evaluate("innerWidth") == width
            assert page.evaluate("navigator.maxTouchPoints > 0") is fingers
            assert page.evaluate("navigator.language") == "vi-VN"
            assert page.evaluate("new Date().getTimezoneOffset()") == -7 * 60


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("script", "script: hỏng"),
        ("console", "console: hỏng"),
        ("elsewhere", "request to elsewhere: http://127.0.0.1:9/x.png"),
        ("gone", "status of 410"),
    ],
)
def test_what_goes_wrong_fails_the_test_unless_expected(
    browser: Chromium, pages: str, name: str, said: str
) -> None:
    def looked(*, expecting: str | None) -> Watch:
        with browser.visiting(pages) as (page, watch):
            page.goto(f"/{name}")
            if expecting:
                watch.allow(expecting)
        return watch

    with pytest.raises(AssertionError, match=said):
        looked(expecting=None)
    assert looked(expecting="hỏng|127.0.0.1:9|status of 410").faults != []


def test_a_field_without_a_label_fails(browser: Chromium, pages: str) -> None:
    with browser.visiting(pages) as (page, _):
        page.goto("/unlabelled")
        with pytest.raises(AssertionError, match="label"):
            axe(page)


def test_a_loop_of_ones_own_runs_beside_an_open_browser(browser: Chromium, pages: str) -> None:
    with browser.visiting(pages) as (page, _):
        page.goto("/good")
    assert asyncio.run(asyncio.sleep(0, "done")) == "done"
