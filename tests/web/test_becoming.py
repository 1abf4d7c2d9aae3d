"""What can a link's holder become? Nothing that the link is not: walked for every link and every form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from obligations.errors import Invalid
from obligations.model import Contact
from obligations.rights import Seat
from store.engine import reading, writing
from store.schema import contacts, links, messages, obligations, sessions
from tasks_lib.access.contacts import OWN_ROLES, ROLE_WORDS
from tasks_lib.answering.drafts import Writing, present
from tasks_lib.answering.report_draft import ReportDraft
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.links import Purpose, Wanted, issue
from tests.support.life.letters import messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    SIGNED,
    SO_NOI_VU,
    SO_Y_TE,
    at,
    keys,
    morning,
    replay,
    send,
)
from tests.support.pages.unit import link_in, names
from tests.support.pages.visits import Site, Somebody, visited

MINE = "ke.la@noi-khac.example"
"""Whoever a mail was forwarded to."""
KINDS = (A_MU_SUNG, BAT_XAT, SO_Y_TE, SO_NOI_VU)
"""A commune, a district, a department, and the agency that follows all of them."""
PURPOSES = (Purpose.ANSWER, Purpose.REVIEW, Purpose.APPROVE)
CLOSED = ("/van-hanh", "/danh-muc/phat-hanh", "/thu-hom-nay", "/dau-moi/cho-xac-nhan", "/tam-dung")


@pytest.fixture
def site(any_house: House) -> Iterator[Site]:
    replay(any_house, SIGNED, "2022-07-08")
    with visited(any_house, "2022-07-08T09:00") as open_site:
        yield open_site


def a_link(site: Site, agency: str, purpose: Purpose) -> str:
    with writing(site.house.engine) as connection:
        wanted = Wanted(purpose=purpose, agency=agency)
        return issue(connection, site.house, wanted, site.clock(), timedelta(days=1)).url.partition("/l/")[2]


def tries_everything(site: Site, holder: Somebody, agency: str) -> None:
    """Every form that takes an address, a role or a person, with an address of one's own."""
    for role in ROLE_WORDS:
        holder.send("/dau-moi", {"role": role, "name": "Kẻ Lạ", "address": MINE, "phone": "0214 666"})
    holder.send(
        "/dau-moi",
        {
            "role": list(OWN_ROLES),
            "name": ["Kẻ Lạ"] * 4,
            "address": [MINE] * 4,
            "phone": [""] * 4,
        },
    )
    holder.post("/dau-moi/dung")
    holder.send("/dau-moi/cho-xac-nhan", {"number": [str(n) for n in range(1, 30)], "do": "nhan"})
    for key in open_keys(site.house, agency):
        number = key_number(site.house, key)
        fields: dict[str, str | list[str]] = {
            "viec": f"{key}@0",
            f"t{number}-text": "Đã làm",
            f"t{number}-leader": "Kẻ Lạ",
            "leader": MINE,
            "officer": MINE,
            "giao": number,
            "drafted_by": "Kẻ Lạ",
            "approved_by": "Kẻ Lạ",
        }
        for button in ("present", "pass"):
            holder.send("/don-vi", {**fields, "do": button})
        for form in ("/ky", "/bao-cao-huyen"):
            holder.send(f"{form}/{key}/gui", {"leader": MINE, "trinh": "1", "text": "Đã làm"})
        holder.send(f"/duyet/{key}/de-nghi-sua", {"version": "1", "note": MINE})


def open_keys(house: House, agency: str) -> list[str]:
    found = keys(house, obligations.c.agency_id == agency, obligations.c.work_state == "open")
    plans = [key for key in found if key.startswith("plan/")]
    return [*plans[:1], *[key for key in found if key not in plans][:2]]


def key_number(house: House, key: str) -> str:
    with reading(house.engine) as connection:
        return str(connection.scalar(select(obligations.c.id).where(obligations.c.key == key)))


def became(house: House) -> list[str]:
    """Where the address got to: contacts, mails, links, sessions."""
    with reading(house.engine) as connection:
        reached = [
            f"{name}: {row}"
            for name, query in (
                ("contact", select(contacts.c.agency_id, contacts.c.role).where(contacts.c.address == MINE)),
                ("link", select(links.c.agency_id, links.c.purpose).where(links.c.address == MINE)),
                ("session", select(sessions.c.agency_id, sessions.c.seat).where(sessions.c.address == MINE)),
            )
            for row in connection.execute(query)
        ]
        mails = connection.execute(select(messages.c.subject, messages.c.addresses))
        return [*reached, *(f"mail: {subject}" for subject, addresses in mails if MINE in (addresses or ()))]


