"""What is no number in an address breaks no page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.small import leave_only
from tests.support.life.stories import A_MU_SUNG, BAT_XAT
from tests.support.pages.visits import Site, visited

pytestmark = pytest.mark.both


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    with visited(house, "2022-09-20T09:00") as open_site:
        yield open_site


def test_what_is_no_number_is_passed_over(house: House, subtests: pytest.Subtests) -> None:
    leave_only(house, f"1.2/{A_MU_SUNG}/once", f"report/{BAT_XAT}/2022-Q3-report")
    with visited(house, "2022-09-20T09:00") as site:
        director, guide = site.login(Seat.DIRECTOR), site.login(Seat.GUIDE, "so-tu-phap")
        for number in ("²", "٣", "-1", "99999999999999999999", "abc"):
            with subtests.test(number):
                for path in ("/thu-hom-nay?xong=giu&so=", "/danh-muc?trang=", "/tong-hop?trang="):
                    assert director.get(f"{path}{number}").status == 200, path
                assert guide.get(f"/huong-dan?trang={number}").status == 200


NO_FILES = ("2147483648", "99999999999999999999", "9" * 5000, "²", "-1")


def test_a_number_that_is_no_file_of_ours_is_no_page(any_house: House) -> None:
    with visited(any_house, "2022-09-20T09:00") as site:
        desk, director = site.login(Seat.COORDINATOR), site.login(Seat.DIRECTOR)
        for number in NO_FILES:
            assert desk.get(f"/tep/{number}").status == 404
            assert desk.post(f"/tep/{number}/go", reason="x").status == 404
            assert director.get(f"/danh-muc/chon?don-vi={number}").status == 409
            assert director.post("/danh-muc/lam", viec="dua-ra", reason="x", dong=number).status == 409
            assert director.post("/danh-muc/phat-hanh", don_vi=number).status == 409
            assert desk.post("/van-hanh/gui-lai", number=number).status == 409


@pytest.mark.parametrize("path", ["/don-vi/x", "/khong-co", "/ky"])
def test_an_address_that_is_none_says_so_whoever_asks(site: Site, path: str) -> None:
    for who in (site.login(Seat.OFFICER, A_MU_SUNG), site.by_path(""), site.by_link(A_MU_SUNG)):
        seen = who.get(path)
        assert seen.status == 404
        assert "Không có trang này" in seen.text
        assert "kiểm tra lại địa chỉ" in seen.text


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/don-vi/x"), ("GET", "/hang-doi/lam"), ("POST", "/hang-doi")]
)
def test_an_address_that_is_none_is_no_page_and_one_used_wrongly_says_so(
    site: Site, method: str, path: str
) -> None:
    """The same for somebody signed in and by a link: 404 of no address, 405 of the wrong method."""
    for who in (site.login(Seat.DESK, BAT_XAT), site.by_link(BAT_XAT, review=True)):
        seen = who.get(path) if method == "GET" else who.post(path, x="1")
        status, words = (404, "Không có trang này") if path == "/don-vi/x" else (405, "nút trên trang")
        assert (seen.status, words in seen.text) == (status, True)


@pytest.mark.parametrize("path", ["/khong-co", "/van-hanh/gui-lai", "/dia-chi/ubnd-tinh"])
def test_what_is_sent_to_where_a_link_does_not_lead_finds_no_page_either(site: Site, path: str) -> None:
    seen = site.by_link(A_MU_SUNG).post(path, x="1")
    assert (seen.status, "Không có trang này" in seen.text) == (404, True)
