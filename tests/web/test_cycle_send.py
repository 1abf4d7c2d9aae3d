"""A cycle report is looked over and handed in once; a district names who is missing (cases 15, 18, 19)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit

import docx
import pytest

from obligations.errors import Refused
from obligations.model import Contact, WorkState
from obligations.rights import Seat
from store.engine import reading, writing
from store.schema import obligations
from tasks_lib.answering.cycle_draft import Sending, hand_in
from tasks_lib.answering.cycle_page import cycle_page
from tasks_lib.answering.drafts import Decision, approve
from tasks_lib.answering.submit import Answer
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.reach import import_contacts
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SO_NOI_VU,
    Y_TY,
    history_of,
    keys,
    leave_only,
    morning,
    reports_in,
    row,
    versions_of,
)
from tests.support.pages.cycle import hands_in, report_of, reported, row_of, small_province
from tests.support.pages.forms import form_of
from tests.support.pages.unit import drafts_of
from tests.support.pages.visits import Site, Somebody, visited

COMMUNE, DISTRICT, SYNTHESIS = (report_of(a) for a in (MUONG_VI, BAT_XAT, SO_NOI_VU))


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    small_province(house)
    reported(house)
    with visited(house, "2022-09-12T09:00") as open_site:
        yield open_site


def _fills(who: Somebody, key: str, **typed: str) -> None:
    """Fill the events, type what is given and go on to the review."""
    form = form_of(who.get(f"/ky/{key}").html, f"/ky/{key}")
    events = {name: "0" for name in form if name.startswith("fig:") and name.endswith(":events")}
    who.send(f"/ky/{key}", {**form, **events, **typed, "xem": "1"})


def test_handing_in_answers_all_rows_at_once_and_no_event_is_an_answer(any_house: House) -> None:
    small_province(any_house)
    reported(any_house)
    with visited(any_house, "2022-09-12T09:00") as site:
        _hands_in_all(site)


def _hands_in_all(site: Site) -> None:
    clerk = site.by_link(MUONG_VI)
    _fills(clerk, COMMUNE, text="Đã chỉ đạo", **{f"text:{row_of('4.1', MUONG_VI)}": "Đã niêm yết"})
    review = clerk.get(f"/ky/{COMMUNE}/gui")
    assert "UBND xã Mường Vi gửi UBND huyện Bát Xát (Phòng Nội vụ huyện Bát Xát)" in review.text
    assert "trước khi hết thứ Hai, ngày 19/9/2022" in review.text
    assert "Dòng để trống: 1.3 , 2.1 , 2.2" in review.text
    assert "Không phát sinh trong kỳ: nhiệm vụ 2.4 , 2.5 ." in review.text
    assert review.html.count('<td data-head="Nhiệm vụ">') == 1

    sent = clerk.send(
        f"/ky/{COMMUNE}/gui",
        {**form_of(review.html, "/gui"), "drafted_by": "Lù A Sử", "approved_by": "Vàng Thị Mỷ", "gui": "1"},
    )

    assert sent.address.endswith("/xong")
    assert "đã gửi lúc 09:00 ngày 12/9/2022" in sent.text
    assert f'data-sent="ky:{COMMUNE}"' in sent.html
    rows = keys(site.house, obligations.c.parent_id == row(site.house, COMMUNE).id)
    assert len(rows) == 19
    assert {row(site.house, key).work_state for key in rows} == {WorkState.SUBMITTED}
    assert versions_of(site.house, row_of("2.5", MUONG_VI))[0].figures["events"] == 0
    assert "người soạn Lù A Sử; người duyệt Vàng Thị Mỷ" in history_of(site.house, COMMUNE)[-1].why
    (stored,) = versions_of(site.house, COMMUNE)
    assert (stored.text, stored.drafted_by, stored.approved_by) == ("Đã chỉ đạo", "Lù A Sử", "Vàng Thị Mỷ")


def test_events_have_to_be_told_before_it_leaves(site: Site) -> None:
    clerk = site.by_link(MUONG_VI)
    form = form_of(clerk.get(f"/ky/{COMMUNE}").html, f"/ky/{COMMUNE}")
    review = clerk.send(f"/ky/{COMMUNE}", {**form, "text": "Báo cáo", "xem": "1"})
    wanting = "Nhập số lần phát sinh trong kỳ (0 nếu không phát sinh) (bắt buộc) : nhiệm vụ 2.4 , 2.5 ."
    assert wanting in review.text
    assert len(review.links("#dong-")) == 19 + 2

    refused = clerk.send(
        f"/ky/{COMMUNE}/gui", {**form_of(review.html, "/gui"), "approved_by": "Chủ tịch", "gui": "1"}
    )

    assert refused.status == 409
    assert "Nhập số lần phát sinh trong kỳ (0 nếu không phát sinh) của nhiệm vụ 2.4, 2.5" in refused.text
    assert form_of(refused.html, "/gui")["approved_by"] == ["Chủ tịch"]
    assert row(site.house, COMMUNE).work_state == WorkState.OPEN


def test_a_district_names_who_is_missing_or_it_does_not_leave(site: Site) -> None:
    desk = site.login(Seat.DESK, BAT_XAT)
    shown = desk.get(f"/ky/{DISTRICT}")
    assert "02/03 xã đã báo cáo; chưa báo cáo: UBND xã Mường Vi" in shown.text
    proposed = form_of(shown.html, f"/ky/{DISTRICT}")[f"text:{row_of('4.1', BAT_XAT)}"]
    assert "02/03 xã đã báo cáo" in proposed[0]
    assert "18/21 (85,7%)" in proposed[0]
    _fills(desk, DISTRICT, text="Đã chỉ đạo các xã")
    review = desk.get(f"/ky/{DISTRICT}/gui")
    fields = form_of(review.html, "/gui")
    assert "01 đơn vị chưa báo cáo: UBND xã Mường Vi" in review.text

    refused = desk.send(f"/ky/{DISTRICT}/gui", {**fields, "gui": "1"})
    assert refused.status == 409
    assert "Còn 01 đơn vị chưa báo cáo: UBND xã Mường Vi" in refused.text
    assert "--missing" not in refused.text
    assert row(site.house, DISTRICT).version == 0

    sent = desk.send(f"/ky/{DISTRICT}/gui", {**fields, "da-neu-ten": "1", "gui": "1"})
    assert "Đã nêu tên đơn vị chưa báo cáo: UBND xã Mường Vi" in sent.text
    assert versions_of(site.house, DISTRICT)[0].missing == [MUONG_VI]
    assert "02/03 xã" in versions_of(site.house, row_of("4.1", BAT_XAT))[0].text


def test_who_reports_between_looking_and_sending_is_not_missing_and_who_is_reopened_is(site: Site) -> None:
    desk = site.login(Seat.DESK, BAT_XAT)
    _fills(desk, DISTRICT, text="Đã chỉ đạo")
    fields = form_of(desk.get(f"/ky/{DISTRICT}/gui").html, "/gui")
    hands_in(site.house, MUONG_VI, "2022-09-12", {"2.4": {"events": 0}})
    site.clock.at("2022-09-12T10:00")

    desk.send(f"/ky/{DISTRICT}/gui", {**fields, "da-neu-ten": "1", "gui": "1"})

    assert versions_of(site.house, DISTRICT)[0].missing == []


def test_what_somebody_saved_meanwhile_is_not_sent_unseen(site: Site) -> None:
    first, second = site.by_link(MUONG_VI), site.login(Seat.OFFICER, MUONG_VI)
    _fills(first, COMMUNE, text="bản thứ nhất")
    fields = form_of(first.get(f"/ky/{COMMUNE}/gui").html, "/gui")
    _fills(second, COMMUNE, text="bản thứ hai")

    refused = first.send(f"/ky/{COMMUNE}/gui", {**fields, "gui": "1"})

    assert refused.status == 409
    assert "Nội dung vừa được sửa từ nơi khác" in refused.text
    assert "bản thứ hai" in refused.text
    assert row(site.house, COMMUNE).work_state == WorkState.OPEN


def test_nothing_saved_is_nothing_to_send(house: House) -> None:
    small_province(house)
    page = cycle_page(house, COMMUNE, morning("2022-09-08"))
    sending = Sending(by=MUONG_VI, person="Văn thư", as_of=morning("2022-09-08"), version=0)
    with pytest.raises(Refused, match="chưa lưu dòng nào"):
        hand_in(house, page, sending)


def test_it_is_presented_to_the_leader_and_leaves_when_it_is_approved(site: Site) -> None:
    leader = Contact(role="leader", name="Vàng Thị Mỷ", address="chu-tich@muong-vi.example")
    with writing(site.house.engine) as connection:
        import_contacts(connection, {MUONG_VI: (leader,)}, site.house.configuration.agencies, site.house.plan)
    clerk = site.by_link(MUONG_VI)
    _fills(clerk, COMMUNE, text="Đã chỉ đạo")
    fields = form_of(clerk.get(f"/ky/{COMMUNE}/gui").html, "/gui")

    told = clerk.send(f"/ky/{COMMUNE}/gui", {**fields, "trinh": "1", "note": "kính trình"})

    assert "Đã trình lãnh đạo" in told.text
    assert "Đang chờ Vàng Thị Mỷ duyệt" in told.text
    assert row(site.house, COMMUNE).work_state == WorkState.OPEN
    with reading(site.house.engine) as connection:
        draft = drafts_of(connection, site.house.plan.key, [COMMUNE])[COMMUNE]
    decision = Decision(
        key=COMMUNE, by=MUONG_VI, person="Vàng Thị Mỷ", as_of=morning("2022-09-13"), version=draft.version
    )
    approve(site.house, decision)
    assert row(site.house, row_of("4.1", MUONG_VI)).work_state == WorkState.SUBMITTED
    (stored,) = versions_of(site.house, COMMUNE)
    assert (stored.drafted_by, stored.approved_by) == ("UBND xã Mường Vi", "Vàng Thị Mỷ")


def test_a_districts_3_1_has_the_same_form_with_its_communes_beside_it(house: House) -> None:
    ours, below = f"3.1/{BAT_XAT}/once", [f"3.1/{a}/once" for a in (A_MU_SUNG, Y_TY)]
    leave_only(house, ours, *below)
    reports_in(house, below[0], "2022-07-25", Answer(text="Đã đối thoại", figures={"a": 2, "c": "5/6"}))
    with visited(house, "2022-07-27T09:00") as site:
        desk = site.by_link(BAT_XAT)
        shown = desk.get(f"/bao-cao-huyen/{ours}")
        assert "01/02 xã đã báo cáo; chưa báo cáo: UBND xã Y Tý" in shown.text
        form = form_of(shown.html, f"/bao-cao-huyen/{ours}")
        assert "5/6 (83,3%)" in form[f"text:{ours}"][0]
        typed = {f"text:{ours}": "Huyện đã đối thoại", f"fig:{ours}:a": "1", "completed_on": "2022-07-26"}
        review = desk.send(f"/bao-cao-huyen/{ours}", {**form, **typed, "xem": "1"})
        fields = form_of(review.html, "/gui")
        assert desk.send(f"/bao-cao-huyen/{ours}/gui", {**fields, "gui": "1"}).status == 409
        sent = desk.send(f"/bao-cao-huyen/{ours}/gui", {**fields, "da-neu-ten": "1", "gui": "1"})
        assert sent.status == 200
        assert desk.get(f"/ky/{ours}").status == 404
    (stored,) = versions_of(house, ours)
    assert (stored.text, stored.figures, stored.missing) == ("Huyện đã đối thoại", {"a": 1}, [Y_TY])
    assert str(stored.completed_on) == "2022-07-26"


def test_the_synthesis_is_drafted_as_an_official_report_with_annexes_by_unit(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    _fills(coordinator, SYNTHESIS, text="Đã ban hành văn bản đôn đốc.", difficulty="Một số xã chậm.")

    given = coordinator.get(f"/ky/{SYNTHESIS}/du-thao")

    assert urlsplit(given.address).path.endswith("/du-thao")
    assert "attachment" in given.headers["content-disposition"]
    report = docx.Document(BytesIO(given.content))
    body = "\n".join(paragraph.text for paragraph in report.paragraphs)
    for said in (
        "BÁO CÁO",
        "Kính gửi: Ủy ban nhân dân tỉnh Lào Cai.",
        "Kết quả thực hiện Kế hoạch số 239/KH-UBND ngày 30/6/2022 Quý III năm 2022",
        "I. Công tác lãnh đạo, chỉ đạo",
        "Đã ban hành văn bản đôn đốc.",
        "II. Kết quả thực hiện 8 Chỉ số nội dung",
        "- Nhiệm vụ 4.1 (chủ trì)",
        "18/21 (85,7%)",
        "III. Đánh giá chung",
        "Một số xã chậm.",
        "Chưa báo cáo: UBND huyện Bát Xát và Sở Tư pháp.",
        "IV. Nhiệm vụ trọng tâm kỳ tới",
        "V. Kiến nghị, đề xuất",
        "./.",
        "Số liệu chốt đến ngày 15/9/2022.",
        "chưa đến hạn khi báo cáo: 4.6, 5.1, 5.2, 5.3, 6.2, 6.4 (29/9/2022); 3.5, III.3.b (30/9/2022).",
    ):
        assert said in body, said
    cells = [[cell.text for cell in line.cells] for table in report.tables for line in table.rows]
    assert ["1", "UBND huyện Bát Xát", "18/21 (85,7%)", "18/21 (85,7%)", ""] in cells
    assert row(site.house, SYNTHESIS).version == 0


def test_of_what_a_district_reports_for_itself_alone_there_is_no_such_draft(site: Site) -> None:
    refused = site.by_link(BAT_XAT).get(f"/bao-cao-huyen/3.1/{BAT_XAT}/once/du-thao")
    assert refused.status == 404
