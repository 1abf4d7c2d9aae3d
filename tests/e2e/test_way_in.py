"""Ways onto the portal in a real browser: a commune's link on a phone, a coordinator's sign-in at a desk."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.links import answer_link, login_link
from tests.support.life.stories import MUONG_VI, SIGNED, at, replay
from tests.support.pages.browser import axe
from tests.support.pages.portal import Portal


def test_a_link_opens_a_units_form_on_a_phone(any_house: House, portal: Portal, phone: Page) -> None:
    replay(any_house, SIGNED, SIGNED)
    portal.at("2022-07-01T09:00")
    phone.goto(answer_link(portal.house, MUONG_VI, at("2022-07-01T08:00")).url)
    expect(phone.get_by_text("UBND xã Mường Vi").first).to_be_visible()
    axe(phone)


def test_a_login_link_signs_a_coordinator_in_with_one_click(portal: Portal, desktop: Page) -> None:
    desktop.goto(login_link(portal.house, Seat.COORDINATOR, None, at("2022-07-04T08:30")).url)
    axe(desktop)
    desktop.get_by_role("button", name="Đăng nhập").click()
    expect(desktop.get_by_text("chuyên viên tổng hợp").first).to_be_visible()
    with portal.client() as stranger:
        assert stranger.get("/healthz").text == "ok"
