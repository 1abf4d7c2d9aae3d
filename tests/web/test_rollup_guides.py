"""A guide (hướng dẫn, theo dõi) sees its items over all units, takes them along, and remarks."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook

from obligations.rights import Seat
from tasks_lib.desk.guided import items_guided
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, SO_NOI_VU, Y_TY, history_of
from tests.support.pages.cycle import Q3, hands_in, reported, row_of, small_province
from tests.support.pages.forms import form_of
from tests.support.pages.visits import Site, visited

SO_TNMT, SO_Y_TE = "so-tai-nguyen-va-moi-truong", "so-y-te"
OURS = row_of("6.7", A_MU_SUNG)


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    small_province(house)
    reported(house)
    with visited(house, "2022-09-12T09:00") as open_site:
        yield open_site


def test_it_sees_its_items_over_all_units_with_states_and_texts(any_house: House) -> None:
    small_province(any_house)
    reported(any_house)
    with visited(any_house, "2022-09-12T09:00") as site:
        _sees(site)


def _sees(site: Site) -> None:
    hands_in(site.house, MUONG_VI, "2022-09-09", {"6.7": {"a": [3, 4]}})
    seen = site.login(Seat.GUIDE, SO_TNMT).get(f"/huong-dan?muc=6.7&ky={Q3}")

    assert "04 đơn vị" in seen.text
    assert "UBND xã A Mú Sung huyện Bát Xát BC đã báo cáo, chờ xác nhận 09/9/2022 Kết quả 6.7" in seen.text
    assert "Kết quả 6.7" in seen.text
    assert "3/4 (75%)" in seen.text
    assert seen.links(f"/nhiem-vu/{OURS}")


def test_nobody_is_red_before_a_guide_against_a_day_that_nobody_has_set(house: House) -> None:
    """Communes' cycle day, 9/9, is only asked for; the districts' 14/9 is the plan's."""
    small_province(house)
    with visited(house, "2022-09-12T09:00") as site:
        seen = site.login(Seat.GUIDE, SO_TNMT).get(f"/huong-dan?muc=6.7&ky={Q3}")
        assert ('class="asked"' in seen.html, 'class="late"' in seen.html) == (True, False)
        site.clock.at("2022-09-15T09:00")
        seen = site.login(Seat.GUIDE, SO_TNMT).get(f"/huong-dan?muc=6.7&ky={Q3}")
        assert ('class="asked"' in seen.html, 'class="late"' in seen.html) == (False, True)


def test_the_figures_added_up_are_those_that_the_guide_may_see(site: Site) -> None:
    """A district guides 2.2 in its own communes, and sees no other district's."""
    for guide, item in ((site.login(Seat.GUIDE, SO_TNMT), "6.7"), (site.login(Seat.DESK, BAT_XAT), "2.2")):
        (link,) = guide.get(f"/huong-dan?muc={item}&ky={Q3}").links("/tong-hop?")
        assert guide.get(link).status == 200


def test_the_workbook_has_all_of_it(site: Site) -> None:
    seen = site.login(Seat.GUIDE, SO_TNMT).get(f"/huong-dan?muc=6.7&ky={Q3}&dang=xlsx")
    lines = list(load_workbook(BytesIO(seen.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    units = [line[0] for line in lines[4:]]
    assert units == ["UBND huyện Bát Xát", "UBND xã A Mú Sung", "UBND xã Y Tý", "UBND xã Mường Vi"]


def test_a_remark_stands_in_the_units_timeline_and_moves_nothing(site: Site) -> None:
    guide = site.login(Seat.GUIDE, SO_TNMT)
    form = form_of(guide.get(f"/huong-dan/{OURS}").html, f"/huong-dan/{OURS}")
    empty = guide.send(f"/huong-dan/{OURS}", {**form, "remark": "  "})
    assert empty.status == 409
    assert "Ghi ý kiến của cơ quan hướng dẫn, theo dõi" in empty.text

    done = guide.send(f"/huong-dan/{OURS}", {**form, "remark": "Đề nghị bổ sung số điểm tập kết"})

    assert "Đã ghi ý kiến" in done.text
    last = history_of(site.house, OURS)[-1]
    assert (last.what, last.by, last.why) == ("remark", SO_TNMT, "Đề nghị bổ sung số điểm tập kết")
    assert last.from_state == last.to_state
    assert "Đề nghị bổ sung số điểm tập kết" in site.login(Seat.DESK, BAT_XAT).get(f"/nhiem-vu/{OURS}").text


def test_sides_what_an_agency_does_not_guide_it_neither_lists_nor_remarks(site: Site) -> None:
    other = row_of("2.1", A_MU_SUNG)
    guide, stranger = site.login(Seat.GUIDE, SO_TNMT), site.login(Seat.OFFICER, MUONG_VI)
    assert guide.get("/huong-dan?muc=2.1").status == 404
    assert guide.get(f"/huong-dan/{other}").status == 403
    for who in (stranger, site.login(Seat.COORDINATOR), site.login(Seat.DESK, BAT_XAT)):
        assert who.get(f"/huong-dan/{OURS}").status == 403
        assert who.send(f"/huong-dan/{OURS}", {"remark": "xen vào"}).status == 403
    assert [h.what for h in history_of(site.house, OURS)].count("remark") == 0


def test_the_menu_offers_it_only_to_whoever_guides(site: Site) -> None:
    assert items_guided(site.house, SO_NOI_VU)
    assert site.login(Seat.GUIDE, SO_TNMT).get("/huong-dan").links("/huong-dan")
    assert site.login(Seat.COORDINATOR).get("/tong-hop").links("/huong-dan")
    commune = site.login(Seat.OFFICER, Y_TY)
    assert not commune.get("/tong-hop").links("/huong-dan")
    assert "không được giao hướng dẫn, theo dõi" in commune.get("/huong-dan").text


def test_a_long_list_is_turned_page_by_page(house: House) -> None:
    with visited(house, "2022-09-12T09:00") as site:
        guide = site.login(Seat.GUIDE, SO_TNMT)
        first = guide.get(f"/huong-dan?muc=6.7&ky={Q3}")
        (following,) = first.links("trang=2")
        second = guide.get(following)
    assert "161 đơn vị" in first.text
    assert first.html.count('data-head="Đơn vị"') == 25
    assert second.html.count('data-head="Đơn vị"') == 25
    assert second.links("trang=1")
