"""Search: names with or without diacritics, numbers, both together; never beyond what one may see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from obligations.rights import Seat, Visitor
from tasks_lib.board.finding import Found, find
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, SO_NOI_VU, morning, replay
from tests.support.pages.visits import visited

NOW = morning("2022-07-20")


@pytest.fixture
def open_house(house: House) -> Iterator[House]:
    """The province after the first opening."""
    replay(house, "2022-07-18", "2022-07-18")
    return house


def names(found: Found) -> list[str]:
    return [f.agency.name for f in found.agencies]


def look(house: House, text: str, seat: Seat = Seat.COORDINATOR, agency: str = SO_NOI_VU) -> Found:
    return find(house, Visitor(agency=agency, seat=seat, holder=""), NOW, text)


def test_a_name_is_found_however_it_is_typed(open_house: House) -> None:
    for text in ("bat xat", "Bát Xát", "BAT  XAT", "huyện bát xát", "xat bat"):
        assert "UBND huyện Bát Xát" in names(look(open_house, text)), text
    assert names(look(open_house, "a mu sung")) == ["UBND xã A Mú Sung"]
    assert names(look(open_house, "a mu su")) == ["UBND xã A Mú Sung"]
    assert names(look(open_house, "a m sung")) == []
    assert names(look(open_house, "dien luc")) == ["Công ty Điện lực Lào Cai"]
    assert names(look(open_house, "thanh bình"))[:2] == ["UBND xã Thanh Bình"] * 2
    assert names(look(open_house, "2686")) == []
    assert names(look(open_house, "02686")) == ["UBND xã A Mú Sung"]


def test_a_number_finds_its_item_also_as_printed_and_words_find_items_and_contents(open_house: House) -> None:
    assert [f.item.key for f in look(open_house, "1.2").items] == ["1.2"]
    assert [f.item.key for f in look(open_house, "7.1").items] == ["7.1", "8.1"]
    assert [f.item.key for f in look(open_house, "danh sach ho ngheo").items] == ["2.2"]
    assert [c.number for c in look(open_house, "quan tri moi truong").contents] == [7]


def test_a_number_and_a_name_find_what_stands_where_both_meet(open_house: House) -> None:
    (found,) = look(open_house, "1.2 a mu sung").agencies

    assert (found.agency.id, found.item, found.total, found.late) == (A_MU_SUNG, "1.2", 1, 1)


def test_nothing_beyond_ones_sight_is_found(open_house: House) -> None:
    assert look(open_house, "sa pa", Seat.DESK, BAT_XAT).nothing
    assert names(look(open_house, "muong vi", Seat.DESK, BAT_XAT)) == ["UBND xã Mường Vi"]
    assert look(open_house, "muong vi", Seat.OFFICER, A_MU_SUNG).nothing
    assert look(open_house, "6.2", Seat.OFFICER, A_MU_SUNG).nothing
    guided = look(open_house, "5.1", Seat.GUIDE, "so-tu-phap").items
    assert [(f.item.key, f.total) for f in guided] == [("5.1", 161)]


@pytest.mark.parametrize("text", ["", "   ", "không có tên này", "<script>", "%", "'; --"])
def test_what_is_nowhere_is_said_and_nothing_breaks(open_house: House, text: str) -> None:
    assert look(open_house, text).nothing


def test_the_page_shows_what_was_typed_and_what_was_found(open_house: House) -> None:
    with visited(open_house, "2022-07-20T09:00") as site:
        coordinator = site.login(Seat.COORDINATOR)
        page = coordinator.get("/tim?q=bat+xat")
        assert f"/co-quan/{BAT_XAT}" in page.html
        assert page.values("q")[-1] == "bat xat"
        assert "Không tìm thấy" in coordinator.get("/tim?q=%3Cscript%3E").text
        assert "<script>" not in coordinator.get("/tim?q=%3Cscript%3E").html.split("<main")[1]
        assert "có dấu hoặc không dấu" in coordinator.get("/tim").text
