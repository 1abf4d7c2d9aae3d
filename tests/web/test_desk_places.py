"""Pausing a place, and UBND tỉnh's document that moves a day for many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from obligations.rights import Seat
from tasks_lib.desk.places import movable, movable_units, resting
from tasks_lib.kernel.bootstrap import House
from tests.support.faults.faults import is_told_at, told
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SO_NOI_VU,
    UBND_TINH,
    Y_TY,
    communes,
    communes_of,
    history_of,
    morning,
    replay,
    reports_in,
    row,
)
from tests.support.pages.visits import Site, visited

PAUSE, EXTEND = "/tam-dung", "/dieu-chinh"
SUBJECT = "task~1.2~once"
FLOOD = {"tu_ngay": "2022-07-18", "den_ngay": "22/7/2022", "ly_do": "mưa lũ"}
PAPER = {"so": "88/UBND-NC", "ngay": "2022-07-12", "thoi_han": "2022-07-29"}


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    with visited(house, "2022-07-13T09:00") as open_site:
        yield open_site


def test_a_district_pauses_itself_and_its_communes_and_nobody_else(site: Site) -> None:
    replay(site.house, "2022-07-13", "2022-07-13")
    desk = site.login(Seat.DESK, BAT_XAT)

    assert SA_PA not in desk.get(PAUSE).html
    assert desk.post(PAUSE, dia_ban=SA_PA, **FLOOD).status == 403
    done = desk.post(PAUSE, dia_ban=A_MU_SUNG, **FLOOD)

    assert "Đã ghi nhận tạm dừng." in done.text
    assert "UBND xã A Mú Sung" in done.text
    (found,) = resting(site.house, morning("2022-07-18"))
    assert (found.place, found.from_day, found.to_day, found.state) == (
        A_MU_SUNG,
        date(2022, 7, 18),
        date(2022, 7, 22),
        "đang tạm dừng",
    )
    last = history_of(site.house, f"1.2/{A_MU_SUNG}/once")[-1]
    assert (last.what, last.by, last.person) == ("pause", BAT_XAT, "UBND huyện Bát Xát")


def test_a_pause_that_is_incomplete_says_what_is_missing_and_keeps_what_was_typed(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)

    for given, said in (
        ({**FLOOD, "dia_ban": "nowhere"}, "Chọn địa bàn, cơ quan cần tạm dừng"),
        (
            {**FLOOD, "dia_ban": BAT_XAT, "den_ngay": ""},
            "nhập một ngày, hoặc đánh dấu chưa rõ ngày kết thúc",
        ),
        ({**FLOOD, "dia_ban": BAT_XAT, "den_ngay": "2022-07-01"}, "trước ngày bắt đầu"),
        ({**FLOOD, "dia_ban": BAT_XAT, "ly_do": ""}, "Nêu lý do tạm dừng"),
    ):
        page = coordinator.post(PAUSE, **given)
        assert said in page.text
        assert page.values("tu-ngay") == ["18/7/2022"]
    assert resting(site.house, site.clock()) == ()


def test_seven_communes_rest_by_one_form_without_a_known_end_and_it_is_set_later(site: Site) -> None:
    replay(site.house, "2022-07-13", "2022-07-13")
    desk = site.login(Seat.DESK, BAT_XAT)
    seven = communes_of(site.house, BAT_XAT)[:7]
    flood = {"tu_ngay": "2022-07-13", "chua_ro": "1", "ly_do": "mưa lũ"}

    shown = desk.get(PAUSE)
    assert set(seven) <= set(shown.values("dia-ban"))
    # For its own word on itself a district names the end.
    refused = desk.post(PAUSE, dia_ban=BAT_XAT, **flood)
    assert "Đơn vị tự tạm dừng thì nêu ngày kết thúc" in refused.text
    done = desk.post(PAUSE, dia_ban=seven, **flood)

    assert done.text.count("khi có thông báo") == len(seven)
    assert {p.place for p in resting(site.house, site.clock())} == set(seven)
    number = resting(site.house, site.clock())[0].number
    one = desk.get(f"{PAUSE}/{number}")
    assert "Đang tạm dừng" in one.text
    both = desk.post(f"{PAUSE}/{number}/ngay", den_ngay="2022-07-15", chua_ro="1")
    assert both.status == 409
    assert (
        "Đã thay đổi ngày kết thúc tạm dừng."
        in desk.post(f"{PAUSE}/{number}/ngay", den_ngay="15/7/2022").text
    )
    unsaid = desk.post(f"{PAUSE}/{number}/rut")
    assert "Nêu lý do rút đợt tạm dừng" in unsaid.text
    gone = desk.post(f"{PAUSE}/{number}/rut", ly_do="ghi nhầm xã")
    assert "đã rút: ghi nhầm xã" in gone.text
    assert "Đã rút" in desk.get(f"{PAUSE}/{number}").text
    other = site.login(Seat.DESK, SA_PA)
    assert other.get(f"{PAUSE}/{number}").status == 403
    assert other.post(f"{PAUSE}/{number}/rut", ly_do="x").status == 403


def test_a_district_leaves_what_so_noi_vu_has_recorded(site: Site) -> None:
    coordinator, desk = site.login(Seat.COORDINATOR), site.login(Seat.DESK, BAT_XAT)
    coordinator.post(PAUSE, dia_ban=BAT_XAT, **FLOOD)
    (found,) = resting(site.house, site.clock())
    assert "đề nghị liên hệ cơ quan đó" in desk.get(f"{PAUSE}/{found.number}").text
    assert desk.post(f"{PAUSE}/{found.number}/rut", ly_do="không đúng").status == 409


def test_national_mourning_is_one_tick_of_so_noi_vu(site: Site) -> None:
    coordinator, desk = site.login(Seat.COORDINATOR), site.login(Seat.DESK, BAT_XAT)
    assert "Toàn tỉnh" not in desk.get(PAUSE).text.partition("Lý do")[0].partition("(bắt buộc, chọn")[2]
    assert desk.post(PAUSE, dia_ban=UBND_TINH, **FLOOD).status == 403
    done = coordinator.post(PAUSE, dia_ban=UBND_TINH, **{**FLOOD, "ly_do": "quốc tang"})
    assert "Toàn tỉnh (mọi cơ quan, đơn vị, địa phương)" in done.text
    assert "quốc tang" in desk.get(PAUSE).text
    assert "nhắc đơn vị trước, rồi lần lượt báo từng cấp trên" in desk.get(PAUSE).text


def test_lateness_inside_a_pause_is_excused_on_the_page(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    coordinator.post(PAUSE, dia_ban=BAT_XAT, tu_ngay="2022-07-14", den_ngay="2022-07-22", ly_do="mưa lũ")
    replay(site.house, "2022-07-25", "2022-07-25")
    site.clock.at("2022-07-20T09:00")
    key = f"1.2/{A_MU_SUNG}/once"
    resting_page = site.login(Seat.DESK, BAT_XAT).get(f"/nhiem-vu/{key}")

    assert "(trong thời gian tạm dừng)" in resting_page.text
    assert (
        "(trong thời gian tạm dừng)"
        not in site.login(Seat.DESK, SA_PA).get(f"/nhiem-vu/1.2/{_one_of(site.house, SA_PA)}/once").text
    )


def _one_of(house: House, district: str) -> str:
    return next(a.id for a in house.configuration.agencies.values() if a.superior == district)


def test_the_document_of_ubnd_tinh_moves_the_day_of_those_ticked(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    ticks = [f"1.2/{unit}/once@0" for unit in (A_MU_SUNG, MUONG_VI)]

    shown = coordinator.get(f"{EXTEND}?nhiem-vu={SUBJECT}")
    assert set(ticks) <= set(shown.values("chon"))
    assert len(shown.values("chon")) == len(communes(site.house))
    done = coordinator.post(EXTEND, nhiem_vu=SUBJECT, chon=ticks, **PAPER)

    assert "Đã điều chỉnh thời hạn của 02 đơn vị." in done.text
    for unit in (A_MU_SUNG, MUONG_VI):
        moved = row(site.house, f"1.2/{unit}/once")
        assert (moved.first_day, moved.last_day) == (date(2022, 7, 14), date(2022, 7, 29))
        last = history_of(site.house, f"1.2/{unit}/once")[-1]
        assert "văn bản số 88/UBND-NC ngày 12/7/2022" in last.why
        assert last.person == "Sở Nội vụ"
    assert row(site.house, f"1.2/{Y_TY}/once").last_day == date(2022, 7, 14)


def test_who_has_reported_meanwhile_is_named_and_the_others_are_moved(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    reports_in(site.house, f"1.2/{Y_TY}/once", "2022-07-13")

    result = coordinator.post(
        EXTEND, nhiem_vu=SUBJECT, chon=[f"1.2/{Y_TY}/once@1", f"1.2/{A_MU_SUNG}/once@0"], **PAPER
    )

    assert result.status == 409
    assert "Đã có kết quả, không điều chỉnh thời hạn" in result.text
    assert "UBND xã Y Tý" in result.text
    assert "88/UBND-NC" in result.text
    assert row(site.house, f"1.2/{A_MU_SUNG}/once").last_day == date(2022, 7, 29)
    assert row(site.house, f"1.2/{Y_TY}/once").last_day == date(2022, 7, 14)


def test_without_document_or_units_nothing_moves(site: Site) -> None:
    coordinator, desk = site.login(Seat.COORDINATOR), site.login(Seat.DESK, BAT_XAT)
    tick = f"1.2/{A_MU_SUNG}/once@0"

    for given, said in (
        ({**PAPER, "chon": [tick], "ngay": ""}, "Ngày văn bản: nhập ngày của văn bản"),
        ({**PAPER, "chon": [tick], "thoi_han": ""}, "Nhập thời hạn mới"),
        ({**PAPER, "chon": []}, "Chưa chọn đơn vị nào"),
    ):
        page = coordinator.post(EXTEND, nhiem_vu=SUBJECT, **given)
        assert page.status == 422
        assert said in page.text
    assert desk.post(EXTEND, nhiem_vu=SUBJECT, chon=[tick], **PAPER).status == 403
    assert row(site.house, f"1.2/{A_MU_SUNG}/once").last_day == date(2022, 7, 14)


def test_only_what_has_a_day_of_its_own_and_no_report_can_be_moved(any_house: House) -> None:
    reports_in(any_house, f"1.2/{Y_TY}/once", "2022-07-13")

    subjects = {s.code: s for s in movable(any_house)}

    assert {s.kind for s in subjects.values()} == {"task", "report", "plan"}
    for code in (SUBJECT, "report~~2022-Q3-report", "plan~~once"):
        units = movable_units(any_house, code)
        assert len(units) == subjects[code].units
    assert f"1.2/{Y_TY}/once" not in {u.key for u in movable_units(any_house, SUBJECT)}
    assert SO_NOI_VU in {u.row.agency_id for u in movable_units(any_house, "task~1.1~once")}


def test_a_moved_day_is_taken_back_or_corrected_on_the_duty_s_page(site: Site) -> None:
    replay(site.house, "2022-07-13", "2022-07-13")
    coordinator, desk = site.login(Seat.COORDINATOR), site.login(Seat.DESK, BAT_XAT)
    key = f"1.2/{A_MU_SUNG}/once"
    page = f"/nhiem-vu/{key}"
    assert "rut-gia-han" not in coordinator.get(page).html
    wrong = {**PAPER, "thoi_han": "2023-07-29"}
    coordinator.post(f"{page}/gia-han", version="0", **wrong)
    far = coordinator.post(f"{page}/gia-han", version="0", **{**PAPER, "thoi_han": "14/10/2099"})
    assert "hiệu lực của Kế hoạch và một năm" in far.text

    corrected = coordinator.post(f"{page}/gia-han", version="0", **PAPER)
    assert row(site.house, key).last_day == date(2022, 7, 29)
    assert "rut-gia-han" in corrected.html
    assert desk.post(f"{page}/rut-gia-han", version="0", noi_dung="x").status == 403
    assert "Nêu lý do rút" in coordinator.post(f"{page}/rut-gia-han", version="0").text
    gone = coordinator.post(f"{page}/rut-gia-han", version="0", noi_dung="ghi nhầm xã")

    assert "Đã rút; thời hạn trở lại như trước." in gone.text
    assert "rút việc điều chỉnh thời hạn: 29/7/2022 → 14/7/2022; ghi nhầm xã" in gone.text
    assert row(site.house, key).last_day == date(2022, 7, 14)


def test_all_that_is_wrong_with_a_moved_day_is_told_at_its_fields(site: Site) -> None:
    replay(site.house, "2022-07-13", "2022-07-13")
    coordinator, key = site.login(Seat.COORDINATOR), f"1.2/{A_MU_SUNG}/once"
    listed = coordinator.get(f"{EXTEND}?nhiem-vu={SUBJECT}")
    assert not re.search(r"\((\d{4}-Q\d|e-\d+)\)", listed.text)
    assert "(Quý III/2022)" in listed.text

    page = coordinator.post(EXTEND, nhiem_vu=SUBJECT, so="", ngay="31/13/2022", thoi_han="mai", chon=[])

    assert page.status == 422
    assert [where for where, _ in told(page)] == [f"gia-han-{name}" for name in ("ngay", "thoi-han", "chon")]
    assert is_told_at(page, "gia-han-thoi-han")
    assert page.values("thoi-han") == ["mai"]

    empty = coordinator.post(f"/nhiem-vu/{key}/gia-han", version="0")
    assert [where for where, _ in told(empty)] == ["gia-han-so", "gia-han-thoi-han"]
    early = coordinator.post(f"/nhiem-vu/{key}/gia-han", version="0", **{**PAPER, "thoi_han": "01/7/2022"})
    assert [where for where, _ in told(early)] == ["gia-han-thoi-han"]
    both = {**PAPER, "ngay": "14/7/2022", "thoi_han": "01/7/2022"}
    untrue = coordinator.post(f"/nhiem-vu/{key}/gia-han", version="0", **both)
    assert [where for where, _ in told(untrue)] == ["gia-han-thoi-han", "gia-han-ngay"]
    assert "Ngày văn bản 14/7/2022 ở sau ngày ghi nhận 13/7/2022" in untrue.text
    assert "--" not in untrue.text
    many = coordinator.post(EXTEND, nhiem_vu=SUBJECT, chon=[f"{key}@0"], **both)
    assert "Ngày văn bản 14/7/2022" in many.text or "ngày văn bản 14/7/2022" in many.text
    assert "--" not in many.text
    reasonless = coordinator.post(f"/nhiem-vu/{key}/giao-nham", version="0")
    assert [where for where, _ in told(reasonless)] == ["giao-nham-noi-dung"]
    assert 'id="e-giao-nham-noi-dung"' in reasonless.html

    pause = coordinator.post(PAUSE, tu_ngay="x", den_ngay="", ly_do="")
    fields = ("dia-ban", "tu-ngay", "den-ngay", "ly-do")
    assert [where for where, _ in told(pause)] == [f"tam-dung-{name}" for name in fields]
    assert is_told_at(pause, "tam-dung-tu-ngay")
