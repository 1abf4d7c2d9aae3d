"""A commune takes its workbook from the portal, fills it in at the office, brings it back and sends it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from obligations.model import WorkState
from tasks_lib.kernel.links import answer_link
from tests.e2e.conftest import Visit
from tests.support.life.stories import A_MU_SUNG, SIGNED, replay, row, versions_of
from tests.support.pages.browser import DESKTOP, PHONE, axe, screenshot
from tests.support.pages.portal import Portal
from tests.support.pages.unit import two_communes
from tests.support.pages.workbooks import filled

KEY = f"1.2/{A_MU_SUNG}/once"


def test_a_commune_fills_the_workbook_and_brings_it_back(
    portal: Portal, visit: Visit, tmp_path: Path
) -> None:
    two_communes(portal.house)
    replay(portal.house, SIGNED, "2022-07-18")
    portal.at("2022-07-18T09:00")
    office, watch = visit(DESKTOP)
    watch.allow("status of 400")
    office.goto(answer_link(portal.house, A_MU_SUNG, portal.clock(), obligation=KEY).url)
    office.click("text=Nhập bằng bảng Excel")
    axe(office)
    with office.expect_download() as taken:
        office.click("text=Tải bảng Excel")
    book = Path(tmp_path / taken.value.suggested_filename)
    taken.value.save_as(book)

    _brings(office, _filled(book, tmp_path, "mười hai"))
    expect(office.get_by_role("heading", name="01 chỗ cần sửa trong bảng")).to_be_visible()
    axe(office)
    screenshot(office, "workbook-faults")

    _brings(office, _filled(book, tmp_path, 1200))
    expect(office.get_by_text("1.200 (đọc là 1 nghìn 200)")).to_be_visible()
    assert row(portal.house, KEY).work_state == WorkState.OPEN
    axe(office)
    screenshot(office, "workbook-read")
    _on_a_phone(visit, portal, _filled(book, tmp_path, 1200))
    office.get_by_role("button", name="Gửi", exact=True).click()

    expect(office.get_by_text("Nhiệm vụ 1.2: đã gửi")).to_be_visible()
    assert row(portal.house, KEY).work_state == WorkState.SUBMITTED
    assert versions_of(portal.house, KEY)[0].figures["a"] == 1200


def _filled(book: Path, where: Path, figure: object) -> Path:
    brought = where / "bang-da-nhap.xlsx"
    brought.write_bytes(
        filled(book.read_bytes(), {(KEY, "text"): "Đã phát thanh 12 buổi", (KEY, "figures.a"): figure})
    )
    return brought


def _brings(page: Page, path: Path) -> None:
    if not page.locator("#bang-excel").evaluate("it => it.open"):
        page.click("#bang-excel > summary")
    page.set_input_files("[name=bang]", path)
    page.get_by_role("button", name="Tải bảng lên").click()


def _on_a_phone(visit: Visit, portal: Portal, path: Path) -> None:
    phone, _ = visit(PHONE)
    phone.goto(answer_link(portal.house, A_MU_SUNG, portal.clock(), obligation=KEY).url)
    _brings(phone, path)
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    screenshot(phone, "workbook-read-phone")
