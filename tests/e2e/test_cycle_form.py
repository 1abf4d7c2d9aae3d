"""The cycle form in a browser: sums follow what is typed, its contents lead to every row."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from obligations.rights import Seat
from tasks_lib.kernel.links import answer_link, login_link
from tests.e2e.conftest import Visit
from tests.support.life.stories import BAT_XAT, MUONG_VI
from tests.support.pages.browser import DESKTOP, PHONE, Chromium, axe, screenshot, sign_in
from tests.support.pages.cycle import report_of, reported, row_of, small_province
from tests.support.pages.portal import Portal

REPORT, OF_41 = report_of(BAT_XAT), row_of("4.1", BAT_XAT)


@pytest.fixture
def district(portal: Portal) -> Portal:
    """Two of three communes have reported; the district writes its own."""
    small_province(portal.house)
    reported(portal.house)
    portal.at("2022-09-12T09:00")
    return portal


def _open(portal: Portal, page: Page) -> None:
    sign_in(page, login_link(portal.house, Seat.DESK, BAT_XAT, portal.clock()).url)
    page.goto(f"{portal.url}/ky/{REPORT}")


def _unfold(phone: Page, item: str) -> None:
    """Open a row of the form: on a phone only its heading stands."""
    phone.get_by_role("heading", name=f"{item}.").click()


def test_sums_and_percentages_follow_what_is_typed(district: Portal, desktop: Page) -> None:
    _open(district, desktop)
    counts = desktop.locator(f"[name='fig:{OF_41}:a']")
    figure = counts.first.locator("xpath=ancestor::div[@class='figure']")
    total, share = figure.locator("[data-sum]"), figure.locator("[data-share]")
    expect(total).to_have_text("18/21 (85,7%)")
    expect(share).to_have_text("")

    counts.nth(0).fill("1.000")
    counts.nth(1).fill("1.250")
    expect(share).to_have_text("80%")
    expect(total).to_have_text("1.018/1.271 (80,1%)")

    counts.nth(0).fill("1.300")
    expect(share).to_have_text("lớn hơn tổng số")
    expect(total).to_have_text("–")

    for place in (0, 1):
        counts.nth(place).fill("")
    expect(share).to_have_text("")
    expect(total).to_have_text("18/21 (85,7%)")

    counts.nth(0).fill("1")
    counts.nth(1).fill("16")
    expect(share).to_have_text("6,3%")
    typed = [figure.locator("output").nth(n).text_content() for n in (0, 1)]
    desktop.locator(f"button[value='{OF_41}']").click()
    saved = [figure.locator("output").nth(n).text_content() for n in (0, 1)]
    assert saved == typed


def test_the_contents_lead_to_every_row_and_the_buttons_stay_at_hand(district: Portal, desktop: Page) -> None:
    _open(district, desktop)
    expect(desktop.get_by_role("button", name="Xem lại và gửi")).to_be_in_viewport()
    desktop.get_by_role("navigation", name="Mục lục").get_by_role("link", name="4.1", exact=True).click()
    expect(desktop.get_by_role("heading", name="4.1.")).to_be_in_viewport()
    expect(desktop.get_by_role("button", name="Xem lại và gửi")).to_be_in_viewport()


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_form_is_for_everybody(
    district: Portal, browser: Chromium, device: dict[str, object], request: pytest.FixtureRequest
) -> None:
    with browser.visiting(district.url, device) as (page, _watch):
        _open(district, page)
        axe(page)
        screenshot(page, f"cycle-{request.node.callspec.id}")
        assert page.evaluate("document.documentElement.scrollWidth") <= device["viewport"]["width"]  # type: ignore[index]


def test_a_commune_types_two_counts_on_its_phone(district: Portal, phone: Page) -> None:
    phone.goto(answer_link(district.house, MUONG_VI, district.clock()).url)
    phone.goto(f"{phone.url.rstrip('/')}/ky/{report_of(MUONG_VI)}")
    _unfold(phone, "4.1")
    counts = phone.locator(f"[name='fig:{row_of('4.1', MUONG_VI)}:a']")
    counts.nth(0).fill("18")
    counts.nth(1).fill("21")
    expect(phone.locator(".counts", has=counts.nth(0)).locator("output")).to_have_text("85,7%")


def test_faults_lead_to_their_fields_on_a_phone(district: Portal, visit: Visit) -> None:
    phone, watch = visit(PHONE)
    watch.allow("status of 400")
    _open(district, phone)
    _unfold(phone, "4.1")
    counts = phone.locator(f"[name='fig:{OF_41}:a']")
    counts.nth(0).fill("25")
    counts.nth(1).fill("21")
    phone.locator(f"[name='fig:{OF_41}:b']").fill("mười hai")
    phone.locator(f"button[value='{OF_41}']").click()

    summary = phone.get_by_role("alert", name="Có 02 nội dung cần sửa")
    expect(summary).to_be_focused()
    screenshot(phone, "cycle-faults-phone", full_page=False)
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    summary.get_by_role("link").first.click()
    expect(counts.nth(0)).to_be_focused()
    expect(phone.locator(f"#e-{counts.nth(0).get_attribute('id')}")).to_be_in_viewport()
    screenshot(phone, "cycle-fault-field-phone", full_page=False)


def test_on_a_phone_a_row_is_folded_until_it_is_opened_led_to_or_wrong(
    district: Portal, visit: Visit
) -> None:
    phone, watch = visit(PHONE)
    watch.allow("status of 400")
    _open(district, phone)
    number = phone.locator("section.line", has=phone.get_by_role("heading", name="4.1.")).get_attribute("id")
    field = phone.locator(f"#{number} textarea").first
    assert not field.is_visible()

    phone.get_by_text("Các dòng theo nội dung").click()
    phone.get_by_role("navigation", name="Mục lục").get_by_role("link", name="4.1", exact=True).click()
    expect(field).to_be_visible()

    phone.locator(f"[name='fig:{OF_41}:b']").fill("mười hai")
    phone.locator(f"button[value='{OF_41}']").click()
    expect(phone.locator(f"[name='fig:{OF_41}:b']")).to_be_visible()
    assert phone.locator("section.line details[data-fold][open]").count() == 1
