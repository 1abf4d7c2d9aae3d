"""A wrong official address is put right on the portal: checked, told to the old one, written down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from obligations.model import Contact
from obligations.rights import Seat
from store.engine import reading
from store.people import contacts_of
from tasks_lib.access.contacts import listed
from tasks_lib.kernel.bootstrap import House
from tests.support.faults.faults import told
from tests.support.life.letters import messages_to, text_of
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, SO_NOI_VU, UBND_TINH, morning
from tests.support.pages.unit import two_communes_visited
from tests.support.pages.visits import Site

PAGE = f"/dia-chi/{A_MU_SUNG}"
OLD, NEW = f"{A_MU_SUNG}@laocai.example", "amusung@laocai.example"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    yield from two_communes_visited(house)


def official(house: House, agency: str) -> dict[str, str]:
    with reading(house.engine) as connection:
        found: tuple[Contact, ...] = contacts_of(connection, [agency])[agency]
    return {c.role: c.address for c in found if c.role in ("unit", "desk")}


def test_ops_set_an_address_it_holds_at_once_and_the_old_one_is_told(site: Site) -> None:
    house, ops = site.house, site.login(Seat.OPS)
    confirmed = listed(house, A_MU_SUNG, morning("2022-07-05").date()).confirmed_on
    assert f"Đang dùng: {OLD}" in ops.get(PAGE).text

    wrong = ops.post(PAGE, unit="amusung@gmail.com")
    assert wrong.status == 400
    ((where, words),) = told(wrong)
    assert where == "f-unit"
    assert "amusung@gmail.com" in words
    assert wrong.values("unit") == ["amusung@gmail.com"]
    assert ops.post(PAGE, unit="").status == 400

    done = ops.post(PAGE, unit=NEW)

    assert "Đã ghi; thư từ lượt sau gửi đến địa chỉ mới" in done.text
    assert official(house, A_MU_SUNG) == {"unit": NEW}
    assert listed(house, A_MU_SUNG, morning("2022-07-05").date()).confirmed_on == confirmed
    note = messages_to(house, A_MU_SUNG)[-1]
    assert note.addresses == [OLD]
    assert NEW in text_of(note.content)
    assert "Không có thay đổi" in ops.post(PAGE, unit=NEW).text


def test_the_coordinator_sets_a_districts_desk_and_not_the_focal_agencys_own(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)

    coordinator.post(
        f"/dia-chi/{BAT_XAT}", unit=f"{BAT_XAT}@laocai.example", desk="pnv.batxat@laocai.example"
    )
    assert official(site.house, BAT_XAT)["desk"] == "pnv.batxat@laocai.example"

    own = official(site.house, SO_NOI_VU)
    assert "do quản trị hệ thống cập nhật" in coordinator.get(f"/dia-chi/{SO_NOI_VU}").text
    assert coordinator.post(f"/dia-chi/{SO_NOI_VU}", unit="toi@laocai.example").status == 400
    assert site.login(Seat.OPS).post(f"/dia-chi/{UBND_TINH}", unit="toi@laocai.example").status == 400
    assert official(site.house, SO_NOI_VU) == own
    assert "đề nghị liên hệ quản trị hệ thống" in coordinator.get("/dau-moi").text
