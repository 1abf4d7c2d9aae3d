"""Every table sorts by its address: by any column, both ways, with a head that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import replay
from tests.support.pages.visits import Seen, Site, visited


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    """The portal when 1.2 is overdue everywhere."""
    replay(house, "2022-07-18", "2022-07-18")
    with visited(house, "2022-07-18T09:00") as open_site:
        yield open_site


def heads(page: Seen, table: str) -> dict[str, str]:
    """Where the headings of a table lead, by their words."""
    (section,) = re.findall(rf'<section class="listing" id="{table}">(.*?)</section>', page.html, re.DOTALL)
    found = re.findall(r'<th[^>]*>(?:<div><span>)?<a href="([^"]*)"[^>]*>(.*?)</a>', section)
    return {
        re.sub(r"\s*<.*", "", words): href.replace("&amp;", "&").partition("#")[0] for href, words in found
    }


def column(page: Seen, heading: str) -> list[str]:
    """The cells under a heading."""
    return [
        re.sub(r"<[^>]+>", "", cell)
        for cell in re.findall(rf'<td data-head="{re.escape(heading)}"[^>]*>(.*?)</td>', page.html)
    ]


def test_the_most_stands_first_when_a_number_is_pressed_and_last_when_it_is_pressed_again(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    first = coordinator.get("/")
    most = coordinator.get(f"/{heads(first, 'theo-dia-ban')['Đang thực hiện, quá hạn']}")
    numbers = [int(n) for n in column(most, "Đơn vị có nội dung quá hạn") if n.strip().isdigit()]
    assert numbers == sorted(numbers, reverse=True)
    assert most.html.count('aria-sort="descending"') == 1
    least = coordinator.get(f"/{heads(most, 'theo-dia-ban')['Đang thực hiện, quá hạn']}")
    assert least.html.count('aria-sort="ascending"') == 1


def test_a_list_of_many_pages_is_sorted_as_a_whole_and_keeps_its_order_from_page_to_page(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    first = coordinator.get("/danh-sach?cap=commune")
    leads = heads(first, "danh-sach")
    assert set(leads) >= {"Đơn vị", "Nhiệm vụ", "Thời hạn hoàn thành", "Trạng thái"}
    by_day = coordinator.get(f"/danh-sach{leads['Thời hạn hoàn thành']}")
    assert "cap=commune" in by_day.address
    last = coordinator.get(f"/danh-sach{heads(by_day, 'danh-sach')['Thời hạn hoàn thành']}")
    days = [
        tuple(map(int, reversed(day.split("/")))) for day in column(last, "Thời hạn hoàn thành") if "/" in day
    ]
    assert days == sorted(days, reverse=True)
    (behind,) = set(last.links("trang=2"))
    assert "xep=danh-sach.day" in behind
    assert "giam=1" in behind


def test_a_matrix_says_its_titles_in_full_and_sorts_by_the_share_that_is_late(site: Site) -> None:
    page = site.login(Seat.COORDINATOR).get("/bang")
    leads = heads(page, "noi-dung")
    assert "1. Tham gia của người dân ở cấp cơ sở" in leads
    assert any(words.startswith("TX - 2. Công khai") for words in leads)
    assert not {"1", "3 TX"} & set(leads)
    assert site.login(Seat.COORDINATOR).get(f"/bang{leads['Đơn vị']}").status == 200


def test_the_desks_queue_is_sorted_by_its_headings_and_keeps_its_order_from_page_to_page(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    plain = coordinator.get("/hang-doi?pham-vi=tinh&nhom=all")
    (by_day,) = set(plain.links("xep=cho-xem-xet.day"))
    rising = coordinator.get(f"/hang-doi{by_day}")
    (falling,) = set(rising.links("cho-xem-xet.day&amp;giam=1"))
    last = coordinator.get(f"/hang-doi{falling}")

    def days(page: Seen) -> list[str]:
        found = re.findall(
            r'data-head="Thời hạn; trả lời"><span class="quiet">[^<]*?(\d+)/(\d+)/(\d+)', page.html
        )
        return [f"{year}{int(month):02d}{int(day):02d}" for day, month, year in found]

    assert days(rising) == sorted(days(rising))
    assert days(last) == sorted(days(last), reverse=True)
    assert 'aria-sort="descending"' in last.html
    assert all("giam=1" in address for address in last.links("trang=2"))
