"""The page of one obligation: what stands on it for whom, what can be done there, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import func, select

from obligations.answers import Document
from obligations.model import WorkState
from obligations.rights import Seat
from store.engine import reading
from store.schema import history
from tasks_lib.answering.drafts import Writing, save_draft
from tasks_lib.answering.report_draft import ReportDraft
from tasks_lib.answering.submit import Answer, record_document
from tasks_lib.desk.dossier import dossier
from tasks_lib.desk.review import accept, ask_more
from tasks_lib.duties.change import Decision
from tasks_lib.evidence.looking import Upload
from tasks_lib.kernel.bootstrap import House
from tests.support.life.samples import PDF
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    at,
    communes_of,
    history_of,
    leave_only,
    replay,
    reports_in,
    row,
)
from tests.support.pages.visits import Site, Somebody, counting, visited

KEY = f"1.2/{A_MU_SUNG}/once"
OF_MUONG_VI = f"1.2/{MUONG_VI}/once"
OF_DISTRICT = f"3.1/{BAT_XAT}/once"


def page_of(key: str) -> str:
    return f"/nhiem-vu/{key}"


def figure_keys(house: House, item: str) -> dict[str, object]:
    """An answer to every figure the item asks for."""
    found = house.plan.item(item)
    assert found is not None
    return {f.key: {"percent": "18/21", "yes-no": "có"}.get(f.kind, "7") for f in found.figures}


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    with visited(house, "2022-07-18T09:00") as open_site:
        yield open_site


def asked_and_answered(house: House) -> None:
    """A Mú Sung handed in, was asked for more and handed in again."""
    first = Answer(
        text="Đã tuyên truyền tại 12 thôn",
        figures=figure_keys(house, "1.2"),
        evidence=(Upload(name="biên bản.pdf", content=PDF),),
    )
    reports_in(house, KEY, "2022-07-12T10:00", first)
    asked = Decision(key=KEY, by=BAT_XAT, as_of=at("2022-07-13T08:00"), reason="số thôn", person="Lò A")
    ask_more(house, asked)
    second = Answer(text="Đã tuyên truyền tại 15 thôn", figures=figure_keys(house, "1.2"))
    reports_in(house, KEY, "2022-07-14T08:30", second)


def test_the_page_tells_the_wording_the_report_and_what_changed(site: Site) -> None:
    asked_and_answered(site.house)

    page = site.login(Seat.DESK, BAT_XAT).get(page_of(KEY))

    assert "Nhiệm vụ 1.2 - UBND xã A Mú Sung" in page.text
    assert "Trước ngày 15/7/2022" in page.text
    assert "18/21 (85,7%)" in page.text
    assert "Báo cáo lần 2" in page.text
    assert "<del>12</del><ins>15</ins>" in page.html
    assert "Phòng Nội vụ huyện Bát Xát; hết ngày 21/7/2022 không có ý kiến" in page.text
    assert page.links("/tep/")
    assert "tel:" in page.html


def test_the_timeline_says_who_and_when_in_the_order_of_days(house: House) -> None:
    leave_only(house, KEY)
    replay(house, SIGNED, "2022-07-07")
    asked_and_answered(house)

    with visited(house, "2022-07-18T09:00") as site:
        text = site.login(Seat.COORDINATOR).get(page_of(KEY)).text

    told = text[text.index("Quá trình thực hiện") :]
    lines = [
        "04/7/2022 Hệ thống thông báo nhiệm vụ được giao, gửi UBND xã A Mú Sung",
        "07/7/2022 Hệ thống nhắc việc lần 1, gửi UBND xã A Mú Sung",
        "10:00 ngày 12/7/2022 UBND xã A Mú Sung gửi báo cáo kết quả",
        "08:00 ngày 13/7/2022 UBND huyện Bát Xát (Lò A) đề nghị bổ sung: số thôn (đến hết 18/7/2022)",
        "08:30 ngày 14/7/2022 UBND xã A Mú Sung gửi báo cáo kết quả",
    ]
    assert [told.index(line) for line in lines] == sorted(told.index(line) for line in lines)


def test_reminders_after_the_last_day_are_numbered_apart_and_stand_in_the_annex(house: House) -> None:
    leave_only(house, KEY)
    replay(house, SIGNED, "2022-07-21")

    with visited(house, "2022-07-21T09:00") as site:
        desk = site.login(Seat.DESK, BAT_XAT)
        desk.post(page_of(KEY) + "/dien-thoai", version="0", noi_dung="xã hứa gửi ngày 22/7")
        annex, of_unit = desk.get(page_of(KEY) + "/nhac-viec"), desk.get(f"/nhac-viec/{A_MU_SUNG}")

    for line in (
        "07/7/2022 1.2",
        "nhắc việc lần 2",
        "đôn đốc lần 1",
        "đôn đốc lần 2 Hệ thống UBND huyện Bát Xát",
        "đưa vào bảng tổng hợp của Sở Nội vụ",
        "xã hứa gửi ngày 22/7",
    ):
        assert line in annex.text
        assert line in of_unit.text
    assert "thông báo nhiệm vụ được giao" not in annex.text
    assert (
        "00 lượt thư nhắc việc, đôn đốc của hệ thống đã được máy chủ thư nhận; "
        "05 lượt chưa gửi được, bị trả lại hoặc đang chờ gửi; 01 lần trao đổi điện thoại" in annex.text
    )


def test_a_desk_accepts_and_the_unit_can_do_nothing_more(site: Site) -> None:
    reports_in(site.house, KEY, "2022-07-12")
    reports_in(site.house, OF_MUONG_VI, "2022-07-13")
    desk, unit = site.login(Seat.DESK, BAT_XAT), site.by_link(A_MU_SUNG)

    done = desk.post(page_of(KEY) + "/tiep-nhan", version="1")

    assert "Đã tiếp nhận, xác nhận." in done.text
    assert done.links(page_of(OF_MUONG_VI))  # the next that waits
    assert (history_of(site.house, KEY)[-1].what, history_of(site.house, KEY)[-1].person) == (
        "accept",
        "UBND huyện Bát Xát",
    )
    seen = unit.get(page_of(KEY))
    assert seen.status == 200
    assert "<form" not in seen.html
    assert "Cập nhật kết quả" not in seen.text
    assert unit.post(page_of(KEY) + "/tiep-nhan", version="1").status == 403


def test_a_stale_version_is_refused_with_what_changed_and_what_was_typed(site: Site) -> None:
    asked_and_answered(site.house)
    desk = site.login(Seat.DESK, BAT_XAT)

    refused = desk.post(page_of(KEY) + "/tiep-nhan", version="1", noi_dung="đồng ý")

    assert refused.status == 409
    assert "Phiên bản 1 không còn là mới nhất (hiện là 2); xem lại rồi làm lại" in refused.text
    assert "Thay đổi từ lần báo cáo đã xem (lần 1) đến nay (lần 2)" in refused.text
    assert ">đồng ý</textarea>" in refused.html
    assert row(site.house, KEY).work_state == WorkState.SUBMITTED
    assert "2" in refused.values("version")


def test_what_somebody_else_has_decided_meanwhile_is_said(site: Site) -> None:
    reports_in(site.house, KEY, "2022-07-12")
    desk = site.login(Seat.DESK, BAT_XAT)
    accept(site.house, Decision(key=KEY, by=BAT_XAT, as_of=at("2022-07-18T08:59"), person="Lò B"))

    refused = desk.post(page_of(KEY) + "/bo-sung", version="1", noi_dung="thiếu ảnh")

    assert refused.status == 409
    assert "Không thể đề nghị bổ sung khi đang ở trạng thái 'hoàn thành'" in refused.text
    assert "UBND huyện Bát Xát (Lò B) tiếp nhận, xác nhận" in refused.text


def test_drafts_are_shown_to_nobody_here(site: Site) -> None:
    writing = Writing(
        key=KEY, by=A_MU_SUNG, person="Giàng C", as_of=site.clock(), content=ReportDraft(text="bản nháp kín")
    )
    save_draft(site.house, writing)

    for somebody in (site.login(Seat.DESK, BAT_XAT), site.login(Seat.COORDINATOR), site.by_link(A_MU_SUNG)):
        page = somebody.get(page_of(KEY))
        assert page.status == 200
        assert "bản nháp kín" not in page.html


def test_a_closed_one_is_opened_again_with_a_reason_only(site: Site) -> None:
    reports_in(site.house, KEY, "2022-07-12")
    accept(site.house, Decision(key=KEY, by=BAT_XAT, as_of=at("2022-07-13T09:00")))
    desk = site.login(Seat.DESK, BAT_XAT)

    assert "Nêu lý do mở lại" in desk.post(page_of(KEY) + "/mo-lai", version="1").text
    assert row(site.house, KEY).work_state == WorkState.ACCEPTED
    desk.post(page_of(KEY) + "/mo-lai", version="1", noi_dung="số liệu sai")
    assert row(site.house, KEY).work_state == WorkState.OPEN


def test_a_districts_report_that_waits_for_its_communes_names_them(site: Site) -> None:
    replay(site.house, "2022-07-18", "2022-07-18")

    page = site.login(Seat.COORDINATOR).get(page_of(OF_DISTRICT))

    assert "chờ cấp dưới" in page.text
    assert "Đơn vị cấp dưới chưa báo cáo" in page.text
    assert site.house.agency(A_MU_SUNG).name in page.text


def test_a_paper_shows_its_number_and_is_recorded_in_the_desks_name(site: Site) -> None:
    paper = Document(number="15/BC-UBND", signed_on=date(2022, 7, 13), signer="Lý D", summary="Kết quả 1.2")
    record_document(site.house, (KEY,), BAT_XAT, at("2022-07-18T08:00"), paper, person="Lò A")

    text = site.login(Seat.DESK, BAT_XAT).get(page_of(KEY)).text

    assert "Số 15/BC-UBND ngày 13/7/2022; người ký Lý D; Kết quả 1.2" in text
    assert "UBND huyện Bát Xát (Lò A) ghi nhận thay văn bản, báo cáo của đơn vị" in text
    assert "cập nhật chậm" in text


def test_opening_pages_changes_nothing_but_that_the_desk_has_looked(site: Site) -> None:
    reports_in(site.house, KEY, "2022-07-12")
    desk = site.login(Seat.DESK, BAT_XAT)
    desk.get(page_of(KEY))
    assert history_of(site.house, KEY)[-1].what == "look"

    def written() -> int:
        with reading(site.house.engine) as connection:
            return connection.scalar(select(func.count()).select_from(history)) or 0

    before = written()
    for path in ("/hang-doi", page_of(KEY), page_of(KEY) + "/tiep-nhan", page_of(KEY) + "/nhac-viec"):
        desk.get(path)
    assert written() == before
    assert row(site.house, KEY).work_state == WorkState.SUBMITTED


def asked(somebody: Somebody, house: House, key: str) -> int:
    """How many statements a page takes."""
    with counting(house) as statements:
        assert somebody.get(page_of(key)).status == 200
    return len(statements)


def test_a_long_record_takes_as_many_questions_as_a_short_one(site: Site) -> None:
    desk = site.login(Seat.DESK, BAT_XAT)
    asked_and_answered(site.house)
    reports_in(site.house, OF_MUONG_VI, "2022-07-12")
    for key in (KEY, OF_MUONG_VI):
        desk.get(page_of(key))

    # One of them asks whether a change of tree has come since the day: that of 2025 lies ahead.
    assert asked(desk, site.house, KEY) == asked(desk, site.house, OF_MUONG_VI) <= 13


def test_the_record_reads_the_same_on_both_databases(any_house: House) -> None:
    asked_and_answered(any_house)

    found = dossier(any_house, KEY, at("2022-07-18T09:00"))

    assert [v.number for v in found.versions] == [2, 1]
    assert found.holder == "Phòng Nội vụ huyện Bát Xát"
    assert [f.name for f in found.versions[1].files] == ["biên bản.pdf"]
    changes = found.changes
    assert changes is not None
    assert [(v.name, v.before, v.after) for v in changes.values] == [
        ("Tài liệu kiểm chứng", "biên bản.pdf", "")
    ]
    assert found.since(2) is None
    replay(any_house, "2022-07-18", "2022-07-18")
    missing = dossier(any_house, OF_DISTRICT, at("2022-07-18T09:00")).missing_below
    assert len(missing) == len(communes_of(any_house, BAT_XAT))
