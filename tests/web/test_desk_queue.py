"""The desk's queue: what waits, found by its filters; many done at once, and what could not be, named."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook

from obligations.model import WorkState
from obligations.rights import Seat
from tasks_lib.desk.queue import Filters, queue
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import (
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    communes_of,
    history_of,
    keys,
    row,
    versions_of,
)
from tests.support.pages.desk import OF_A_MU_SUNG, OF_MUONG_VI, OF_Y_TY, asked_again, opens, three_communes
from tests.support.pages.visits import Site, counting, visited

QUEUE = "/hang-doi"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    three_communes(house)
    with visited(house, "2022-07-18T09:00") as open_site:
        yield open_site


def test_many_are_accepted_with_one_look_and_one_click_and_the_person_is_in_the_history(site: Site) -> None:
    desk = site.login(Seat.DESK, BAT_XAT)
    shown = desk.get(f"{QUEUE}?nhom=1-submitted")
    assert "hết ngày 19/7/2022 không có ý kiến thì được tính là đã tiếp nhận" in shown.text

    opens(desk, OF_Y_TY, OF_A_MU_SUNG)
    look = desk.post(f"{QUEUE}/chon", viec="tiep-nhan", chon=shown.values("chon"), ve="nhom=1-submitted")
    assert "Đã tuyên truyền tại 12 thôn" in look.text
    assert "không có tài liệu kiểm chứng, đã mở xem" in look.text
    assert row(site.house, OF_Y_TY).work_state == WorkState.SUBMITTED
    assert look.values("chon") == [f"{OF_Y_TY}@1", f"{OF_A_MU_SUNG}@1"]
    done = desk.post(f"{QUEUE}/lam", viec="tiep-nhan", chon=look.values("chon"), ve="nhom=1-submitted")

    assert done.status == 200
    assert "nhom=1-submitted" in done.address
    assert "Đã tiếp nhận, xác nhận: 02 dòng." in done.text
    for key in (OF_Y_TY, OF_A_MU_SUNG):
        assert row(site.house, key).work_state == WorkState.ACCEPTED
        last = history_of(site.house, key)[-1]
        assert (last.what, last.by, last.person) == ("accept", BAT_XAT, "UBND huyện Bát Xát")


def test_a_version_that_is_no_longer_the_newest_is_named_and_the_others_are_done(site: Site) -> None:
    asked_again(site.house)
    desk = site.login(Seat.DESK, BAT_XAT)
    opens(desk, OF_Y_TY, OF_A_MU_SUNG)

    result = desk.post(
        f"{QUEUE}/lam", viec="tiep-nhan", chon=[f"{OF_Y_TY}@1", f"{OF_A_MU_SUNG}@1"], noi_dung="đủ số liệu"
    )

    assert result.status == 409
    assert "Phiên bản 1 không còn là mới nhất" in result.text
    assert "đủ số liệu" in result.text
    assert row(site.house, OF_A_MU_SUNG).work_state == WorkState.ACCEPTED
    assert row(site.house, OF_Y_TY).work_state == WorkState.SUBMITTED
    (link,) = result.links("?tu=1")
    changed = desk.get(link)
    assert "<del>12</del><ins>15</ins>" in changed.html
    assert "Thay đổi từ lần báo cáo đã xem (lần 1) đến nay (lần 2)" in changed.text


def test_more_is_asked_of_many_with_points_and_nothing_typed_is_lost(site: Site) -> None:
    desk = site.login(Seat.DESK, BAT_XAT)
    ticks = [f"{OF_Y_TY}@1", f"{OF_A_MU_SUNG}@1"]

    empty = desk.post(f"{QUEUE}/lam", viec="bo-sung", chon=ticks, noi_dung="")
    assert empty.status == 422
    assert "Nêu nội dung đề nghị bổ sung" in empty.text
    assert empty.values("chon") == ticks
    desk.post(
        f"{QUEUE}/lam",
        viec="bo-sung",
        chon=ticks,
        diem=["bổ sung số liệu còn thiếu"],
        noi_dung="danh sách các buổi\n- ảnh tại thôn",
    )

    for key in (OF_Y_TY, OF_A_MU_SUNG):
        assert row(site.house, key).work_state == WorkState.MORE_ASKED
        assert history_of(site.house, key)[-1].why == (
            "(1) bổ sung số liệu còn thiếu; (2) danh sách các buổi; (3) ảnh tại thôn (đến hết 21/7/2022)"
        )


def test_one_paper_is_recorded_for_many_and_withdraws_the_red_mark(site: Site) -> None:
    site.clock.at("2022-07-25T09:00")
    desk = site.by_link(BAT_XAT, review=True)
    silent = [k for k in keys(site.house) if k.startswith((f"1.2/{MUONG_VI}", "1.2/x02704-"))]
    ticks = [f"{key}@0" for key in silent]

    unread = desk.post(f"{QUEUE}/lam", viec="ghi-nhan-thay", chon=ticks, so="15/BC-UBND", ngay="31/2/2022")
    assert unread.status == 422
    assert "Ngày văn bản: không đọc được ngày '31/2/2022'" in unread.text
    assert "15/BC-UBND" in unread.values("so")
    tomorrow = desk.post(f"{QUEUE}/lam", viec="ghi-nhan-thay", chon=ticks, so="", ngay="26/7/2022")
    assert tomorrow.status == 422
    assert "Số, ký hiệu: nhập số, ký hiệu của văn bản" in tomorrow.text
    assert "Ngày văn bản 26/7/2022 ở sau ngày ghi nhận 25/7/2022" in tomorrow.text
    done = desk.post(
        f"{QUEUE}/lam",
        viec="ghi-nhan-thay",
        chon=ticks,
        so="15/BC-UBND",
        ngay="13/7/2022",
        nguoi_ky="Chủ tịch UBND xã",
        trich_yeu="Kết quả tuyên truyền",
    )

    assert len(silent) == 2
    assert "Đã ghi nhận văn bản: 02 dòng." in done.text
    for key in silent:
        assert str(row(site.house, key).done_on) == "2022-07-13"
        assert versions_of(site.house, key)[-1].document_id is not None


def test_the_superior_confirms_once_for_many_that_it_is_not_theirs_to_do(site: Site) -> None:
    theirs = [f"5.2/{unit}/once" for unit in communes_of(site.house, BAT_XAT)]
    desk = site.login(Seat.DESK, BAT_XAT)

    desk.post(f"{QUEUE}/lam", viec="khong-thuoc-tham-quyen", chon=[f"{key}@0" for key in theirs])

    assert {row(site.house, key).work_state for key in theirs} == {WorkState.NOT_COMPETENT}
    assert len(theirs) > 20


def test_only_the_focal_agency_cancels_what_was_assigned_by_mistake(site: Site) -> None:
    desk, coordinator = site.login(Seat.DESK, BAT_XAT), site.login(Seat.COORDINATOR)
    given = {"viec": "giao-nham", "chon": [f"{OF_MUONG_VI}@0"], "noi_dung": "giao nhầm đơn vị"}

    assert desk.post(f"{QUEUE}/lam", **given).status == 403
    assert row(site.house, OF_MUONG_VI).work_state == WorkState.OPEN
    assert coordinator.post(f"{QUEUE}/lam", **given).status == 200
    assert row(site.house, OF_MUONG_VI).work_state == WorkState.CANCELLED


@pytest.mark.parametrize("deed", ["tiep-nhan", "bo-sung", "ghi-nhan-thay", "dien-thoai"])
def test_a_district_decides_nothing_for_another_whatever_its_form_names(site: Site, deed: str) -> None:
    elsewhere = site.login(Seat.DESK, SA_PA)
    before = len(history_of(site.house, OF_Y_TY))

    answer = elsewhere.post(
        f"{QUEUE}/lam", viec=deed, chon=[f"{OF_Y_TY}@1"], noi_dung="x", so="1", ngay="2022-07-13"
    )

    assert answer.status == 403
    assert len(history_of(site.house, OF_Y_TY)) == before


def test_a_call_is_logged_for_many_and_moves_nothing(site: Site) -> None:
    desk = site.login(Seat.DESK, BAT_XAT)
    desk.post(
        f"{QUEUE}/lam",
        viec="dien-thoai",
        chon=[f"{OF_MUONG_VI}@0", f"{OF_Y_TY}@1"],
        noi_dung="hứa gửi ngày 20/7",
    )

    for key, state in ((OF_MUONG_VI, WorkState.OPEN), (OF_Y_TY, WorkState.SUBMITTED)):
        assert row(site.house, key).work_state == state
        assert (history_of(site.house, key)[-1].what, history_of(site.house, key)[-1].why) == (
            "call",
            "hứa gửi ngày 20/7",
        )


def test_a_form_that_names_nothing_or_nonsense_changes_nothing_and_says_so(site: Site) -> None:
    desk = site.login(Seat.DESK, BAT_XAT)

    assert "Chưa chọn dòng nào" in desk.post(f"{QUEUE}/chon", viec="tiep-nhan").text
    assert desk.post(f"{QUEUE}/lam", viec="tiep-nhan").status == 422
    assert desk.post(f"{QUEUE}/lam", viec="xoa-het", chon=[f"{OF_Y_TY}@1"]).status == 409
    assert desk.post(f"{QUEUE}/lam", viec="tiep-nhan", chon=["nonsense"]).status == 409
    assert desk.post(f"{QUEUE}/lam", viec="tiep-nhan", chon=["1.2/x00000-2022/once@1"]).status == 409
    assert row(site.house, OF_Y_TY).work_state == WorkState.SUBMITTED


def test_the_look_before_a_deed_sorts_out_what_it_does_not_fit(site: Site) -> None:
    desk = site.login(Seat.DESK, BAT_XAT)

    opens(desk, OF_Y_TY)
    look = desk.post(f"{QUEUE}/chon", viec="tiep-nhan", chon=[f"{OF_Y_TY}@1", f"{OF_MUONG_VI}@0"])

    assert look.values("chon") == [f"{OF_Y_TY}@1"]
    assert "Không áp dụng được (01 dòng)" in look.text


def test_a_review_links_first_page_is_the_queue_with_the_report_it_was_written_for(site: Site) -> None:
    page = site.by_link(BAT_XAT, review=True, obligation=OF_Y_TY).get("/")

    assert page.status == 200
    assert page.links(f"/nhiem-vu/{OF_Y_TY}")
    assert "mở báo cáo, nhiệm vụ nêu trong thư" in page.text


def test_the_workbook_has_all_rows_and_what_units_typed_is_only_text(site: Site) -> None:
    desk = site.login(Seat.DESK, BAT_XAT)

    answer = desk.get(f"{QUEUE}?nhom=all&dang=xlsx")

    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    texts = [cell for line in sheet.iter_rows(min_row=5) for cell in line if cell.value == "=HYPERLINK(1)"]
    total = queue(site.house, BAT_XAT, site.clock(), Filters(group="all")).total
    assert sheet.max_row == 4 + total
    assert [cell.data_type for cell in texts] == ["s"]


def test_pages_are_light_and_ask_the_database_as_often_for_one_row_as_for_many(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    coordinator.get(QUEUE)

    def asked(path: str) -> int:
        with counting(site.house) as statements:
            assert coordinator.get(path).status == 200
        return len(statements)

    few, many = asked(f"{QUEUE}?pham-vi=tinh&q=muong+vi"), asked(f"{QUEUE}?pham-vi=tinh&nhom=all")
    page = coordinator.get(f"{QUEUE}?pham-vi=tinh&nhom=all")

    assert few == many <= 9
    assert len(page.values("chon")) == 25
    assert "trang 1/" in page.text
    second = coordinator.get(page.links("trang=2")[0])
    assert not set(second.values("chon")) & set(page.values("chon"))
    assert int(page.headers["content-length"]) < 100_000
