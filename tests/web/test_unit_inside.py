"""Inside a unit: drafts, an officer with an inner day, a leader who approves or asks for changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from obligations.errors import Invalid, Refused
from obligations.model import Contact, WorkState
from obligations.rights import Seat
from tasks_lib.answering.assign import Passing, pass_on
from tasks_lib.answering.drafts import Decision, Writing, approve, give_back, present, save_draft
from tasks_lib.answering.report_draft import ReportDraft
from tasks_lib.duties.events import Event, record_event
from tasks_lib.kernel.bootstrap import House
from tests.support.life.samples import PDF
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    at,
    history_of,
    messages_to,
    replay,
    reports_in,
    row,
    versions_of,
)
from tests.support.pages.unit import (
    FORM,
    draft_of,
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


def writes(
    content: dict[str, object], moment: str = "2022-07-08T10:00", version: int | None = None
) -> Writing:
    return Writing(
        key=KEY,
        by=A_MU_SUNG,
        person="Vàng A Páo",
        as_of=at(moment),
        content=ReportDraft.model_validate(content),
        version=version,
    )


def decides(version: int, moment: str = "2022-07-08T15:00") -> Decision:
    return Decision(key=KEY, by=A_MU_SUNG, person="Lò Văn Sơn", as_of=at(moment), version=version)


@pytest.fixture
def unit(any_house: House) -> House:
    replay(any_house, SIGNED, "2022-07-01")
    names(any_house, A_MU_SUNG, "2022-07-05T09:00", *PEOPLE)
    return any_house


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    two_communes(house)
    replay(house, SIGNED, "2022-07-08")
    names(house, A_MU_SUNG, "2022-07-05T09:00", *PEOPLE)
    with visited(house, "2022-07-08T09:00") as open_site:
        yield open_site


def test_a_draft_has_one_newest_version(unit: House) -> None:
    first = save_draft(unit, writes({"text": "Một"}, version=0))
    second = save_draft(unit, writes({"text": "Hai"}, version=first))

    assert (first, second) == (1, 2)
    with pytest.raises(Refused, match="vừa được sửa từ nơi khác"):
        save_draft(unit, writes({"text": "Từ máy khác"}, version=first))
    kept = draft_of(unit, KEY)
    assert kept is not None
    assert kept.content["text"] == "Hai"
    assert row(unit, KEY).work_state == WorkState.OPEN


def test_presented_approved_and_in_the_history(unit: House) -> None:
    content = {"text": "Đã tuyên truyền", "figures": {"a": "12", "c": "18/21"}}
    present(unit, [writes(content, version=0)], LEADER, "Kính trình")

    change = approve(unit, decides(1))

    assert change.work_state == WorkState.SUBMITTED
    (version,) = versions_of(unit, KEY)
    assert (version.drafted_by, version.approved_by) == ("Vàng A Páo", "Lò Văn Sơn")
    assert version.figures == {"a": 12, "c": [18, 21]}
    assert history_of(unit, KEY)[-1].person == "Lò Văn Sơn"
    with pytest.raises(Refused, match="không có dự thảo nào đang chờ duyệt"):
        approve(unit, decides(1))


def test_what_cannot_be_handed_in_is_not_presented(unit: House) -> None:
    with pytest.raises(Invalid, match="ví dụ 18/7/2022"):
        present(unit, [writes({"completed_on": "hôm kia"})], LEADER)
    with pytest.raises(Invalid, match="báo cáo còn để trống: nhập ít nhất một số liệu"):
        present(unit, [writes({"text": "đã làm"})], LEADER)
    with pytest.raises(Refused, match="không nhận trả lời 'không phát sinh'"):
        present(unit, [writes({"nothing": True})], LEADER)
    with pytest.raises(Invalid, match="danh sách đầu mối"):
        present(unit, [writes({"text": "x"})], "ai-do@noi-khac.example")

    assert draft_of(unit, KEY) is None
    told = messages_to(unit, A_MU_SUNG)
    assert [m.subject for m in told] == ["[KH 239] Đầu mối đã thay đổi - UBND xã A Mú Sung"]


def test_nothing_arose_is_approved_as_that_answer(unit: House) -> None:
    names(unit, BAT_XAT, "2022-07-05T09:00", Contact(role="leader", name="Lò Văn Sơn", address=LEADER))
    event = Event(item="2.4", agency=BAT_XAT, on=date(2022, 7, 4), title="Kế hoạch sử dụng đất năm 2023")
    key = record_event(unit, event, BAT_XAT, at("2022-07-05T10:00")).obligation
    said = writes({"nothing": True, "text": "Không có nội dung phát sinh"})
    present(unit, [replace(said, key=key, by=BAT_XAT)], LEADER)

    change = approve(unit, replace(decides(1), key=key, by=BAT_XAT))

    assert change.work_state == WorkState.NOTHING_AROSE
    assert "người soạn Vàng A Páo; người duyệt Lò Văn Sơn" in history_of(unit, key)[-1].why


def test_a_reason_alone_is_nothing_to_approve(house: House) -> None:
    names(house, A_MU_SUNG, "2022-07-05T09:00", *PEOPLE)

    with pytest.raises(Invalid, match="chưa nhập kết quả để trình"):
        present(house, [writes({"reason": "staff"})], LEADER)
    with pytest.raises(Invalid, match="đã chọn 'Không phát sinh'"):
        present(house, [writes({"nothing": True, "figures": {"a": "3"}})], LEADER)

    assert draft_of(house, KEY) is None


def test_a_draft_changed_meanwhile_is_not_approved(unit: House) -> None:
    present(unit, [writes({"text": "Một", "without": "ký sau"})], LEADER)
    save_draft(unit, writes({"text": "Hai"}, "2022-07-08T11:00"))

    with pytest.raises(Refused, match="không có dự thảo nào đang chờ duyệt"):
        approve(unit, decides(1))
    present(unit, [writes({"text": "Ba", "figures": {"a": "3"}}, "2022-07-08T12:00")], LEADER)
    with pytest.raises(Refused, match="vừa được sửa từ nơi khác"):
        approve(unit, decides(1))

    assert row(unit, KEY).work_state == WorkState.OPEN


def test_a_draft_is_spent_when_a_report_has_come_in_another_way(unit: House) -> None:
    present(unit, [writes({"text": "Một", "without": "ký sau"})], LEADER)
    reports_in(unit, KEY, "2022-07-08T11:00")

    with pytest.raises(Refused, match="không có dự thảo nào đang chờ duyệt"):
        approve(unit, decides(1))
    with pytest.raises(Refused, match="đã báo cáo"):
        save_draft(unit, writes({"text": "Muộn"}, "2022-07-08T12:00"))


def test_nobody_outside_writes_or_decides(unit: House) -> None:
    present(unit, [writes({"text": "Một", "without": "ký sau"})], LEADER)
    theirs = Writing(
        key=KEY,
        by=MUONG_VI,
        person="x",
        as_of=at("2022-07-08T10:00"),
        content=ReportDraft(text="Của xã khác"),
    )
    with pytest.raises(Refused, match="không được báo cáo thay"):
        save_draft(unit, theirs)
    above = Decision(key=KEY, by=BAT_XAT, person="x", as_of=at("2022-07-08T15:00"), version=1)
    with pytest.raises(Refused, match="không được báo cáo thay"):
        approve(unit, above)
    with pytest.raises(Invalid, match="nêu nội dung đề nghị sửa"):
        give_back(unit, decides(1), "  ")


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
