"""Every main page of a province with months behind it: nothing axe finds, light enough for a thin line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.load import Configuration
from obligations.model import Contact
from obligations.period import Period
from obligations.rights import Seat
from tasks_lib.access.contacts import Giver, save_contacts
from tasks_lib.grading.grades import contest, draft
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.links import answer_link, login_link
from tasks_lib.papers.making import make
from tasks_lib.papers.order import Order
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, SO_NOI_VU, morning
from tests.support.pages.boards import TODAY, lived
from tests.support.pages.browser import DESKTOP, PHONE, Chromium, axe, sign_in
from tests.support.pages.portal import Portal, portal_of
from tests.support.pages.visits import form_token

SO_TU_PHAP = "so-tu-phap"
HEAVIEST = 100_000
"""Bytes of a page as it travels."""
SEEN_BY: dict[tuple[Seat, str], tuple[str, ...]] = {
    (Seat.COORDINATOR, SO_NOI_VU): (
        "/",
        "/bang",
        "/bieu-do",
        "/bieu-do?hinh=communes",
        "/danh-sach",
        "/hang-doi",
        "/tong-hop",
        "/nhiem-vu-kh/1.2",
        f"/co-quan/{BAT_XAT}",
        "/tim?q=bat+xat",
        "/danh-muc",
        "/thu-hom-nay",
        "/bat-dau",
        "/van-hanh",
        "/thu/1",
        "/dia-chi",
        f"/dia-chi/{MUONG_VI}",
        "/dieu-chinh",
        "/tam-dung",
        f"/ky/report/{SO_NOI_VU}/2022-year-report",
        "/van-ban",
        "/van-ban/1",
        "/van-ban/lap",
        "/van-ban/lap-khac",
        f"/nhac-viec/{MUONG_VI}",
        "/muc-do-hoan-thanh",
    ),
    (Seat.CHAIRPERSON, BAT_XAT): ("/", "/chi-dao", f"/phieu/sheet/{BAT_XAT}/2022-08"),
    (Seat.DESK, BAT_XAT): (
        f"/ky/report/{BAT_XAT}/2022-Q3-report",
        f"/nhiem-vu/1.2/{MUONG_VI}/once",
        "/dau-moi",
        "/dau-moi/cho-xac-nhan",
    ),
    (Seat.OFFICER, MUONG_VI): (
        "/don-vi",
        f"/ky/report/{MUONG_VI}/2022-Q3-report",
        "/dau-moi",
        "/doi-chieu",
    ),
    (Seat.CHAIRPERSON, MUONG_VI): ("/duyet", f"/phieu/sheet/{MUONG_VI}/2022-08"),
    (Seat.GUIDE, SO_TU_PHAP): ("/huong-dan",),
}


@pytest.fixture(scope="module")
def province(configuration: Configuration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The portal of a province with a few months behind it."""
    with (
        lived(configuration, tmp_path_factory.mktemp("pages")) as house,
        portal_of(house, f"{TODAY}T09:00") as portal,
    ):
        by_link = Giver(agency=MUONG_VI, seat=Seat.ANSWER_LINK, person="Văn thư", as_of=portal.clock())
        save_contacts(house, by_link, [Contact(role="leader", name="Lò Văn Sơn", address="son@xa.example")])
        _papers(house, tmp_path_factory.mktemp("without-office"))
        _slips(house)
        yield portal


def _papers(house: House, bare: Path) -> None:
    """Let two drafts stand in the list of papers; without LibreOffice, which would take seconds for each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(bare))
        for unit in (MUONG_VI, A_MU_SUNG):
            make(house, Order(kind="reminder-record", by=SO_NOI_VU, for_=unit), morning(TODAY))


def _slips(house: House) -> None:
    """Let two communes have their slips of the quarter, one of which contests it."""
    drafted, quarter = morning("2022-10-03"), Period("2022-Q3")
    draft(house, quarter, SO_NOI_VU, drafted, (MUONG_VI, A_MU_SUNG))
    contest(house, A_MU_SUNG, quarter, A_MU_SUNG, drafted, "Nhiệm vụ 1.2 đã báo cáo bằng văn bản")


def _door(house: House, seat: Seat, agency: str, portal: Portal) -> str:
    return login_link(house, seat, agency, portal.clock()).url


def test_a_coordinators_pages_can_be_read_by_everybody(browser: Chromium, province: Portal) -> None:
    readable(browser, province, Seat.COORDINATOR, SO_NOI_VU, DESKTOP)


@pytest.mark.soak
@pytest.mark.parametrize(("seat", "agency"), [who for who in SEEN_BY if Seat.COORDINATOR not in who], ids=str)
def test_so_can_those_of_others_on_a_phone(
    browser: Chromium, province: Portal, seat: Seat, agency: str
) -> None:
    """A unit's pages and forms are looked at in `make test` too, by stories of their own."""
    readable(browser, province, seat, agency, PHONE)


