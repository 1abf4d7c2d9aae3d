"""Inside a unit: drafts, an officer with an inner day, a leader who approves or asks for changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from obligations.errors import Invalid, Refused
from obligations.model import Contact, WorkState
from tasks_lib.answering.drafts import Decision, Writing, approve, give_back, present, save_draft
from tasks_lib.answering.report_draft import ReportDraft
from tasks_lib.duties.events import Event, record_event
from tasks_lib.kernel.bootstrap import House
from tests.support.life.letters import messages_to
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    at,
    history_of,
    replay,
    reports_in,
    row,
    versions_of,
)
from tests.support.pages.unit import draft_of, names

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
