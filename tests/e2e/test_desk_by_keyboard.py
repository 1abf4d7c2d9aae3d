"""A desk goes through thirty reports by keyboard: three keys a report at most, twenty and more in sight."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from obligations.model import WorkState
from obligations.rights import Seat
from tasks_lib.desk.queue import Filters, queue
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.links import login_link
from tests.support.life.stories import BAT_XAT, communes_of, replay, reports_in, row
from tests.support.pages.browser import DESKTOP, Chromium, axe, sign_in
from tests.support.pages.portal import Portal, portal_of

ITEMS = ("1.2", "4.6")
REPORTS = 30
SEEN = 20
SCREEN = {"width": 1280, "height": 800}


@pytest.fixture
def desk(house: House) -> Iterator[Portal]:
    """The desk of Bát Xát on a morning with thirty reports."""
    replay(house, "2022-07-08", "2022-07-08")
    waiting = [f"{item}/{unit}/once" for item in ITEMS for unit in communes_of(house, BAT_XAT)][:REPORTS]
    for key in waiting:
        reports_in(house, key, "2022-07-11T09:00")
    with portal_of(house, "2022-07-12T09:00") as portal:
        yield portal


def test_thirty_reports_by_keyboard(browser: Chromium, desk: Portal) -> None:
    pressed = 0
    with browser.visiting(desk.url, {**DESKTOP, "viewport": SCREEN}) as (page, _watch):
        sign_in(page, login_link(desk.house, Seat.DESK, BAT_XAT, desk.clock()).url)
        page.goto(f"{desk.url}/hang-doi?nhom=1-submitted")
        rows = page.locator("table.queue tbody tr")
        fold = page.locator(".sticky").bounding_box()
        assert fold is not None
        boxes = [rows.nth(n).bounding_box() for n in range(SEEN)]
        assert all(box and box["y"] + box["height"] <= fold["y"] for box in boxes)
        axe(page)

        page.keyboard.press("j")
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        for _ in range(REPORTS):
            page.wait_for_selector('button[data-key="a"]')
            page.keyboard.press("a")
            page.wait_for_selector('button[data-key="u"]')
            pressed += 1
            if page.locator('[data-key="j"]').count():
                page.keyboard.press("j")
                pressed += 1
        assert pressed <= 3 * REPORTS
        left = queue(desk.house, BAT_XAT, desk.clock(), Filters(group="1-submitted"))
        assert left.total == 0

        key = page.url.partition("/nhiem-vu/")[2].partition("?")[0]
        page.keyboard.press("u")
        page.wait_for_selector('button[data-key="a"]')
        assert row(desk.house, key).work_state == WorkState.SUBMITTED
        page.keyboard.press("m")
        page.keyboard.type("ja")
        assert page.locator('form[action$="/bo-sung"] textarea').input_value() == "ja"
