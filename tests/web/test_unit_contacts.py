"""A unit keeps its contacts itself; what it names is confirmed in every cycle and stays when data changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from config.addresses import domain_fault
from obligations.errors import Invalid, Refused
from obligations.model import Contact
from obligations.rights import Seat
from store.engine import reading, writing
from store.people import contacts_of, without_address
from tasks_lib.access.contacts import confirm, listed
from tasks_lib.access.revoke import revoke
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.reach import import_contacts
from tests.support.faults.faults import is_told_at, told
from tests.support.houses.houses import with_settings
from tests.support.life.letters import messages_to, text_of
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, at, morning, replay
from tests.support.pages.unit import link_in, names, two_communes_visited
from tests.support.pages.visits import Site

UNIT = f"{A_MU_SUNG}@laocai.example"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    yield from two_communes_visited(house)


def known(house: House, agency: str = A_MU_SUNG) -> tuple[Contact, ...]:
    with reading(house.engine) as connection:
        return contacts_of(connection, [agency])[agency]


def lines(*contacts: Contact) -> dict[str, list[str]]:
    return {field: [getattr(c, field) for c in contacts] for field in ("role", "name", "address", "phone")}


SON = Contact(role="leader", name="Lò Văn Sơn", address="son@laocai.example", phone="0214 111 222")
PAO = Contact(role="officer", name="Vàng A Páo", address="pao@laocai.example", phone="")


def test_what_comes_by_the_opening_letters_link_waits_to_be_confirmed(site: Site) -> None:
    clerk, before = site.by_link(A_MU_SUNG), known(site.house)

    page = clerk.send("/dau-moi", lines(SON, PAO, Contact(role="clerk")))

    assert "thay đổi được dùng sau khi có xác nhận" in page.text
    assert "chờ lãnh đạo đơn vị (đã đăng nhập) hoặc Phòng Nội vụ huyện Bát Xát xác nhận" in page.text
    assert known(site.house) == before
    assert "chưa được xác nhận" not in clerk.get("/").text

    desk = site.login(Seat.DESK, BAT_XAT)
    assert "thay đổi đầu mối chờ xác nhận" in desk.get("/").text
    waiting = desk.get("/dau-moi/cho-xac-nhan")
    assert "UBND xã A Mú Sung . Lãnh đạo phụ trách: Lò Văn Sơn, son@laocai.example" in waiting.text
    done = desk.post("/dau-moi/cho-xac-nhan", number=waiting.values("number"), do="nhan")

    assert "Đã xác nhận" in done.text
    found = known(site.house)
    assert {SON, PAO} <= set(found)
    assert [c.address for c in found if c.role == "unit"] == [UNIT]
    assert "thay đổi đầu mối chờ xác nhận" not in desk.get("/").text


def test_the_units_known_address_is_told_of_every_change(site: Site) -> None:
    house = site.house
    site.by_link(A_MU_SUNG).send("/dau-moi", lines(SON))

    (proposed,) = messages_to(house, A_MU_SUNG)
    assert (
        proposed.addresses
        == [UNIT, f"lanhdao.{A_MU_SUNG}@laocai.example", f"congchuc.{A_MU_SUNG}@laocai.example"][
            : len(proposed.addresses)
        ]
    )
    mail = text_of(proposed.content)
    assert "do UBND xã A Mú Sung nhập" in mail
    assert "- Lãnh đạo phụ trách: Lò Văn Sơn, son@laocai.example, 0214 111 222" in mail
    assert "Thay đổi chưa được dùng" in mail

    unit = site.by_path(link_in(mail).removesuffix("/dau-moi"))
    page = unit.get("/dau-moi")
    stopped = unit.post("/dau-moi/rut", number=page.values("number"))

    assert "Đã dừng đề nghị" in stopped.text
    assert "; đã dừng, UBND xã A Mú Sung" in stopped.text
    assert SON not in known(house)
    desk = site.login(Seat.DESK, BAT_XAT)
    assert "Không có thay đổi đầu mối nào" in desk.get("/dau-moi/cho-xac-nhan").text
    late = desk.post("/dau-moi/cho-xac-nhan", number="1", do="nhan")
    assert (late.status, "đã được xử lý (đã dừng)" in late.text) == (409, True)


def test_what_a_chairperson_enters_holds_at_once_and_the_unit_is_told(site: Site) -> None:
    site.login(Seat.CHAIRPERSON, A_MU_SUNG).send("/dau-moi", lines(SON))

    assert SON in known(site.house)
    (told,) = messages_to(site.house, A_MU_SUNG)
    assert "Đầu mối đã thay đổi" in told.subject
    assert UNIT in told.addresses
    assert SON.address not in told.addresses


def test_what_an_officer_enters_waits_for_the_chairperson(site: Site) -> None:
    site.login(Seat.OFFICER, A_MU_SUNG).send("/dau-moi", lines(SON))
    assert SON not in known(site.house)

    chief = site.login(Seat.CHAIRPERSON, A_MU_SUNG)
    waiting = chief.get("/dau-moi/cho-xac-nhan")
    refused = chief.post(
        "/dau-moi/cho-xac-nhan", number=waiting.values("number")[:1], do="khong", reason="không đúng người"
    )

    assert "Đã ghi: không nhận" in refused.text
    assert "không được xác nhận" in chief.get("/dau-moi").text
    assert "không đúng người" in chief.get("/dau-moi").text
    assert SON not in known(site.house)


def test_the_same_is_not_asked_twice_and_the_newest_stands_for_a_place(site: Site) -> None:
    clerk = site.by_link(A_MU_SUNG)
    clerk.send("/dau-moi", lines(SON))
    clerk.send("/dau-moi", lines(SON))
    assert len(messages_to(site.house, A_MU_SUNG)) == 1

    page = clerk.send("/dau-moi", lines(replace(SON, phone="0214 333 444")))

    waiting = [words for words in page.text.split("Đơn vị tự cập nhật")[:1] if "0214 333 444" in words]
    assert waiting
    assert "0214 111 222" not in waiting[0]


def test_revoking_takes_back_what_came_in_by_the_links(site: Site) -> None:
    house = site.house
    before = known(house)
    site.by_link(A_MU_SUNG).send("/dau-moi", lines(SON))
    desk = site.login(Seat.DESK, BAT_XAT)
    desk.post("/dau-moi/cho-xac-nhan", number=desk.get("/dau-moi/cho-xac-nhan").values("number"), do="nhan")
    site.by_link(A_MU_SUNG).send("/dau-moi", lines(replace(SON, address="khac@laocai.example")))
    mails = len(messages_to(house, A_MU_SUNG))
    assert SON in known(house)

    done = revoke(house, A_MU_SUNG, "so-noi-vu", at("2022-07-05T10:00"))

    assert done.as_json()["suspended"] > 0
    assert done.as_json()["refused"] > 0
    assert set(known(house)) == set(before)
    told = messages_to(house, A_MU_SUNG)[mails:]
    assert told
    assert all(SON.address not in message.addresses for message in told)
    assert revoke(house, A_MU_SUNG, "so-noi-vu", at("2022-07-05T10:01")).suspended == 0


def test_revoking_since_a_day_takes_back_what_a_session_entered_too(site: Site) -> None:
    house = site.house
    site.login(Seat.CHAIRPERSON, A_MU_SUNG).send("/dau-moi", lines(SON))

    assert revoke(house, A_MU_SUNG, "so-noi-vu", at("2022-07-05T10:00")).suspended == 0
    assert SON in known(house)
    assert revoke(house, A_MU_SUNG, "so-noi-vu", at("2022-07-05T10:00"), at("2022-07-05T00:00")).suspended > 0
    assert SON not in known(house)


def test_who_is_replaced_goes_with_links_and_sessions(site: Site) -> None:
    names(site.house, A_MU_SUNG, "2022-07-05T08:00", SON, PAO)
    client = site.signed_in_at(PAO.address)
    assert client.get("/don-vi").status == 200

    site.login(Seat.CHAIRPERSON, A_MU_SUNG).send("/dau-moi", lines(SON))

    assert client.get("/don-vi").address == "/dang-nhap"


@pytest.mark.parametrize(
    ("domains", "address", "fault"),
    [
        ("laocai.gov.vn", "son@batxat.laocai.gov.vn", ""),
        ("*.laocai.gov.vn, snv.vn", "son@snv.vn", ""),
        ("laocai.gov.vn", "son@xa.example", ""),
        ("laocai.gov.vn", "son@gmail.com", "không phải tên miền thư công vụ (laocai.gov.vn)"),
        ("laocai.gov.vn", "son@xlaocai.gov.vn", "không phải tên miền"),
        ("laocai.gov.vn", "son@laocai.gov.vn.evil.com", "không phải tên miền"),
        ("", "son@laocai.gov.vn", "chưa được phép"),
        (" , *", "son@laocai.gov.vn", "chưa được phép"),
    ],
)
def test_an_address_typed_on_the_portal_has_a_domain_that_ops_let_in(
    domains: str, address: str, fault: str
) -> None:
    said = domain_fault(address, domains)
    assert (fault in said) if fault else said == ""


def test_what_the_unit_named_outlives_a_new_configuration(any_house: House) -> None:
    names(any_house, A_MU_SUNG, "2022-07-05T09:00", SON)

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


def test_all_that_is_wrong_with_contacts_is_told_at_its_fields(site: Site) -> None:
    wrong = (Contact(role="leader", address="son@", phone="gọi"), Contact(role="officer", phone="gọi"))

    page = site.by_link(A_MU_SUNG).send("/dau-moi", lines(*wrong))

    assert [where for where, _ in told(page)] == ["n1", "a1", "p1", "n2", "p2"]
    assert all(is_told_at(page, where) for where, _ in told(page))
    door = site.by_path("").post("/dang-nhap", address="toi@")
    assert [where for where, _ in told(door)] == ["f-address"]
    assert door.values("address") == ["toi@"]
    start = site.login(Seat.OPS).get("/bat-dau?ngay=32/7/2022")
    assert [where for where, _ in told(start)] == ["f-ngay"]
    assert start.values("ngay")[0] == "32/7/2022"


def test_where_ops_let_real_addresses_in_units_may_enter_theirs(house: House) -> None:
    real = Contact(role="unit", name="văn thư", address="ubnd@batxat.gov.vn")
    with writing(house.engine) as connection:
        import_contacts(connection, {BAT_XAT: (real,)}, house.configuration.agencies, house.plan)
    own = Contact(role="leader", name="Sơn", address="son@amusung.gov.vn")

    with pytest.raises(Invalid, match=r"tên miền 'amusung\.gov\.vn' chưa được phép"):
        names(house, A_MU_SUNG, "2022-07-05T09:00", own)
    names(with_settings(house, mail_domains="gov.vn"), A_MU_SUNG, "2022-07-05T09:00", own)

    assert own in known(house)


def test_mail_finds_a_unit_by_what_it_named(house: House) -> None:
    with writing(house.engine) as connection:
        import_contacts(connection, {A_MU_SUNG: ()}, house.configuration.agencies, house.plan)
        assert without_address(connection, house.plan) == [A_MU_SUNG]

    names(house, A_MU_SUNG, "2022-07-05T09:00", SON)

    with reading(house.engine) as connection:
        assert without_address(connection, house.plan) == []


def test_a_unit_does_not_name_what_ops_keep(house: House) -> None:
    with pytest.raises(Refused, match="quản trị hệ thống"):
        names(house, A_MU_SUNG, "2022-07-05T09:00", Contact(role="desk", name="x"))
    confirm(house, A_MU_SUNG, at("2022-07-05T09:00"))


def test_the_page_shows_where_the_units_links_were_opened(site: Site) -> None:
    site.by_link(A_MU_SUNG).get("/")
    officer = site.login(Seat.OFFICER, A_MU_SUNG)

    page = officer.get("/dau-moi")

    assert "đường dẫn cập nhật kết quả của UBND xã A Mú Sung, đã mở (máy 127.0.0.1)" in page.text
    assert "đã đăng nhập" in page.text
