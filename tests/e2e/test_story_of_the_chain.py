"""The whole chain in a real browser: a late commune's phone, the district's desk, Sở Nội vụ's board."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from obligations.model import WorkState
from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.links import login_link
from tests.e2e.conftest import Visit
from tests.support.houses.houses import MailServer
from tests.support.life.letters import contents_of, letter, text_of
from tests.support.life.samples import PDF
from tests.support.life.stories import (
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    Y_TY,
    morning,
    notices_of,
    replay,
    row,
    send,
    versions_of,
)
from tests.support.pages.browser import DESKTOP, PHONE, axe, screenshot, sign_in
from tests.support.pages.cycle import report_of, reported, small_province
from tests.support.pages.portal import Portal

ANSWERED, BY_PAPER = f"1.2/{MUONG_VI}/once", f"1.2/{Y_TY}/once"
REPORT = report_of(BAT_XAT)
LINK = re.compile(r"https?://[\w.:]+/l/[\w.-]+")


def test_from_a_late_mail_to_the_provinces_board(
    any_house: House, portal: Portal, visit: Visit, smtp: MailServer
) -> None:
    small_province(any_house)
    replay(any_house, SIGNED, "2022-07-17")
    clerk, (desk, watch), coordinator = visit(PHONE)[0], visit(DESKTOP), visit(DESKTOP)[0]
    watch.allow("status of 409")  # signing off without naming who is missing

    _a_late_commune_answers_from_its_mail(any_house, portal, smtp, clerk)
    _the_desk_asks_for_more(portal, desk)
    _the_commune_completes(portal, clerk)
    _the_desk_accepts(portal, desk)
    _a_paper_is_recorded_from_the_districts_mail(any_house, portal, smtp, visit(DESKTOP)[0])
    _the_district_signs_off_its_cycle_report(any_house, portal, desk)
    _the_focal_agency_takes_it(portal, coordinator)
    _the_board_shows_it_all(portal, coordinator)


def _a_late_commune_answers_from_its_mail(
    house: House, portal: Portal, smtp: MailServer, clerk: Page
) -> None:
    replay(house, "2022-07-18", "2022-07-18")
    portal.at("2022-07-18T09:00")
    clerk.goto(_link_in_mail(portal, smtp, MUONG_VI, "2022-07-18"))
    card = _card(clerk, "1.2.")
    card.get_by_label("Ngày hoàn thành").fill("12/7/2022")
    card.get_by_label("Kết quả thực hiện").fill("Đã phát 12 lượt trên loa truyền thanh & họp 05 thôn")
    card.get_by_label("Tài liệu kiểm chứng").set_input_files(
        {"name": "Biên bản họp thôn.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    axe(clerk)
    screenshot(clerk, "form-phone")

    card.get_by_role("button", name="Gửi nhiệm vụ 1.2").click()
    clerk.get_by_role("button", name="Đúng, gửi").first.click()

    expect(clerk.get_by_text("Đã gửi").first).to_be_visible()
    axe(clerk)
    handed = row(house, ANSWERED)
    assert (handed.work_state, str(handed.done_on)) == (WorkState.SUBMITTED, "2022-07-12")


def _the_desk_asks_for_more(portal: Portal, desk: Page) -> None:
    portal.at("2022-07-19T08:30")
    _sign_in(portal, desk, Seat.DESK, BAT_XAT)
    desk.get_by_role("link", name="Chờ xem xét").click()
    screenshot(desk, "queue")
    axe(desk)
    desk.goto(f"{portal.url}/nhiem-vu/{ANSWERED}")
    with desk.expect_download() as told:
        desk.get_by_role("link", name="Biên bản họp thôn.pdf").click()
    assert told.value.suggested_filename == "Biên bản họp thôn.pdf"

    asking = desk.locator("form[action$='/bo-sung']")
    asking.get_by_label("Nội dung khác cần bổ sung").fill("Ghi rõ số lượt phát thanh từng thôn")
    asking.get_by_role("button", name="Đề nghị bổ sung").click()

    expect(desk.get_by_role("status")).to_be_visible()
    assert row(portal.house, ANSWERED).work_state == WorkState.MORE_ASKED


def _the_commune_completes(portal: Portal, clerk: Page) -> None:
    portal.at("2022-07-19T14:00")
    clerk.goto(clerk.url.split("/don-vi")[0])
    card = _card(clerk, "1.2.")
    expect(card.get_by_text("Ghi rõ số lượt phát thanh từng thôn")).to_be_visible()
    card.get_by_label("Kết quả thực hiện").fill("Đã phát 12 lượt: Mường Vi 6, Cửa Cải 6")
    card.get_by_role("button", name="Gửi nhiệm vụ 1.2").click()
    clerk.get_by_role("button", name="Đúng, gửi").first.click()
    expect(clerk.get_by_text("Đã gửi").first).to_be_visible()


def _the_desk_accepts(portal: Portal, desk: Page) -> None:
    portal.at("2022-07-19T15:00")
    desk.goto(f"{portal.url}/nhiem-vu/{ANSWERED}")
    expect(desk.get_by_text("Mường Vi 6, Cửa Cải 6").first).to_be_visible()
    expect(desk.get_by_text("Khác với lần trước").first).to_be_visible()
    desk.locator("form[action$='/tiep-nhan']").get_by_role("button").click()
    expect(desk.get_by_role("status")).to_be_visible()
    taken = row(portal.house, ANSWERED)
    assert (taken.work_state, taken.version) == (WorkState.ACCEPTED, 2)
    assert str(taken.done_on) == "2022-07-12", "asking for more does not take 'in time' back"


def _a_paper_is_recorded_from_the_districts_mail(
    house: House, portal: Portal, smtp: MailServer, chief: Page
) -> None:
    """The second commune sent a signed paper; the district's mail of 20/7 leads to where it is entered."""
    replay(house, "2022-07-19", "2022-07-20")
    portal.at("2022-07-20T10:00")
    chief.goto(_link_in_mail(portal, smtp, BAT_XAT, "2022-07-20"))
    line = chief.locator("tr", has=chief.get_by_role("link", name="UBND xã Y Tý")).filter(has_text="1.2.")
    line.get_by_role("checkbox").check()
    chief.get_by_role("button", name="Ghi nhận thay").click()
    chief.get_by_label("Số, ký hiệu").fill("21/BC-UBND")
    chief.get_by_label("Ngày văn bản").fill("2022-07-13")
    chief.get_by_role("button", name="Ghi nhận thay").click()
    expect(chief.get_by_role("status")).to_be_visible()
    recorded = row(house, BY_PAPER)
    assert (recorded.work_state, str(recorded.done_on)) == (WorkState.SUBMITTED, "2022-07-13")

    replay(house, "2022-07-21", "2022-07-22")
    assert [n.step for n in notices_of(house, ANSWERED, "lead")] == ["-5", "-1", "+2"]
    assert [n.step for n in notices_of(house, BY_PAPER, "lead")] == ["-5", "-1", "+2", "+4"]


