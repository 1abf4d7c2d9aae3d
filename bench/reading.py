"""`python -m bench.reading`: how much there is to read on the pages people work with, counted in a browser.

Words that stand on the page as it opens (what is folded is not read), minutes at 250 words, fields to fill,
and how long the page is on a desk's screen and on a phone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page
from rich.console import Console
from rich.table import Table

from config.load import OWN_DIRECTORY, load_configuration
from obligations.rights import Seat
from tasks_lib.kernel.links import answer_link, login_link
from tests.support.life.stories import BAT_XAT, MUONG_VI, SO_NOI_VU
from tests.support.pages.boards import TODAY, lived
from tests.support.pages.browser import DESKTOP, PHONE, Chromium, chromium, sign_in
from tests.support.pages.portal import Portal, portal_of

WORDS_A_MINUTE = 250
SCREEN: dict[str, Any] = {**DESKTOP, "viewport": {"width": 1280, "height": 800}}
PAGES = (
    ("trang tổng quan của Sở Nội vụ", Seat.COORDINATOR, SO_NOI_VU, "/"),
    ("danh mục đề xuất", Seat.COORDINATOR, SO_NOI_VU, "/danh-muc"),
    ("danh sách nhiệm vụ", Seat.COORDINATOR, SO_NOI_VU, "/danh-sach"),
    ("trang của Chủ tịch huyện", Seat.CHAIRPERSON, BAT_XAT, "/chi-dao"),
    ("phiếu tháng của Chủ tịch", Seat.CHAIRPERSON, BAT_XAT, f"/phieu/sheet/{BAT_XAT}/2022-08"),
    ("hàng đợi của Phòng Nội vụ", Seat.DESK, BAT_XAT, "/hang-doi"),
    ("báo cáo Quý III của huyện", Seat.DESK, BAT_XAT, f"/ky/report/{BAT_XAT}/2022-Q3-report"),
    ("biểu mẫu của công chức xã, từ thư", None, MUONG_VI, ""),
)
FIELDS = "main :is(input:not([type=hidden]), select, textarea)"
COUNT = f"""() => ({{
    words: (document.querySelector('main').innerText.match(/\\S+/g) || []).length,
    fields: [...document.querySelectorAll({FIELDS!r})].filter(f => f.offsetParent !== null).length,
    height: document.documentElement.scrollHeight,
}})"""


@dataclass(frozen=True, kw_only=True)
class Read:
    """What one page has to read."""

    name: str
    words: int
    fields: int
    screen: int
    """Points high at 1280 × 800."""
    phone: int
    """Points high at 390 × 844."""


def pages() -> Iterator[Read]:
    """Open each page on both devices and count."""
    with TemporaryDirectory(prefix="dondoc-bench-") as folder:
        os.environ.update({"DONDOC_HOME": folder, "DONDOC_MAIL_TRANSPORT": "memory"})
        with (
            lived(load_configuration(OWN_DIRECTORY), Path(folder)) as house,
            portal_of(house, f"{TODAY}T09:00") as portal,
            chromium() as browser,
        ):
            for name, seat, agency, path in PAGES:
                wide = _counted(browser, portal, seat, agency, path, SCREEN)
                narrow = _counted(browser, portal, seat, agency, path, PHONE)
                yield Read(
                    name=name,
                    words=wide["words"],
                    fields=wide["fields"],
                    screen=wide["height"],
                    phone=narrow["height"],
                )


def _counted(
    browser: Chromium, portal: Portal, seat: Seat | None, agency: str, path: str, device: dict[str, Any]
) -> dict[str, int]:
    with browser.visiting(portal.url, device) as (page, _):
        _enter(page, portal, seat, agency)
        if path:
            page.goto(f"{portal.url}{path}")
        found: dict[str, int] = page.evaluate(COUNT)
        return found


def _enter(page: Page, portal: Portal, seat: Seat | None, agency: str) -> None:
    if seat is None:
        page.goto(answer_link(portal.house, agency, portal.clock()).url)
        return
    sign_in(page, login_link(portal.house, seat, agency, portal.clock()).url)


def main() -> None:
    """Count and print."""
    table = Table("trang", "từ", "phút đọc", "ô nhập", "cao, máy tính", "cao, điện thoại")
    for one in pages():
        minutes = f"{one.words / WORDS_A_MINUTE:.1f}".replace(".", ",")
        table.add_row(one.name, str(one.words), minutes, str(one.fields), str(one.screen), str(one.phone))
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
