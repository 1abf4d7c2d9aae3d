"""What stands in doubt is left out of many, named with its doubt, and looked at alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from obligations.answers import Document
from obligations.model import WorkState
from obligations.rights import Seat
from tasks_lib.answering.submit import record_document
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, at, row
from tests.support.pages.cycle import YEAR, hands_in, report_of, small_province
from tests.support.pages.desk import OF_A_MU_SUNG, OF_MUONG_VI, opens, three_communes
from tests.support.pages.visits import visited

QUEUE = "/hang-doi"
OLD = Document(number="12/BC-UBND", signed_on=date(2022, 6, 10), signer="Chủ tịch", summary="Kết quả")
PAPER_DAY = date(2022, 7, 13)
DOUBT = "ngày 10/6/2022 ở trước khi nhiệm vụ bắt đầu, chờ xác nhận"


def test_a_doubted_day_is_left_out_of_many_named_and_looked_at_alone(house: House) -> None:
    three_communes(house)
    record_document(house, (OF_MUONG_VI,), BAT_XAT, at("2022-07-15T09:00"), OLD)
    assert row(house, OF_MUONG_VI).doubted_on == OLD.signed_on
    with visited(house, "2022-07-18T09:00") as site:
        desk = site.login(Seat.DESK, BAT_XAT)
        ticks = [f"{key}@{row(house, key).version}" for key in (OF_MUONG_VI, OF_A_MU_SUNG)]
        opens(desk, OF_A_MU_SUNG)

        look = desk.post(f"{QUEUE}/chon", viec="tiep-nhan", chon=ticks)
        assert look.values("chon") == ticks[1:]
        assert "Để riêng, xem từng báo cáo (01 dòng)" in look.text
        assert "UBND xã Mường Vi: 1.2." in look.text
        assert DOUBT in look.text
        assert look.links(f"/nhiem-vu/{OF_MUONG_VI}")

        forced = desk.post(f"{QUEUE}/lam", viec="tiep-nhan", chon=ticks)
        assert forced.status == 409
        assert DOUBT.replace("ngày", "Ngày", 1) in forced.text
        assert row(house, OF_A_MU_SUNG).work_state == WorkState.ACCEPTED
        assert row(house, OF_MUONG_VI).work_state == WorkState.SUBMITTED

        alone = desk.get(f"/nhiem-vu/{OF_MUONG_VI}")
        assert "Ngày chờ xác nhận 10/6/2022" in alone.text
        desk.post(f"/nhiem-vu/{OF_MUONG_VI}/tiep-nhan", version=str(row(house, OF_MUONG_VI).version))
        assert row(house, OF_MUONG_VI).work_state == WorkState.ACCEPTED


def test_so_is_a_figure_far_from_the_last_period_and_what_is_not_is_done(house: House) -> None:
    """Ten times the dialogues of the quarter before: the desk asks before it confirms, and one by one."""
    small_province(house)
    for unit, before, now in ((A_MU_SUNG, 3, 30), (MUONG_VI, 3, 4)):
        hands_in(house, unit, "2022-09-08", {"4.1": {"b": before}})
        hands_in(house, unit, "2022-12-08", {"4.1": {"b": now}}, YEAR)
    with visited(house, "2022-12-12T09:00") as site:
        desk = site.login(Seat.DESK, BAT_XAT)
        reports = {unit: report_of(unit, YEAR) for unit in (A_MU_SUNG, MUONG_VI)}
        ticks = [f"{key}@1" for key in reports.values()]
        opens(desk, *reports.values())

        look = desk.post(f"{QUEUE}/chon", viec="tiep-nhan", chon=ticks)
        assert look.values("chon") == [f"{reports[MUONG_VI]}@1"]
        assert "nhiệm vụ 4.1: " in look.text.partition("Để riêng")[2]
        assert "gấp 10 lần kỳ trước" in look.text
        assert desk.post(f"{QUEUE}/lam", viec="tiep-nhan", chon=ticks).status == 409
        assert row(house, reports[A_MU_SUNG]).work_state == WorkState.SUBMITTED
        assert row(house, reports[MUONG_VI]).work_state == WorkState.ACCEPTED


def test_so_is_what_has_no_evidence_until_the_desk_has_opened_it(house: House) -> None:
    three_communes(house)
    record_document(house, (OF_MUONG_VI,), BAT_XAT, at("2022-07-15T09:00"), replace(OLD, signed_on=PAPER_DAY))
    with visited(house, "2022-07-18T09:00") as site:
        desk = site.login(Seat.DESK, BAT_XAT)
        ticks = [f"{key}@1" for key in (OF_MUONG_VI, OF_A_MU_SUNG)]

        look = desk.post(f"{QUEUE}/chon", viec="tiep-nhan", chon=ticks)
        assert look.values("chon") == ticks[:1]
        assert "văn bản số 12/BC-UBND ngày 13/7/2022" in look.text
        assert "chưa có tài liệu kiểm chứng và chưa được mở xem" in look.text.partition("Để riêng")[2]
        assert desk.post(f"{QUEUE}/lam", viec="tiep-nhan", chon=ticks).status == 409
        assert row(house, OF_MUONG_VI).work_state == WorkState.ACCEPTED
        assert row(house, OF_A_MU_SUNG).work_state == WorkState.SUBMITTED

        opens(desk, OF_A_MU_SUNG)
        assert desk.post(f"{QUEUE}/chon", viec="tiep-nhan", chon=ticks[1:]).values("chon") == ticks[1:]