def _the_district_signs_off_its_cycle_report(house: House, portal: Portal, desk: Page) -> None:
    reported(house)
    portal.at("2022-09-12T09:00")
    _sign_in(portal, desk, Seat.DESK, BAT_XAT)
    desk.goto(f"{portal.url}/ky/{REPORT}")
    axe(desk)
    for field in desk.locator("input[name^='fig:'][name$=':events']").all():
        field.fill("0")
    desk.get_by_role("button", name="Xem lại và gửi").first.click()
    desk.get_by_label("Người duyệt").fill("Phó Chủ tịch UBND huyện")

    desk.get_by_role("button", name="Gửi báo cáo").click()
    assert row(house, REPORT).work_state == WorkState.OPEN, "a commune is missing and has not been named"
    expect(desk.get_by_text("UBND xã Mường Vi").first).to_be_visible()

    desk.get_by_label("Đã nêu tên các đơn vị chưa báo cáo").check()
    desk.get_by_role("button", name="Gửi báo cáo").click()
    expect(desk.get_by_text("Sở Nội vụ").first).to_be_visible()
    assert row(house, REPORT).work_state == WorkState.SUBMITTED
    assert versions_of(house, REPORT)[-1].missing == [MUONG_VI]


def _the_focal_agency_takes_it(portal: Portal, coordinator: Page) -> None:
    portal.at("2022-09-13T08:00")
    _sign_in(portal, coordinator, Seat.COORDINATOR, SO_NOI_VU)
    # Nothing is enclosed: it is opened before it is accepted.
    coordinator.goto(f"{portal.url}/nhiem-vu/{REPORT}")
    coordinator.goto(f"{portal.url}/hang-doi")
    line = coordinator.locator("tr", has=coordinator.get_by_role("link", name="UBND huyện Bát Xát"))
    line.filter(has_text="Báo cáo Quý III").get_by_role("checkbox").check()
    coordinator.get_by_role("button", name="Tiếp nhận, xác nhận").click()
    coordinator.get_by_role("button", name="Tiếp nhận, xác nhận").click()
    expect(coordinator.get_by_role("status")).to_be_visible()
    assert row(portal.house, REPORT).work_state == WorkState.ACCEPTED


def _the_board_shows_it_all(portal: Portal, coordinator: Page) -> None:
    coordinator.goto(f"{portal.url}/nhiem-vu/{ANSWERED}")
    told = coordinator.locator(".timeline").inner_text()
    assert "Ghi rõ số lượt phát thanh từng thôn" in told
    assert "UBND huyện Bát Xát" in told
    coordinator.goto(f"{portal.url}/danh-sach?nhiem-vu=1.2")
    expect(coordinator.get_by_text("UBND xã Y Tý").first).to_be_visible()
    coordinator.goto(f"{portal.url}/")
    axe(coordinator)
    screenshot(coordinator, "board")
    coordinator.emulate_media(media="print")
    screenshot(coordinator, "board-print")


def _link_in_mail(portal: Portal, smtp: MailServer, agency: str, day: str) -> str:
    """Deliver a morning's mail to a real server and return the first link in the one to an agency."""
    smtp.box.taken.clear()
    send(smtp.serving(portal.house), day)
    assert portal.house.calendar.is_working(morning(day).date())
    mine = [c for c in contents_of(smtp) if f"{agency}@" in str(letter(c)["To"])]
    assert len(mine) == 1
    found = LINK.search(text_of(mine[0]))
    assert found is not None
    return found.group(0)


def _sign_in(portal: Portal, page: Page, seat: Seat, agency: str) -> None:
    sign_in(page, login_link(portal.house, seat, agency, portal.clock()).url)


def _card(page: Page, number: str) -> Locator:
    """One duty of the unit's form, opened."""
    card = page.locator("details.card[id^='t']").filter(has_text=number).first
    if card.get_attribute("open") is None:
        card.locator("summary").first.click()
    return card
