"""The chairperson's and the director's page: late units first, one field, mailed down and kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from notifications.memory import MemoryTransport
from obligations.errors import Invalid, Refused
from obligations.model import WorkState
from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tasks_lib.leading.direction import direction
from tasks_lib.leading.directives import direct
from tests.support.life.letters import all_messages, messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SIGNED,
    SO_NOI_VU,
    SO_Y_TE,
    UBND_TINH,
    at,
    communes_of,
    history_of,
    leave_only,
    morning,
    replay_with_mail,
    reports_in,
)
from tests.support.pages.visits import Seen, Site, Somebody, counting, visited

PATH = "/chi-dao"
OF_A_MU_SUNG, PLAN_OF_A_MU_SUNG = f"1.2/{A_MU_SUNG}/once", f"plan/{A_MU_SUNG}/once"
OF_MUONG_VI = f"1.2/{MUONG_VI}/once"
OF_BAT_XAT, OF_SO_Y_TE = f"plan/{BAT_XAT}/once", f"plan/{SO_Y_TE}/once"
NOW = "2022-07-19T09:00"
TEXT = "Hoàn thành trước ngày 22/7/2022, báo cáo kết quả về Phòng Nội vụ."


@pytest.fixture
def of_sa_pa(house: House) -> str:
    return f"1.2/{communes_of(house, SA_PA)[0]}/once"


@pytest.fixture
def site(house: House, of_sa_pa: str) -> Iterator[Site]:
    late(house, of_sa_pa)
    with visited(house, NOW) as open_site:
        yield open_site


def late(house: House, *more: str) -> None:
    """By 19/7 two communes of Bát Xát are late, the district and a department with their own plans too."""
    leave_only(house, OF_A_MU_SUNG, PLAN_OF_A_MU_SUNG, OF_MUONG_VI, OF_BAT_XAT, OF_SO_Y_TE, *more)
    replay_with_mail(house, SIGNED, "2022-07-19", MemoryTransport())


def give(somebody: Somebody, *keys: str, **fields: str) -> Seen:
    """Tick the units of these duties and send."""
    shown: dict[str, list[str]] = {}
    for key in keys:
        shown.setdefault(f"cua-{key.split('/')[1]}", []).append(key)
    units = [name.removeprefix("cua-") for name in shown]
    return somebody.post(PATH, unit=units, **{"text": TEXT, **fields}, **shown)


def directives(house: House, key: str) -> list[tuple[str, str | None, str]]:
    return [(h.by, h.person, h.why) for h in history_of(house, key) if h.what == "directive"]


def notes_to(house: House, recipient: str) -> list[str]:
    return [text_of(m.content) for m in messages_to(house, recipient) if ".directive." in m.message_id]


def test_the_chairperson_sees_the_late_units_first_since_when_why_and_whom_to_call(site: Site) -> None:
    shown = site.login(Seat.CHAIRPERSON, BAT_XAT).get(PATH)

    assert "02 đơn vị đang quá hạn 02 nhiệm vụ; 01 nội dung chậm so với ngày đề nghị" in shown.text
    assert shown.values("unit") == ["tat-ca", A_MU_SUNG, MUONG_VI]
    assert "Thời hạn hoàn thành 14/7/2022, quá hạn 03 ngày làm việc." in shown.text
    assert "Đã nhắc việc, đôn đốc 03 lần (các ngày 07/7, 13/7, 18/7/2022)." in shown.text
    assert "Lý do đơn vị nêu: chưa có ý kiến." in shown.text
    assert shown.links("tel:0214")
    assert "UBND huyện Bát Xát đang" not in shown.text


def test_what_the_chairperson_says_reaches_the_ticked_units_and_the_history(site: Site) -> None:
    before = len(all_messages(site.house))
    chair = site.login(Seat.CHAIRPERSON, BAT_XAT)

    sent = give(chair, OF_A_MU_SUNG, PLAN_OF_A_MU_SUNG)

    assert sent.status == 200
    assert "Ý kiến đã gửi tới 01 đơn vị" in sent.text
    assert f"{A_MU_SUNG}@laocai.example" in sent.text
    for key in (OF_A_MU_SUNG, PLAN_OF_A_MU_SUNG):
        assert directives(site.house, key) == [(BAT_XAT, "UBND huyện Bát Xát", TEXT)]
    assert directives(site.house, OF_MUONG_VI) == []
    (mail,) = notes_to(site.house, A_MU_SUNG)
    assert TEXT in mail
    assert "Phòng Nội vụ huyện Bát Xát" in mail
    assert len(all_messages(site.house)) == before + 1
    assert "Đã có ý kiến chỉ đạo lúc 09:00 ngày 19/7/2022" in chair.get(PATH).text


def test_all_late_units_are_reached_by_one_tick(site: Site) -> None:
    chair = site.login(Seat.CHAIRPERSON, BAT_XAT)
    shown = {f"cua-{A_MU_SUNG}": [OF_A_MU_SUNG], f"cua-{MUONG_VI}": [OF_MUONG_VI]}

    sent = chair.post(PATH, unit="tat-ca", text=TEXT, **shown)

    assert "Ý kiến đã gửi tới 02 đơn vị" in sent.text
    assert directives(site.house, OF_A_MU_SUNG) == directives(site.house, OF_MUONG_VI) != []


def test_the_mail_opens_what_the_unit_answers_and_nothing_else(site: Site) -> None:
    give(site.login(Seat.CHAIRPERSON, BAT_XAT), OF_MUONG_VI)
    (mail,) = notes_to(site.house, MUONG_VI)

    path = next(word for word in mail.split() if "/l/" in word).partition("/l/")[2]
    unit = site.by_path(f"/l/{path.strip('<>()')}")

    assert "1.2" in unit.get("/").text
    assert unit.get(f"/nhiem-vu/{OF_MUONG_VI}").status == 200
    assert unit.get(f"/nhiem-vu/{OF_A_MU_SUNG}").status == 403
    assert unit.get(PATH).status == 403


def test_a_button_pressed_twice_writes_once(site: Site) -> None:
    chair = site.login(Seat.CHAIRPERSON, BAT_XAT)
    give(chair, OF_A_MU_SUNG)

    again = give(chair, OF_A_MU_SUNG)

    assert again.status == 409
    assert TEXT in again.html
    assert len(notes_to(site.house, A_MU_SUNG)) == len(directives(site.house, OF_A_MU_SUNG)) == 1


def test_nothing_typed_is_lost_and_nothing_ticked(site: Site) -> None:
    chair = site.login(Seat.CHAIRPERSON, BAT_XAT)

    nobody = chair.post(PATH, text=TEXT)
    wordless = give(chair, OF_A_MU_SUNG, text=" ")

    assert (nobody.status, wordless.status) == (409, 409)
    assert "Đơn vị: chưa chọn đơn vị nào" in nobody.text
    assert TEXT in nobody.html
    assert "chưa nhập nội dung" in wordless.text
    assert f'value="{A_MU_SUNG}" checked' in wordless.html
    assert directives(site.house, OF_A_MU_SUNG) == []


def test_a_district_reaches_its_own_communes_only(site: Site, of_sa_pa: str) -> None:
    chair = site.login(Seat.CHAIRPERSON, BAT_XAT)

    assert give(chair, of_sa_pa).status == 403
    assert give(chair, OF_SO_Y_TE).status == 403
    # A foreign duty slipped under an own unit is refused by the use case.
    smuggled = chair.post(PATH, unit=A_MU_SUNG, text=TEXT, **{f"cua-{A_MU_SUNG}": of_sa_pa})
    assert smuggled.status == 409
    assert directives(site.house, of_sa_pa) == directives(site.house, OF_SO_Y_TE) == []


def test_by_a_link_from_a_mail_whoever_speaks_is_named(site: Site, of_sa_pa: str) -> None:
    desk = site.by_link(BAT_XAT, review=True)

    sent = give(desk, OF_MUONG_VI, person="Trần Văn Bình, Chủ tịch UBND huyện")

    assert sent.status == 200
    assert directives(site.house, OF_MUONG_VI) == [(BAT_XAT, "Trần Văn Bình, Chủ tịch UBND huyện", TEXT)]
    assert give(desk, of_sa_pa).status == 403
    assert site.by_link(BAT_XAT).get(PATH).status == 403


def test_the_director_reaches_departments_and_districts_and_sees_communes_counted(site: Site) -> None:
    director = site.login(Seat.DIRECTOR)
    shown = director.get(PATH)

    assert shown.values("unit") == ["tat-ca", SO_Y_TE, BAT_XAT]
    assert "Huyện Bát Xát : 02 xã, phường, thị trấn, 02 nhiệm vụ" in shown.text
    listed = director.get(next(link for link in shown.links("/danh-sach") if BAT_XAT in link))
    assert "03" in listed.text
    sent = give(director, OF_BAT_XAT, OF_SO_Y_TE)
    assert "Ý kiến đã gửi tới 02 đơn vị" in sent.text
    (mail,) = notes_to(site.house, SO_Y_TE)
    assert "Đề nghị" in mail
    assert "yêu cầu" not in mail.lower()
    assert give(director, OF_A_MU_SUNG).status == 403
    assert messages_to(site.house, UBND_TINH) == []


def test_the_done_page_shows_no_other_mails(site: Site) -> None:
    give(site.login(Seat.CHAIRPERSON, BAT_XAT), OF_A_MU_SUNG)
    numbers = ",".join(str(m.id) for m in all_messages(site.house))

    of_sa_pa = site.login(Seat.CHAIRPERSON, SA_PA).get(f"{PATH}/da-gui?thu={numbers}")
    own = site.login(Seat.CHAIRPERSON, BAT_XAT).get(f"{PATH}/da-gui?thu={numbers}")

    assert "Ý kiến đã gửi tới 00 đơn vị" in of_sa_pa.text
    assert "Ý kiến đã gửi tới 01 đơn vị" in own.text


@pytest.mark.parametrize(
    ("by", "key"),
    [
        (BAT_XAT, OF_SO_Y_TE),
        (BAT_XAT, OF_BAT_XAT),
        (SA_PA, OF_A_MU_SUNG),
        (SO_NOI_VU, OF_A_MU_SUNG),
        (A_MU_SUNG, OF_MUONG_VI),
        (UBND_TINH, OF_BAT_XAT),
    ],
)
def test_nobody_is_told_by_whom_it_does_not_report_to(house: House, by: str, key: str) -> None:
    late(house)
    with pytest.raises(Refused, match="không chỉ đạo trực tiếp"):
        direct(house, by, at(NOW), [key], TEXT)
    assert directives(house, key) == []


def test_what_is_asked_for_wrongly_is_named(house: House) -> None:
    late(house)
    for keys, text, fault in (
        ([], TEXT, "chưa chọn"),
        ([OF_A_MU_SUNG], "", "chưa nhập"),
        ([OF_A_MU_SUNG], "dài " * 2000, "dài quá"),
        (["9.9/nobody/once"], TEXT, "9.9/nobody/once"),
    ):
        with pytest.raises(Invalid, match=fault):
            direct(house, BAT_XAT, at(NOW), keys, text)


def test_what_has_been_reported_meanwhile_is_passed_over(any_house: House) -> None:
    late(any_house)
    reports_in(any_house, OF_A_MU_SUNG, "2022-07-19")

    told = direct(any_house, BAT_XAT, at(NOW), [OF_A_MU_SUNG, OF_MUONG_VI], TEXT, "Lê Thị Hoa")

    assert [unit.agency for unit in told.units] == [MUONG_VI]
    assert told.passed_over == (OF_A_MU_SUNG,)
    assert notes_to(any_house, A_MU_SUNG) == []
    (said,) = direction(any_house, BAT_XAT, at(NOW) + timedelta(hours=1)).given
    assert (said.person, said.text, said.tasks, said.open) == ("Lê Thị Hoa", TEXT, 1, 1)
    # The same words on another day are a new word.
    assert direct(any_house, BAT_XAT, morning("2022-07-20"), [OF_MUONG_VI], TEXT).units
    with pytest.raises(Refused):
        direct(any_house, BAT_XAT, morning("2022-07-20"), [OF_A_MU_SUNG], TEXT)
    assert history_of(any_house, OF_MUONG_VI)[-1].to_state == WorkState.OPEN


def test_the_page_asks_the_database_as_often_for_many_units_as_for_few(house: House, of_sa_pa: str) -> None:
    late(house, of_sa_pa)
    with counting(house) as few:
        direction(house, SA_PA, at(NOW))
    with counting(house) as many:
        direction(house, BAT_XAT, at(NOW))
    assert len(many) <= len(few) <= 8