def test_no_holder_of_a_link_becomes_anything(site: Site) -> None:
    walked = 0
    for agency in KINDS:
        for purpose in PURPOSES:
            holder = site.by_path(f"/l/{a_link(site, agency, purpose)}")
            tries_everything(site, holder, agency)
            stranger = site.signed_in_at(MINE)

            assert became(site.house) == [], (agency, purpose)
            for path in CLOSED:
                assert stranger.get(path).address == "/dang-nhap"
                assert holder.get(path).status in (403, 404)
            walked += 1
    assert walked == len(KINDS) * len(PURPOSES)


def test_a_link_cut_out_of_a_delivered_mail_makes_nobody_director(site: Site) -> None:
    house = site.house
    send(house, "2022-07-08")
    (mail, *_) = messages_to(house, SO_NOI_VU)
    holder = site.by_path(link_in(text_of(mail.content)))

    page = holder.send("/dau-moi", {"role": "leader", "name": "Kẻ Lạ", "address": MINE, "phone": ""})

    assert "chờ quản trị hệ thống xác nhận" in page.text
    site.signed_in_at(MINE)
    assert became(house) == []
    told = [m for m in messages_to(house, SO_NOI_VU) if "chờ xác nhận" in m.subject]
    assert len(told) == 1


def test_who_sits_in_the_focal_agency_is_for_ops_alone(site: Site) -> None:
    house = site.house
    for seat in (Seat.COORDINATOR, Seat.DIRECTOR, Seat.OFFICER):
        somebody = site.login(seat, SO_NOI_VU)
        somebody.send("/dau-moi", {"role": "leader", "name": "Tự Phong", "address": MINE, "phone": ""})
        tried = somebody.send("/dau-moi/cho-xac-nhan", {"number": "1", "do": "nhan"})
        assert tried.status == 403
    desk = site.login(Seat.DESK, BAT_XAT)
    assert desk.send("/dau-moi/cho-xac-nhan", {"number": "1", "do": "nhan"}).status == 403
    assert became(house) == []

    ops = site.login(Seat.OPS, SO_NOI_VU)
    assert "thay đổi đầu mối chờ xác nhận" in ops.get("/").text
    waiting = ops.get("/dau-moi/cho-xac-nhan")
    ops.post("/dau-moi/cho-xac-nhan", number=waiting.values("number"), do="nhan")

    assert became(house) == ["contact: ('so-noi-vu', 'leader')"]


def test_no_desk_confirms_for_a_unit_that_is_not_below_it(site: Site) -> None:
    site.by_link(A_MU_SUNG).send("/dau-moi", {"role": "clerk", "name": "Kẻ Lạ", "address": MINE, "phone": ""})
    others = (
        (Seat.DESK, "h088-2022"),
        (Seat.CHAIRPERSON, "x02719-2022"),
        (Seat.CHAIRPERSON, BAT_XAT),
        (Seat.LEADER, SO_Y_TE),
        (Seat.COORDINATOR, SO_NOI_VU),
    )
    for seat, agency in others:
        somebody = site.login(seat, agency)
        assert somebody.send("/dau-moi/cho-xac-nhan", {"number": "1", "do": "nhan"}).status == 403, seat
        assert "Không có thay đổi đầu mối nào" in somebody.get("/dau-moi/cho-xac-nhan").text
    assert became(site.house) == []
    elsewhere = site.by_link("x02719-2022").send("/dau-moi/rut", {"number": "1"})
    assert "Chỉ dừng được đề nghị của chính đơn vị" in elsewhere.text


def test_only_a_leader_approves_what_is_presented(house: House) -> None:
    replay(house, SIGNED, "2022-07-08")
    officer = Contact(role="officer", name="Vàng A Páo", address=MINE)
    names(house, A_MU_SUNG, "2022-07-05T09:00", officer)
    writing_ = Writing(
        key=f"1.2/{A_MU_SUNG}/once",
        by=A_MU_SUNG,
        person="Vàng A Páo",
        as_of=at("2022-07-08T10:00"),
        content=ReportDraft(text="Đã làm"),
    )

    with pytest.raises(Invalid, match="danh sách đầu mối"):
        present(house, [writing_], MINE)
    assert morning("2022-07-08")