@pytest.mark.soak
@pytest.mark.parametrize(("seat", "agency"), SEEN_BY, ids=str)
def test_so_it_can_on_the_other_device(browser: Chromium, province: Portal, seat: Seat, agency: str) -> None:
    readable(browser, province, seat, agency, PHONE if seat is Seat.COORDINATOR else DESKTOP)


def readable(
    browser: Chromium, province: Portal, seat: Seat, agency: str, device: Mapping[str, object]
) -> None:
    """Open each page of a seat and let axe look at it."""
    with browser.visiting(province.url, device) as (page, _watch):
        sign_in(page, _door(province.house, seat, agency, province))
        for path in SEEN_BY[seat, agency]:
            answer = page.goto(f"{province.url}{path}")
            assert answer is not None
            assert answer.status == 200, path
            axe(page)
            page.emulate_media(color_scheme="dark")
            axe(page, only="color-contrast")
            page.emulate_media(color_scheme="light")


SCREEN = {"width": 1280, "height": 800}
PHONE_HEIGHT: int = PHONE["viewport"]["height"]
SCREENS = 5
ANSWERS = ("Đứng thế nào", "Ai chậm nhất", "Tuần này đến hạn gì", "Cần làm gì")


@pytest.mark.parametrize(
    ("seat", "agency"), [(Seat.DIRECTOR, SO_NOI_VU), (Seat.CHAIRPERSON, BAT_XAT)], ids=str
)
def test_a_leader_reads_how_it_stands_who_is_slowest_and_what_falls_due_without_scrolling(
    browser: Chromium, province: Portal, seat: Seat, agency: str
) -> None:
    with browser.visiting(province.url, {**DESKTOP, "viewport": SCREEN, "java_script_enabled": False}) as (
        page,
        _watch,
    ):
        sign_in(page, _door(province.house, seat, agency, province))
        page.goto(province.url)
        for answer in ANSWERS:
            box = page.get_by_role("region", name=answer, exact=True).bounding_box()
            assert box is not None, answer
            assert box["y"] + box["height"] <= SCREEN["height"], (answer, box)
        assert page.get_by_role("img", name="Hoàn thành theo tuần so với đến hạn").count() == 1


@pytest.mark.parametrize(("seat", "agency"), SEEN_BY, ids=str)
def test_nothing_is_longer_than_five_screens_on_a_phone(
    browser: Chromium, province: Portal, seat: Seat, agency: str
) -> None:
    with browser.visiting(province.url, PHONE) as (page, _watch):
        sign_in(page, _door(province.house, seat, agency, province))
        long = {}
        for path in SEEN_BY[seat, agency]:
            page.goto(f"{province.url}{path}")
            long[path] = page.evaluate("document.documentElement.scrollHeight")
    assert {path: height for path, height in long.items() if height > SCREENS * PHONE_HEIGHT} == {}


def test_a_phone_shows_the_first_rows_of_a_list_and_the_next_when_they_are_asked_for(
    browser: Chromium, province: Portal
) -> None:
    with browser.visiting(province.url, PHONE) as (page, _watch):
        sign_in(page, _door(province.house, Seat.COORDINATOR, SO_NOI_VU, province))
        page.goto(f"{province.url}/danh-sach")
        rows = page.locator("table.rows tbody tr:visible")
        assert rows.count() == 10
        page.get_by_role("button", name="Xem thêm (còn 15)").click()
        assert rows.count() == 20
        assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 11
        page.get_by_role("button", name="Xem thêm (còn 5)").click()
        assert rows.count() == 25
        assert page.get_by_role("button", name="Xem thêm").count() == 0


def test_on_a_phone_no_table_s_hidden_head_lies_over_the_home_page(
    browser: Chromium, province: Portal
) -> None:
    with browser.visiting(province.url, PHONE) as (page, _watch):
        sign_in(page, _door(province.house, Seat.COORDINATOR, SO_NOI_VU, province))
        page.goto(province.url)
        page.get_by_text("Chậm theo địa bàn, cơ quan").click()
        assert page.locator("#theo-dia-ban table").is_visible()
        head = page.locator("#theo-dia-ban thead").bounding_box()
        assert head is not None
        assert head["width"] <= 1


@pytest.mark.parametrize(("seat", "agency"), SEEN_BY, ids=str)
def test_a_page_is_light(province: Portal, seat: Seat, agency: str) -> None:
    with province.client() as client:
        door = urlsplit(_door(province.house, seat, agency, province)).path
        client.post(door, data={"csrftoken": form_token(client, door)})
        for path in SEEN_BY[seat, agency]:
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert answer.num_bytes_downloaded < HEAVIEST, path


def test_the_form_behind_a_link_is_light_with_all_it_needs(province: Portal) -> None:
    url = answer_link(province.house, MUONG_VI, province.clock()).url
    with province.client() as client:
        page = client.get(urlsplit(url).path)
        style = client.get("/static/dondoc.css")
        script = client.get("/static/dondoc.js")
    assert sum(r.num_bytes_downloaded for r in (page, style, script)) < HEAVIEST / 2
