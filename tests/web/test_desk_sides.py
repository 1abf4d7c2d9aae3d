"""Who may do what on the page of an obligation: each in its own place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from obligations.model import WorkState
from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    SA_PA,
    SO_NOI_VU,
    history_of,
    replay,
    reports_in,
    row,
)
from tests.support.pages.visits import Site, visited

KEY = f"1.2/{A_MU_SUNG}/once"


def page_of(key: str) -> str:
    return f"/nhiem-vu/{key}"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    with visited(house, "2022-07-18T09:00") as open_site:
        yield open_site


def test_a_guide_remarks_on_its_items_and_on_no_others(site: Site) -> None:
    replay(site.house, "2022-07-18", "2022-07-18")
    guided = f"2.3/{A_MU_SUNG}/2022-Q2"
    guide = site.login(Seat.GUIDE, "so-tai-chinh")

    assert "Ý kiến hướng dẫn, theo dõi" in guide.get(page_of(guided)).text
    guide.post(page_of(guided) + "/y-kien", version="0", noi_dung="đề nghị theo mẫu số 05")
    assert guide.get(page_of(KEY)).status == 403

    last = history_of(site.house, guided)[-1]
    assert (last.what, last.by, last.why) == ("remark", "so-tai-chinh", "đề nghị theo mẫu số 05")
    assert "có ý kiến hướng dẫn, theo dõi: đề nghị theo mẫu số 05" in guide.get(page_of(guided)).text


def test_what_the_focal_agency_owes_itself_its_director_confirms(site: Site) -> None:
    own = f"1.1/{SO_NOI_VU}/once"
    reports_in(site.house, own, "2022-07-04")
    coordinator, director = site.login(Seat.COORDINATOR), site.login(Seat.DIRECTOR)

    assert "Giám đốc Sở Nội vụ" in coordinator.get(page_of(own)).text
    assert coordinator.post(page_of(own) + "/tiep-nhan", version="1").status == 403
    director.post(page_of(own) + "/tiep-nhan", version="1")
    assert row(site.house, own).work_state == WorkState.ACCEPTED


def test_a_district_moves_the_day_its_communes_send_by_up_to_the_plans_day(site: Site) -> None:
    inner = f"3.1/{A_MU_SUNG}/once"
    desk = site.login(Seat.DESK, BAT_XAT)

    too_far = desk.post(page_of(inner) + "/thoi-han", version="0", thoi_han="2022-08-05")
    desk.post(page_of(inner) + "/thoi-han", version="0", thoi_han="28/7/2022", noi_dung="họp dân muộn")

    assert too_far.status == 409
    assert row(site.house, inner).last_day == date(2022, 7, 28)
    assert history_of(site.house, inner)[-1].person == "UBND huyện Bát Xát"
    assert "Điều chỉnh thời hạn gửi UBND cấp huyện" not in desk.get(page_of(KEY)).text


def test_another_district_sees_and_does_nothing(site: Site) -> None:
    reports_in(site.house, KEY, "2022-07-12")
    elsewhere = site.login(Seat.DESK, SA_PA)
    before = len(history_of(site.house, KEY))

    assert elsewhere.get(page_of(KEY)).status == 403
    assert elsewhere.get(page_of(KEY) + "/nhac-viec").status == 403
    assert elsewhere.get(f"/nhac-viec/{A_MU_SUNG}").status == 403
    for deed in ("tiep-nhan", "bo-sung", "mo-lai", "ghi-nhan-thay", "dien-thoai", "thoi-han"):
        given = {"version": "1", "noi_dung": "x", "so": "1", "ngay": "2022-07-13", "thoi_han": "2022-08-01"}
        assert elsewhere.post(f"{page_of(KEY)}/{deed}", **given).status == 403
    assert len(history_of(site.house, KEY)) == before
