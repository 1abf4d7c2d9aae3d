"""A coordinator runs a campaign: from the board's list to the letter, its number and its mails."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from obligations.deeds import URGED
from obligations.rights import Seat
from tasks_lib.kernel.links import login_link
from tests.e2e.conftest import Visit
from tests.support.life.letters import messages_to
from tests.support.life.stories import (
    A_MU_SUNG,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    history_of,
    leave_only,
    replay,
    reports_in,
)
from tests.support.pages.browser import DESKTOP, axe, screenshot, sign_in
from tests.support.pages.portal import Portal

PAGES_MAY_TAKE = 120_000
"""Milliseconds: LibreOffice starts for each of the two versions, beside other tests."""
SILENT, ANSWERS = (f"1.2/{unit}/once" for unit in (A_MU_SUNG, MUONG_VI))


def test_from_the_boards_list_to_the_signed_number(portal: Portal, visit: Visit) -> None:
    house = portal.house
    leave_only(house, SILENT, ANSWERS)
    replay(house, SIGNED, "2022-07-25")
    portal.at("2022-07-25T09:00")
    page, watch = visit(DESKTOP)
    watch.allow("status of 409")
    sign_in(page, login_link(house, Seat.COORDINATOR, SO_NOI_VU, portal.clock()).url)

    page.goto(f"{portal.url}/danh-sach?nhiem-vu=1.2")
    page.get_by_role("link", name="Lập công văn đôn đốc").click()
    expect(page.get_by_role("checkbox", name=re.compile("Tuyên truyền PAPI"))).to_be_checked()
    axe(page)
    screenshot(page, "campaign-choose")
    page.get_by_role("button", name="Lập dự thảo công văn").click(timeout=PAGES_MAY_TAKE)
    expect(page.get_by_text("Đã lập dự thảo.")).to_be_visible()

    # One of the two reports before anybody has signed: the page says that the draft's figures are others now.
    reports_in(house, ANSWERS, "2022-07-25T14:00")
    portal.at("2022-07-25T15:00")
    page.goto(page.url.partition("?")[0])
    changed = page.get_by_label("Số liệu đã thay đổi")
    expect(changed).to_contain_text("khi lập 2, nay 1")
    axe(page)
    screenshot(page, "campaign-draft")
    page.get_by_role("button", name="Ghi số và gửi thư").click()
    expect(page.get_by_text("nhập số, ký hiệu văn thư đã cấp")).to_be_visible()

    page.get_by_label("Số, ký hiệu").fill("45")
    page.get_by_label("Ngày ký").fill("2022-07-25")
    page.get_by_label("Người ký").fill("Nguyễn Văn An")
    page.get_by_role("button", name="Ghi số và gửi thư").click(timeout=PAGES_MAY_TAKE)
    expect(page.get_by_text("Đã ghi số, ngày, người ký.")).to_be_visible()
    expect(page.get_by_text("45/SNV-CCHC").first).to_be_visible()

    assert [entry.why for entry in history_of(house, SILENT) if entry.what == URGED] == [
        "Công văn số 45/SNV-CCHC ngày 25/7/2022 của Sở Nội vụ (lần 1)"
    ]
    assert not [entry for entry in history_of(house, ANSWERS) if entry.what == URGED]
    assert "45/SNV-CCHC" in messages_to(house, A_MU_SUNG)[-1].subject
    page.goto(f"{portal.url}/van-ban")
    expect(page.get_by_text("45/SNV-CCHC").first).to_be_visible()
    axe(page)
    screenshot(page, "papers")
