"""The page from which a plan is started: what it says is what then happens, and who may press its button."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from notifications.memory import MemoryTransport
from obligations.rights import Seat
from store.engine import reading, writing
from store.people import confirm_contacts
from store.plans import started_on
from store.schema import journal
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SO_NOI_VU,
    leave_only,
    morning,
    row,
)
from tests.support.pages.visits import Site, visited

PAGE = "/bat-dau"
ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    """Nothing has run yet; it is 18/7/2022, and 1.2 was due on 14/7."""
    leave_only(house, ONE, TWO, f"plan/{BAT_XAT}/once")
    with visited(house, "2022-07-18T07:00") as open_site:
        yield open_site


def begun(house: House) -> date | None:
    with reading(house.engine) as connection:
        return started_on(connection, house.plan.key)


def left_on(house: House, day: str) -> int:
    post = MemoryTransport()
    sweep(house, morning(day))
    deliver(house, morning(day), transport=post)
    return len(post.sent)


def test_it_says_how_many_mails_leave_of_which_kind_and_what_is_late(site: Site) -> None:
    shown = site.login(Seat.OPS).get(PAGE)

    told = re.search(r"Thứ Hai, ngày 18/7/2022: (\d+) thư sẽ gửi", shown.text)
    assert told is not None
    assert "Chưa ghi nhận kết quả, gửi đơn vị 03" in shown.text
    assert "Đã qua thời hạn, qua ngày đề nghị vào ngày đó: 03" in shown.text
    assert "Nhiệm vụ có thời hạn 02" in shown.text
    assert "Ngày rà soát gần nhất chưa có" in shown.text
    assert left_on(site.house, "2022-07-18") == int(told[1])


def test_it_says_whose_contacts_are_confirmed_and_names_the_others(site: Site) -> None:
    with writing(site.house.engine) as connection:
        confirm_contacts(connection, A_MU_SUNG, date(2022, 7, 15))

    shown = site.login(Seat.COORDINATOR).get(PAGE)

    assert "UBND xã, phường, thị trấn 152 01 00 151 00" in shown.text
    assert "151 địa chỉ tạo sẵn" in shown.text
    assert f"/van-hanh/duong-dan/{MUONG_VI}" in shown.html
    assert f"/van-hanh/duong-dan/{A_MU_SUNG}" not in shown.html


def test_the_director_starts_the_plan_and_the_page_says_since_when(site: Site) -> None:
    director = site.login(Seat.DIRECTOR)

    done = director.post(PAGE, ngay="2022-07-18")

    assert "Kế hoạch được thực hiện từ thứ Hai, ngày 18/7/2022" in done.text
    assert "<button>Bắt đầu" not in done.html
    assert begun(site.house) == date(2022, 7, 18)
    with reading(site.house.engine) as connection:
        (written,) = connection.execute(journal.select().where(journal.c.what == "plan-start"))
    assert (written.by, written.seat) == (SO_NOI_VU, "director")


def test_a_coordinator_sees_it_and_is_told_who_starts(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)

    assert "<button>Bắt đầu" not in coordinator.get(PAGE).html
    assert "Giám đốc cơ quan đầu mối hoặc quản trị hệ thống" in coordinator.get(PAGE).text
    assert coordinator.post(PAGE, ngay="2022-07-18").status == 403
    assert begun(site.house) is None


def test_a_start_can_be_set_for_a_day_to_come_and_moved_until_then(site: Site) -> None:
    ops = site.login(Seat.OPS)
    ahead = ops.get(f"{PAGE}?ngay=2022-07-20")
    assert "Thứ Tư, ngày 20/7/2022: 01 thư sẽ gửi" in ahead.text

    ops.post(PAGE, ngay="2022-07-20")
    assert begun(site.house) == date(2022, 7, 20)
    ops.post(PAGE, ngay="2022-07-19")
    assert begun(site.house) == date(2022, 7, 19)
    site.clock.at("2022-07-20")
    ops.post(PAGE, ngay="2022-07-21")
    assert begun(site.house) == date(2022, 7, 19)


@pytest.mark.parametrize("day", ["2022-07-17", "2022-09-30", "hôm nay"])
def test_a_day_that_is_past_or_far_starts_nothing(site: Site, day: str) -> None:
    assert site.login(Seat.OPS).post(PAGE, ngay=day).status == 409
    assert begun(site.house) is None


def test_a_plan_whose_time_is_over_starts_only_for_who_says_they_know(house: House) -> None:
    leave_only(house, ONE, TWO)
    with visited(house, "2026-11-26T07:00") as site:
        ops = site.login(Seat.OPS)
        shown = ops.get(PAGE)
        assert "đã hết hiệu lực (đến hết ngày 31/12/2022)" in shown.text
        assert "Tôi biết kế hoạch đã hết hiệu lực" in shown.text

        refused = ops.post(PAGE, ngay="2026-11-26")
        assert refused.status == 409
        assert "phải xác nhận là đã biết" in refused.text
        assert begun(house) is None
        ops.post(PAGE, ngay="2026-11-26", biet="1")
        assert begun(house) == date(2026, 11, 26)


@pytest.mark.parametrize("path", ["/", "/bang", "/thu-hom-nay", "/van-hanh", "/danh-sach"])
def test_every_page_says_that_the_plans_time_is_over(house: House, path: str) -> None:
    leave_only(house, ONE)
    with visited(house, "2026-11-26T07:00") as site:
        assert "đã hết hiệu lực (đến hết ngày 31/12/2022)" in site.login(Seat.COORDINATOR).get(path).text


def test_what_is_not_started_says_so_and_leads_here(site: Site) -> None:
    ops = site.login(Seat.OPS)
    assert PAGE in ops.get("/van-hanh").links(PAGE)[0]
    assert PAGE in ops.get("/thu-hom-nay").links(PAGE)[0]
    assert row(site.house, ONE).work_state == "waiting"
