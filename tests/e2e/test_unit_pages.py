"""The unit's pages in a browser: what is typed survives a lost connection, and nobody is shut out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from obligations.model import WorkState
from tasks_lib.answering.drafts import Writing, present
from tasks_lib.answering.report_draft import ReportDraft
from tasks_lib.kernel.links import answer_link
from tests.e2e.conftest import Visit
from tests.support.life.stories import A_MU_SUNG, SIGNED, at, replay, row
from tests.support.pages.browser import PHONE, axe, screenshot
from tests.support.pages.portal import Portal
from tests.support.pages.unit import field, link_in, mail_to, number, two_communes

KEY, SPOKEN = f"1.2/{A_MU_SUNG}/once", f"4.6/{A_MU_SUNG}/once"
LEADER = f"lanhdao.{A_MU_SUNG}@laocai.example"


@pytest.fixture
def opened(portal: Portal) -> str:
    """The address of a commune's form, its 1.2 two days late."""
    two_communes(portal.house)
    replay(portal.house, SIGNED, "2022-07-18")
    portal.at("2022-07-18T09:00")
    return answer_link(portal.house, A_MU_SUNG, portal.clock(), obligation=KEY).url


def test_what_was_typed_is_there_again_after_a_lost_connection(
    portal: Portal, phone: Page, opened: str
) -> None:
    house = portal.house
    phone.goto(opened)
    phone.fill(f"[name={field(house, KEY, 'text')}]", "Đã phát thanh 12 buổi")
    counts = phone.locator(f"[name={field(house, KEY, 'so-c')}]")
    counts.nth(0).fill("18")
    counts.nth(1).fill("21")
    phone.locator(f"details#t{number(house, SPOKEN)} > summary").click()
    phone.fill(f"[name={field(house, SPOKEN, 'text')}]", "Đang viết dở")
    phone.route("**/don-vi", lambda route: route.abort())
    phone.click(f"button[value='send:{number(house, KEY)}']", no_wait_after=True)
    phone.wait_for_function("location.href.startsWith('chrome-error:')")
    phone.unroute("**/don-vi")

    phone.goto(answer_link(house, A_MU_SUNG, portal.clock(), obligation=KEY).url)

    expect(phone.get_by_text("Đã khôi phục nội dung đang nhập dở")).to_be_visible()
    expect(phone.locator(f"[name={field(house, KEY, 'text')}]")).to_have_value("Đã phát thanh 12 buổi")
    expect(phone.locator(f"[name={field(house, SPOKEN, 'text')}]")).to_be_visible()
    assert [counts.nth(n).input_value() for n in (0, 1)] == ["18", "21"]
    phone.click(f"button[value='send:{number(house, KEY)}']")
    phone.get_by_role("button", name="Đúng, gửi").last.click()
    expect(phone.get_by_text("Nhiệm vụ 1.2: đã gửi")).to_be_visible()
    assert row(house, KEY).work_state == WorkState.SUBMITTED
    phone.goto(opened)
    expect(phone.get_by_text("Đã khôi phục")).to_have_count(0)
    expect(phone.locator(f"[name={field(house, SPOKEN, 'text')}]")).to_have_value("Đang viết dở")


def test_every_page_of_a_unit_is_for_everybody(portal: Portal, phone: Page, opened: str) -> None:
    house = portal.house
    for path in ("", "/don-vi/da-gui", "/dau-moi", f"/phieu/sheet/{A_MU_SUNG}/2022-07"):
        phone.goto(f"{opened}{path}")
        axe(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.goto(opened)
    phone.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    writing = Writing(
        key=KEY,
        by=A_MU_SUNG,
        person="Vàng A Páo",
        as_of=at("2022-07-18T09:00"),
        content=ReportDraft(figures={"a": "5"}),
    )
    present(house, [writing], LEADER)
    phone.goto(f"{portal.url}{link_in(mail_to(house, A_MU_SUNG))}")
    axe(phone)
    phone.click("text=Duyệt và gửi báo cáo")
    expect(phone.get_by_text("Báo cáo đã được duyệt và gửi đi")).to_be_visible()
    axe(phone)


def test_a_form_that_comes_back_has_its_faults_in_focus_and_leads_to_each_field(
    portal: Portal, visit: Visit, opened: str
) -> None:
    house = portal.house
    phone, watch = visit(PHONE)
    watch.allow("status of 400")
    phone.goto(opened)
    counts = phone.locator(f"[name={field(house, KEY, 'so-c')}]")
    phone.fill(f"[name={field(house, KEY, 'so-a')}]", "mười hai")
    counts.nth(0).fill("22")
    counts.nth(1).fill("21")
    phone.click(f"button[value='send:{number(house, KEY)}']")

    expect(phone.locator("#can-sua")).to_be_focused()
    expect(phone).to_have_title(re.compile("^Lỗi: "))
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    screenshot(phone, "unit-faults-phone")
    phone.locator("#can-sua a").nth(1).click()
    expect(counts.nth(0)).to_be_focused()
    expect(counts.nth(0)).to_have_value("22")
