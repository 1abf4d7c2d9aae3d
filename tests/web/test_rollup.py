"""The roll-up at every level: two counts, the missing named, each number traced, all of it as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook

from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, SA_PA, SO_NOI_VU, Y_TY
from tests.support.pages.cycle import Q3, YEAR, hands_in, report_of, reported, row_of, small_province
from tests.support.pages.visits import Seen, Site, counting, visited

SO_TNMT = "so-tai-nguyen-va-moi-truong"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    small_province(house)
    reported(house)
    with visited(house, "2022-09-12T09:00") as open_site:
        yield open_site


def _book(seen: Seen) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(BytesIO(seen.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_percentages_add_up_by_their_two_counts_and_the_missing_are_named(site: Site) -> None:
    for who, place in ((site.login(Seat.DESK, BAT_XAT), BAT_XAT), (site.login(Seat.COORDINATOR), BAT_XAT)):
        seen = who.get(f"/tong-hop?noi={place}&ky={Q3}")
        assert "18/21 (85,7%)" in seen.text
        assert "02/03 xã đã báo cáo; chưa báo cáo: UBND xã Mường Vi" in seen.text
        assert "Số liệu chốt đến ngày 12/9/2022." in seen.text


def test_each_number_leads_to_the_reports_it_came_from(any_house: House) -> None:
    small_province(any_house)
    reported(any_house)
    with visited(any_house, "2022-09-12T09:00") as site:
        _traces(site)


def _traces(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    whole = coordinator.get(f"/tong-hop?ky={Q3}")
    (address,) = [a for a in whole.links("/tong-hop/nguon?") if "muc=4.1&phan=lead&so=a" in a]

    traced = coordinator.get(address)

    assert "UBND xã A Mú Sung Quý III năm 2022 8/10 (80%) 01" in traced.text
    assert "UBND xã Y Tý Quý III năm 2022 10/11 (90,9%) 01" in traced.text
    assert "UBND huyện Bát Xát 18/21 (85,7%) 02" in traced.text
    assert traced.links(f"/nhiem-vu/{row_of('4.1', A_MU_SUNG)}")
    assert "không được tính là 0" in traced.text
    (district,) = traced.links(f"noi={BAT_XAT}")
    assert "18/21 (85,7%)" in coordinator.get(district).text


def test_over_the_year_period_figures_add_and_of_as_of_figures_the_last_counts(site: Site) -> None:
    said = {"4.1": {"a": [9, 10], "b": 4}, "2.4": {"events": 0}, "2.5": {"events": 0}}
    hands_in(site.house, A_MU_SUNG, "2022-12-08", said, YEAR)
    site.clock.at("2022-12-12T09:00")
    desk = site.login(Seat.DESK, BAT_XAT)

    times = desk.get(f"/tong-hop/nguon?noi={BAT_XAT}&ky={YEAR}&muc=4.1&phan=lead&so=b")
    share = desk.get(f"/tong-hop/nguon?noi={BAT_XAT}&ky={YEAR}&muc=4.1&phan=lead&so=a")

    assert "Trong kỳ: 4 " in times.text
    assert "Lũy kế từ 01/01: 9 " in times.text
    assert "Số mới nhất của từng đơn vị: 19/21 (90,5%)" in share.text


def test_the_workbook_has_figures_texts_and_every_source(site: Site) -> None:
    book = _book(site.login(Seat.COORDINATOR).get(f"/tong-hop?ky={Q3}&dang=xlsx"))

    assert [name[3:] for name in book] == ["tong-hop", "tinh-hinh", "chua-bao-cao", "noi-dung", "nguon"]
    figures = [line for line in book["1. tong-hop"] if line[0] and "4.1." in str(line[0])]
    assert ("18/21 (85,7%)", "18/21 (85,7%)") in [line[3:5] for line in figures]
    sources = [line for line in book["5. nguon"] if line[-1] == row_of("4.1", Y_TY)]
    assert [(line[2], line[4], line[5]) for line in sources] == [
        ("UBND xã Y Tý", "10/11 (90,9%)", 1),
        ("UBND xã Y Tý", "2", 1),
    ]
    assert ("UBND xã A Mú Sung", "Kết quả 4.1") in [line[1:3] for line in book["4. noi-dung"]]


def test_texts_stand_unit_by_unit(site: Site) -> None:
    seen = site.login(Seat.DESK, BAT_XAT).get(f"/tong-hop/noi-dung?noi={BAT_XAT}&ky={Q3}&muc=4.1&phan=lead")
    assert "02 đơn vị đã viết" in seen.text
    assert "UBND xã A Mú Sung Kết quả 4.1" in seen.text
    assert seen.links(f"/nhiem-vu/{row_of('4.1', Y_TY)}")


def test_without_an_address_it_shows_the_visitors_place_and_the_cycle_at_hand(site: Site) -> None:
    assert "Tổng hợp: UBND huyện Bát Xát" in site.login(Seat.DESK, BAT_XAT).get("/tong-hop").text
    home = site.login(Seat.COORDINATOR).get("/tong-hop").text
    assert "Tổng hợp: toàn tỉnh" in home
    assert "Báo cáo Quý III năm 2022. " in home
    site.clock.at("2022-12-02T09:00")
    assert "Báo cáo năm 2022. " in site.login(Seat.COORDINATOR).get("/tong-hop").text


def test_a_dated_task_is_rolled_up_too(site: Site) -> None:
    seen = site.login(Seat.COORDINATOR).get("/tong-hop?ky=task:3.1:once")
    assert "Nhiệm vụ 3.1. 00/03 xã đã báo cáo" in seen.text
    assert "Số liệu chốt" not in seen.text


@pytest.mark.parametrize(
    ("seat", "agency", "place", "item", "status"),
    [
        (Seat.DESK, BAT_XAT, SA_PA, "", 403),
        (Seat.DESK, BAT_XAT, SO_NOI_VU, "", 403),
        (Seat.OFFICER, BAT_XAT, BAT_XAT, "", 200),
        (Seat.OFFICER, MUONG_VI, BAT_XAT, "", 403),
        (Seat.OFFICER, MUONG_VI, MUONG_VI, "", 200),
        (Seat.GUIDE, SO_TNMT, SO_NOI_VU, "6.7", 200),
        (Seat.GUIDE, SO_TNMT, SO_NOI_VU, "", 403),
        (Seat.GUIDE, SO_TNMT, SO_NOI_VU, "4.1", 403),
        (Seat.READER, None, SO_NOI_VU, "", 200),
        (Seat.COORDINATOR, None, BAT_XAT, "", 200),
        (Seat.OPS, None, SO_NOI_VU, "", 403),
    ],
)
def test_sides(site: Site, seat: Seat, agency: str | None, place: str, item: str, status: int) -> None:
    who = site.login(seat, agency)
    assert who.get(f"/tong-hop?noi={place}&ky={Q3}&muc={item}").status == status
    wanted = item or "4.1"
    traced = who.get(f"/tong-hop/nguon?noi={place}&ky={Q3}&muc={wanted}&so=a").status
    assert traced == status


def test_whoever_may_not_see_a_single_report_gets_no_link_to_it(site: Site) -> None:
    officer = site.login(Seat.OFFICER, BAT_XAT)
    traced = officer.get(f"/tong-hop/nguon?noi={BAT_XAT}&ky={Q3}&muc=4.1&so=a")
    assert "8/10 (80%)" in traced.text
    assert not traced.links("/nhiem-vu/row/4.1/x")
    assert officer.get(f"/nhiem-vu/{report_of(A_MU_SUNG)}").status == 403


@pytest.mark.parametrize(
    "address", ["?ky=2022-Q9-report", "?noi=nowhere", "?muc=9.9", "/nguon?muc=4.1&so=zz"]
)
def test_what_does_not_exist_is_said(site: Site, address: str) -> None:
    seen = site.login(Seat.COORDINATOR).get(f"/tong-hop{address}")
    assert seen.status == 404
    assert "Chưa thực hiện được" in seen.text


def test_the_number_of_queries_does_not_grow_with_the_province(house: House) -> None:
    with visited(house, "2022-09-12T09:00") as site:
        coordinator = site.login(Seat.COORDINATOR)
        with counting(house) as large:
            assert "00/152" in coordinator.get("/tong-hop").text
        small_province(house)
        with counting(house) as small:
            assert "00/03 xã" in coordinator.get("/tong-hop").text
    assert len(large) == len(small) <= 8
