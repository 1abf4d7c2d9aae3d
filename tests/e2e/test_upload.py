"""A unit's files on a thin line: how far they are is shown, and a line that drops loses nothing."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from obligations.model import WorkState
from tasks_lib.kernel.links import answer_link
from tests.e2e.conftest import Visit
from tests.support.life.stories import A_MU_SUNG, SIGNED, replay, row
from tests.support.pages.browser import PHONE, axe, screenshot
from tests.support.pages.portal import Portal
from tests.support.pages.unit import field, number, two_communes

KEY = f"1.2/{A_MU_SUNG}/once"
WATCHES = """new MutationObserver(() => {
  window.moved = window.moved || document.querySelector(".sending progress") !== null;
}).observe(document.querySelector("form[data-progress]"), { childList: true, subtree: true })"""
"""Remembers whether a bar of progress was ever there."""


def test_a_line_that_drops_keeps_what_was_typed_and_says_so(
    portal: Portal, visit: Visit, tmp_path: Path
) -> None:
    house = portal.house
    two_communes(house)
    replay(house, SIGNED, "2022-07-18")
    portal.at("2022-07-18T09:00")
    scan = tmp_path / "bien-ban.pdf"
    scan.write_bytes(b"%PDF-1.4\n" + b"%" * 300_000 + b"\n%%EOF\n")
    phone, watch = visit(PHONE)
    watch.allow("ERR_INTERNET_DISCONNECTED")
    phone.goto(answer_link(house, A_MU_SUNG, portal.clock(), obligation=KEY).url)
    phone.fill(f"[name={field(house, KEY, 'text')}]", "Đã phát thanh 12 buổi")
    phone.locator(f"[name={field(house, KEY, 'files')}]").set_input_files(scan)
    send = phone.locator(f"button[value='send:{number(house, KEY)}']")
    at_hand = phone.get_by_role("button", name="Gửi tất cả nội dung đã nhập")
    expect(at_hand).to_be_in_viewport()

    phone.context.set_offline(True)
    send.click()
    expect(phone.get_by_role("alert")).to_contain_text("Mất kết nối, chưa gửi được")
    axe(phone)
    expect(phone.locator(f"[name={field(house, KEY, 'text')}]")).to_have_value("Đã phát thanh 12 buổi")
    assert row(house, KEY).version == 0

    phone.context.set_offline(False)
    phone.evaluate(WATCHES)
    send.click()
    expect(phone.get_by_role("heading", name="Xem lại trước khi gửi")).to_be_visible()
    assert phone.evaluate("window.moved")
    expect(phone.locator("#xem-lai")).to_contain_text("bien-ban.pdf")
    expect(phone.get_by_role("button", name="Đúng, gửi").last).to_be_in_viewport()
    axe(phone)
    screenshot(phone, "unit-look-phone", full_page=False)
    phone.get_by_role("button", name="Đúng, gửi").last.click()
    expect(phone.get_by_text("Nhiệm vụ 1.2: đã gửi")).to_be_visible()
    assert row(house, KEY).work_state == WorkState.SUBMITTED
