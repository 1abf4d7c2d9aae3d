"""A unit keeps its contacts itself; what it names is confirmed in every cycle and stays when data changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from obligations.errors import Refused
from obligations.model import Contact
from obligations.rights import Seat
from store.engine import reading, writing
from store.people import contacts_of, import_contacts, without_address
from tasks_lib.bootstrap import House
from tasks_lib.usecases.contacts import confirm, listed, save_contacts
from tasks_lib.usecases.initialise import initialise
from tests.support.stories import A_MU_SUNG, BAT_XAT, SIGNED, at, morning, replay
from tests.support.unit import two_communes
from tests.support.visits import Site, visited

UNIT = f"{A_MU_SUNG}@laocai.example"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    two_communes(house)
    replay(house, SIGNED, "2022-07-05")
    with visited(house, "2022-07-05T09:00") as open_site:
        yield open_site


def known(house: House, agency: str = A_MU_SUNG) -> tuple[Contact, ...]:
    with reading(house.engine) as connection:
        return contacts_of(connection, [agency])[agency]


def lines(*contacts: Contact) -> dict[str, list[str]]:
    return {
        "role": [c.role for c in contacts], "name": [c.name for c in contacts],
        "address": [c.address for c in contacts], "phone": [c.phone for c in contacts],
    }  # fmt: skip


SON = Contact(role="leader", name="Lò Văn Sơn", address="son@laocai.example", phone="0214 111 222")
PAO = Contact(role="officer", name="Vàng A Páo", address="pao@laocai.example", phone="")


def test_the_opening_letters_link_takes_the_units_contacts(site: Site) -> None:
    clerk = site.by_link(A_MU_SUNG)

    page = clerk.send("/dau-moi", lines(SON, PAO, Contact(role="clerk")))

    assert "Đã lưu đầu mối" in page.text
    found = known(site.house)
    assert {SON, PAO} <= set(found)
    assert [c.address for c in found if c.role == "unit"] == [UNIT]
    assert "chưa được xác nhận" not in clerk.get("/").text


def test_what_the_unit_named_outlives_a_new_configuration(any_house: House) -> None:
    save_contacts(any_house, A_MU_SUNG, at("2022-07-05T09:00"), [SON])

    initialise(any_house, morning("2022-07-06"))

    assert SON in known(any_house)
    assert listed(any_house, A_MU_SUNG, morning("2022-07-06").date()).due is False


def test_every_cycle_asks_again(site: Site) -> None:
    house = site.house
    clerk = site.by_link(A_MU_SUNG)
    assert "chưa được xác nhận trong kỳ này" in clerk.get("/").text

    assert "Đã xác nhận" in clerk.post("/dau-moi/dung").text

    assert "chưa được xác nhận trong kỳ này" not in clerk.get("/").text
    replay(house, "2022-09-09", "2022-09-20")
    site.clock.at("2022-09-20T09:00")
    later = site.by_link(A_MU_SUNG)
    assert "chưa được xác nhận trong kỳ này" in later.get("/").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Contact(role="leader", name="Sơn", address="son(at)laocai.example"), "không phải địa chỉ thư"),
        (Contact(role="leader", name="Sơn", address="son@laocai.gov.vn"), "phải kết thúc bằng .example"),
        (Contact(role="leader", address="son@laocai.example"), "nhập họ và tên"),
        (Contact(role="leader", name="Sơn", phone="gọi cho tôi"), "chỉ nhập số"),
        (Contact(role="unit", name="x", address="x@laocai.example"), "do quản trị hệ thống cập nhật"),
    ],
)
def test_what_is_wrong_is_told_and_stays_typed(site: Site, wrong: Contact, said: str) -> None:
    before = known(site.house)

    page = site.by_link(A_MU_SUNG).send("/dau-moi", lines(wrong))

    assert page.status == 400
    assert said in page.text
    assert wrong.address in page.values("address")
    assert known(site.house) == before


def test_where_ops_let_real_addresses_in_units_may_enter_theirs(house: House) -> None:
    real = Contact(role="unit", name="văn thư", address="ubnd@batxat.gov.vn")
    with writing(house.engine) as connection:
        import_contacts(connection, {BAT_XAT: (real,)}, house.configuration.agencies, house.plan)

    own = Contact(role="leader", name="Sơn", address="son@amusung.gov.vn")
    save_contacts(house, A_MU_SUNG, at("2022-07-05T09:00"), [own])

    assert own in known(house)


def test_mail_finds_a_unit_by_what_it_named(house: House) -> None:
    with writing(house.engine) as connection:
        import_contacts(connection, {A_MU_SUNG: ()}, house.configuration.agencies, house.plan)
        assert without_address(connection, house.plan) == [A_MU_SUNG]

    save_contacts(house, A_MU_SUNG, at("2022-07-05T09:00"), [SON])

    with reading(house.engine) as connection:
        assert without_address(connection, house.plan) == []


def test_a_unit_does_not_name_what_ops_keep(house: House) -> None:
    with pytest.raises(Refused, match="quản trị hệ thống"):
        save_contacts(house, A_MU_SUNG, at("2022-07-05T09:00"), [Contact(role="desk", name="x")])
    confirm(house, A_MU_SUNG, at("2022-07-05T09:00"))


def test_the_page_shows_where_the_units_links_were_opened(site: Site) -> None:
    site.by_link(A_MU_SUNG).get("/")
    officer = site.login(Seat.OFFICER, A_MU_SUNG)

    page = officer.get("/dau-moi")

    assert "đường dẫn cập nhật kết quả của UBND xã A Mú Sung, đã mở (máy 127.0.0.1)" in page.text
    assert "đã đăng nhập" in page.text
