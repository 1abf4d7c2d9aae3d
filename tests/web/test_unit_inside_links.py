"""Inside a unit over the portal: the clerk passes work on, an officer's link opens it, a leader decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from obligations.errors import Invalid
from obligations.model import Contact, WorkState
from obligations.rights import Seat
from tasks_lib.answering.assign import Passing, pass_on
from tasks_lib.kernel.bootstrap import House
from tests.support.life.samples import PDF
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    at,
    history_of,
    replay,
    row,
    versions_of,
)
from tests.support.pages.unit import (
    FORM,
    field,
    link_in,
    mail_to,
    names,
    number,
    opened,
    presses,
    two_communes,
)
from tests.support.pages.visits import Site, Somebody, visited

KEY, SPOKEN = f"1.2/{A_MU_SUNG}/once", f"4.6/{A_MU_SUNG}/once"
LEADER, OFFICER = "lanhdao.x02686-2022@laocai.example", "pao.x02686-2022@laocai.example"
PEOPLE = (
    Contact(role="leader", name="Lò Văn Sơn", address=LEADER),
    Contact(role="officer", name="Vàng A Páo", address=OFFICER),
)


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    two_communes(house)
    replay(house, SIGNED, "2022-07-08")
    names(house, A_MU_SUNG, "2022-07-05T09:00", *PEOPLE)
    with visited(house, "2022-07-08T09:00") as open_site:
        yield open_site


@pytest.mark.parametrize(
    ("inner", "said"),
    [(date(2022, 7, 7), "đã qua"), (date(2022, 7, 15), "ở sau hạn cuối 14/7/2022")],
)
def test_an_inner_day_lies_between_today_and_the_last_day(house: House, inner: date, said: str) -> None:
    names(house, A_MU_SUNG, "2022-07-05T09:00", *PEOPLE)
    passing = Passing(
        keys=(KEY,),
        by=A_MU_SUNG,
        person="Văn thư",
        as_of=at("2022-07-08T10:00"),
        officer=OFFICER,
        inner_day=inner,
    )

    with pytest.raises(Invalid, match=said):
        pass_on(house, passing)


def test_the_clerk_passes_it_on_and_the_officers_link_opens_it(site: Site) -> None:
    house = site.house
    clerk = site.by_link(A_MU_SUNG)
    chosen: dict[str, str | list[str]] = {
        "giao": [number(house, KEY)],
        "officer": OFFICER,
        "inner_day": "2022-07-12",
        "giao-note": "Gửi tôi trước khi trình",
        field(house, SPOKEN, "text"): "Đang viết dở",
    }

    page = presses(clerk, "pass", chosen)

    assert "Đã giao" in page.text
    assert "Giao trong đơn vị Vàng A Páo, hết thứ Ba, ngày 12/7/2022" in page.text
    assert "Đang viết dở" in page.html
    mail = mail_to(house, A_MU_SUNG)
    assert "Gửi tôi trước khi trình" in mail
    officer = site.by_path(link_in(mail))
    presses(officer, f"send:{number(house, KEY)}", {field(house, KEY, "so-a"): "5"})
    assert history_of(house, KEY)[-1].person == "Vàng A Páo"


def test_the_leader_gets_a_link_asks_for_a_change_and_approves(site: Site) -> None:
    house = site.house
    clerk = site.by_link(A_MU_SUNG)
    typed = {
        field(house, KEY, "text"): "Đã tuyên truyền",
        field(house, KEY, "completed_on"): "2022-07-07",
        "leader": LEADER,
        "drafted_by": "Vàng A Páo",
    }
    form = {**opened(clerk), **typed, "do": "present"}

    page = clerk.send(FORM, form, {"biên bản.pdf": PDF}, under=field(house, KEY, "files"))

    assert "Đã trình lãnh đạo" in page.text
    assert "chờ Lò Văn Sơn duyệt" in page.text
    leader = site.by_path(link_in(mail_to(house, A_MU_SUNG)))
    seen = leader.get("/")
    assert "Đã tuyên truyền" in seen.text
    assert "biên bản.pdf" in seen.text
    assert "Ngày hoàn thành 07/7/2022" in seen.text
    assert row(house, KEY).work_state == WorkState.OPEN

    back = leader.post(f"/duyet/{KEY}/de-nghi-sua", version="1", note="Thêm số buổi")
    assert "Đã chuyển lại người soạn" in back.text
    officer = site.by_path(link_in(mail_to(house, A_MU_SUNG)))
    assert "Lãnh đạo đề nghị sửa: Thêm số buổi" in officer.get("/").text
    presses(
        officer, "present", {field(house, KEY, "so-b"): "4", "leader": LEADER, "drafted_by": "Vàng A Páo"}
    )

    leader = site.by_path(link_in(mail_to(house, A_MU_SUNG)))
    stale = leader.post(f"/duyet/{KEY}", version="1")
    done = leader.post(f"/duyet/{KEY}", version="2")

    assert stale.status == 409
    assert "Báo cáo đã được duyệt và gửi đi" in done.text
    (version,) = versions_of(house, KEY)
    assert (version.drafted_by, version.approved_by, version.figures) == (
        "Vàng A Páo",
        "Lò Văn Sơn",
        {"b": 4},
    )
    assert "biên bản.pdf" in leader.get(f"/nhiem-vu/{KEY}").text


def test_the_leader_changes_it_and_the_officer_still_stands_as_its_author(site: Site) -> None:
    house = site.house
    typed = {
        field(house, KEY, "text"): "Bản của cán bộ",
        field(house, KEY, "so-a"): "5",
        "leader": LEADER,
        "drafted_by": "Vàng A Páo",
    }
    presses(site.by_link(A_MU_SUNG), "present", typed)
    leader = site.by_path(link_in(mail_to(house, A_MU_SUNG)))

    presses(leader, f"send:{number(house, KEY)}", {field(house, KEY, "text"): "Bản lãnh đạo sửa"})

    (version,) = versions_of(house, KEY)
    assert (version.text, version.drafted_by, version.approved_by) == (
        "Bản lãnh đạo sửa",
        "Vàng A Páo",
        "Lò Văn Sơn",
    )


def test_no_desk_sees_a_draft(site: Site) -> None:
    presses(site.by_link(A_MU_SUNG), "draft", {field(site.house, KEY, "text"): "Chỉ trong đơn vị"})

    desk: Somebody = site.login(Seat.DESK, BAT_XAT)

    for path in (FORM, f"/nhiem-vu/{KEY}", "/hang-doi", "/"):
        assert "Chỉ trong đơn vị" not in desk.get(path).html
    assert desk.post(f"/duyet/{KEY}", version="1").status == 403
    chairman_elsewhere = site.login(Seat.CHAIRPERSON, MUONG_VI)
    assert chairman_elsewhere.post(f"/duyet/{KEY}", version="1").status == 403


def test_what_is_saved_with_nothing_in_it_says_so(site: Site) -> None:
    page = presses(site.by_link(A_MU_SUNG), "draft", {})

    assert page.status == 400
    assert "chưa nhập nội dung nào để lưu" in page.text
