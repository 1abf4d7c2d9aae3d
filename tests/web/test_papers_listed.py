"""The page "Văn bản": sorted by its headings, 25 a page, and saying what comes next where nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from obligations.rights import Seat
from store.engine import writing
from store.schema import papers
from tasks_lib.kernel.bootstrap import House
from tasks_lib.papers.making import make
from tasks_lib.papers.order import Order
from tasks_lib.papers.signing import Signature, sign
from tests.support.life.stories import A_MU_SUNG, MUONG_VI, SIGNED, SO_NOI_VU, leave_only, morning, replay
from tests.support.pages.visits import Site, visited

PAPERS, DAY = "/van-ban", "2022-07-25"


@pytest.fixture
def site(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Two communes are late; the machine has no LibreOffice, which would take seconds for each page."""
    monkeypatch.setenv("PATH", str(tmp_path))
    leave_only(house, *(f"1.2/{unit}/once" for unit in (A_MU_SUNG, MUONG_VI)))
    replay(house, SIGNED, DAY)
    with visited(house, f"{DAY}T09:00") as open_site:
        yield open_site


def shown(html: str) -> list[str]:
    return [
        line.split("<b>")[1].split("</b>")[0] for line in html.splitlines() if 'data-head="Văn bản"' in line
    ]


def test_an_empty_list_says_what_comes_next(site: Site) -> None:
    page = site.login(Seat.COORDINATOR, SO_NOI_VU).get(PAPERS)

    assert "Chưa có văn bản nào. Lập công văn đôn đốc hoặc văn bản khác ở trên" in page.text
    assert "Trạng thái" not in page.text


def test_the_list_is_sorted_by_its_headings_and_what_is_not_signed_stands_last(site: Site) -> None:
    about = {unit: Order(kind="minutes", by=SO_NOI_VU, for_=unit) for unit in (MUONG_VI, A_MU_SUNG)}
    made = {unit: make(site.house, order, morning(DAY)).paper for unit, order in about.items()}
    signature = Signature(number="7", on=date.fromisoformat(DAY), signer="Nguyễn Văn An")
    sign(site.house, made[MUONG_VI].id, signature, SO_NOI_VU, morning(DAY))
    coordinator = site.login(Seat.COORDINATOR, SO_NOI_VU)
    first, second = (f"Biên bản làm việc với UBND xã {name}" for name in ("A Mú Sung", "Mường Vi"))

    (by_name,) = {a for a in coordinator.get(PAPERS).links("xep=") if "van-ban.ten" in a}
    rising = coordinator.get(f"{PAPERS}{by_name}")
    (other_way,) = {a for a in rising.links("xep=") if "van-ban.ten" in a}

    assert shown(rising.html) == [first, second]
    assert 'aria-sort="ascending"' in rising.html
    assert shown(coordinator.get(f"{PAPERS}{other_way}").html) == [second, first]
    for order in ("", "&giam=1"):
        assert shown(coordinator.get(f"{PAPERS}?xep=van-ban.ngay-ky{order}").html) == [second, first]
    none = coordinator.get(f"{PAPERS}?loai=urging")
    assert "Không có văn bản nào như đã chọn" in none.text


def test_twenty_five_stand_on_a_page_and_the_next_keeps_choice_and_order(site: Site) -> None:
    paper = make(site.house, Order(kind="minutes", by=SO_NOI_VU, for_=A_MU_SUNG), morning(DAY)).paper
    with writing(site.house.engine) as connection:
        row = connection.execute(papers.select().where(papers.c.id == paper.id)).mappings().one()
        for number in range(2, 28):
            copy = {**row, "id": None, "version": number, "title": f"Biên bản {number:02d}"}
            connection.execute(papers.insert().values({k: v for k, v in copy.items() if k != "id"}))
    coordinator = site.login(Seat.COORDINATOR, SO_NOI_VU)

    page = coordinator.get(f"{PAPERS}?loai=minutes&xep=van-ban.ten")
    assert len(shown(page.html)) == 25
    assert "Trang 1/2" in page.text
    (after,) = page.links("trang=2")
    rest = coordinator.get(after)
    assert (len(shown(rest.html)), "Trang 2/2" in rest.text) == (2, True)
    assert shown(rest.html)[-1] == "Biên bản làm việc với UBND xã A Mú Sung"
    assert shown(coordinator.get(f"{PAPERS}?trang=99").html) == shown(
        coordinator.get(f"{PAPERS}?trang=2").html
    )
