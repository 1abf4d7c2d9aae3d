"""The chairperson's sheet: the whole list on one screen, looked over by one button, once a month."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from obligations.model import WorkState
from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    history_of,
    replay,
    reports_in,
    row,
    versions_of,
)
from tests.support.pages.unit import two_communes
from tests.support.pages.visits import Site, counting, visited

OURS, DISTRICTS = f"sheet/{A_MU_SUNG}/2022-07", f"sheet/{BAT_XAT}/2022-07"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    two_communes(house)
    replay(house, SIGNED, "2022-07-20")
    reports_in(house, f"1.2/{MUONG_VI}/once", "2022-07-11")
    with visited(house, "2022-08-02T09:00") as open_site:
        yield open_site


def test_the_chairperson_looks_it_over_with_a_conclusion(site: Site) -> None:
    chair = site.login(Seat.CHAIRPERSON, A_MU_SUNG)
    page = chair.get(f"/phieu/{OURS}")
    assert "Q quá hạn" in page.text
    assert page.text.index("Tổ chức thông tin, tuyên truyền") < page.text.index("Tuyên truyền sâu rộng")

    done = chair.post(f"/phieu/{OURS}", version="0", conclusion="Văn hóa xã hoàn thành 1.2 trước 05/8")

    assert "Chủ tịch UBND đã xem xét" in done.text
    assert "Kết luận: Văn hóa xã hoàn thành 1.2 trước 05/8" in done.text
    assert row(site.house, OURS).work_state == WorkState.ACCEPTED
    assert versions_of(site.house, OURS)[-1].text.startswith("Văn hóa xã")
    assert history_of(site.house, OURS)[-1].person
    again = chair.post(f"/phieu/{OURS}", version="0", conclusion="Lần nữa")
    assert again.status == 409
    assert len(versions_of(site.house, OURS)) == 1


def test_who_has_no_part_in_it_is_told_whose_it_is_and_led_nowhere(site: Site) -> None:
    desk, chair = site.login(Seat.DESK, BAT_XAT), site.login(Seat.CHAIRPERSON, BAT_XAT)

    seen = desk.get("/don-vi")
    assert "Phiếu này do Chủ tịch UBND xem xét" in seen.text
    assert seen.links("/phieu/") == []
    assert chair.get("/don-vi").links("/phieu/")


def test_no_conclusion_is_needed_and_a_link_will_do(site: Site) -> None:
    done = site.by_link(A_MU_SUNG, obligation=OURS).post(f"/phieu/{OURS}", version="0")

    assert "Đã xem xét" in done.text
    assert row(site.house, OURS).work_state == WorkState.ACCEPTED


def test_a_district_sees_its_communes_late_ones_first(site: Site) -> None:
    page = site.login(Seat.CHAIRPERSON, BAT_XAT).get(f"/phieu/{DISTRICTS}")

    assert "Các xã, phường, thị trấn" in page.text
    assert page.text.index("xã A Mú Sung") < page.text.index("xã Mường Vi")
    assert page.links("dang=xlsx")


def test_before_its_month_is_over_it_cannot_be_looked_over(site: Site) -> None:
    august = OURS.replace("2022-07", "2022-08")
    chair = site.login(Seat.CHAIRPERSON, A_MU_SUNG)

    assert "Phiếu mở để xem xét từ thứ Năm, ngày 01/9/2022" in chair.get(f"/phieu/{august}").text
    refused = chair.post(f"/phieu/{august}", version="0")

    assert refused.status == 409
    assert "Chưa đến kỳ" in refused.text


@pytest.mark.parametrize(("seat", "agency"), [(Seat.OFFICER, A_MU_SUNG), (Seat.CHAIRPERSON, MUONG_VI)])
def test_it_is_the_chairpersons_own(site: Site, seat: Seat, agency: str) -> None:
    somebody = site.login(seat, agency)

    assert somebody.get(f"/phieu/{OURS}").status == 403
    assert somebody.post(f"/phieu/{OURS}", version="0").status == 403
    assert row(site.house, OURS).work_state == WorkState.OPEN or row(site.house, OURS).version == 0


def test_what_is_no_sheet_has_none(site: Site) -> None:
    page = site.by_link(A_MU_SUNG).get(f"/phieu/1.2/{A_MU_SUNG}/once")

    assert page.status == 404
    assert "Không phải phiếu" in page.text


def test_a_sheet_takes_the_same_number_of_queries_for_a_commune_and_a_district(site: Site) -> None:
    found = []
    for agency, key in ((A_MU_SUNG, OURS), (BAT_XAT, DISTRICTS)):
        chair = site.login(Seat.CHAIRPERSON, agency)
        with counting(site.house) as statements:
            chair.get(f"/phieu/{key}")
        found.append(len(statements))

    assert found[0] == found[1] <= 10
