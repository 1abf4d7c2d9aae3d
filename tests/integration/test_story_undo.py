"""A desk takes back an acceptance within ten minutes; nobody is told anything twice."""

from __future__ import annotations

import pytest

from notifications.memory import MemoryTransport
from obligations.errors import Refused
from obligations.model import WorkState
from tasks_lib.answering.submit import Answer
from tasks_lib.desk.review import accept
from tasks_lib.desk.undo import just_accepted, undo_accept
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tests.support.life.letters import letter
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    SA_PA,
    SIGNED,
    SO_NOI_VU,
    Told,
    at,
    every_notice,
    history_of,
    leave_only,
    notices_of,
    replay,
    replay_with_mail,
    reports_in,
    row,
)

KEY = f"1.2/{A_MU_SUNG}/once"
REPORT = f"report/{A_MU_SUNG}/2022-Q3-report"


def desk(moment: str, key: str = KEY, by: str = BAT_XAT, version: int | None = 1) -> Decision:
    return Decision(key=key, by=by, as_of=at(moment), version=version)


def test_within_ten_minutes_the_report_waits_again_as_before(any_house: House) -> None:
    leave_only(any_house, KEY)
    replay(any_house, SIGNED, "2022-07-11")
    reports_in(any_house, KEY, "2022-07-12T09:00")
    before = row(any_house, KEY)
    accept(any_house, desk("2022-07-12T10:00"))
    assert [x.key for x in just_accepted(any_house, BAT_XAT, at("2022-07-12T10:10"))] == [KEY]

    undo_accept(any_house, desk("2022-07-12T10:10"))

    after = row(any_house, KEY)
    assert (after.work_state, after.answer_by, after.done_on) == (
        WorkState.SUBMITTED,
        before.answer_by,
        before.done_on,
    )
    assert [h.what for h in history_of(any_house, KEY)][1:] == ["submit", "accept", "undo-accept"]
    assert not just_accepted(any_house, BAT_XAT, at("2022-07-12T10:10"))
    accept(any_house, desk("2022-07-12T10:11"))
    assert row(any_house, KEY).work_state == WorkState.ACCEPTED


@pytest.mark.parametrize(
    ("decision", "why"),
    [
        (desk("2022-07-12T10:11"), "đã quá 10 phút từ khi tiếp nhận"),
        (desk("2022-07-12T10:05", by=SA_PA), "không phải cơ quan xem xét"),
        (desk("2022-07-12T10:05", version=2), "không còn là mới nhất"),
    ],
)
def test_later_by_another_or_of_another_version_it_stays(house: House, decision: Decision, why: str) -> None:
    leave_only(house, KEY)
    replay(house, SIGNED, "2022-07-11")
    reports_in(house, KEY, "2022-07-12T09:00")
    accept(house, desk("2022-07-12T10:00"))

    with pytest.raises(Refused, match=why):
        undo_accept(house, decision)
    assert row(house, KEY).work_state == WorkState.ACCEPTED


def test_what_was_not_accepted_cannot_be_taken_back(house: House) -> None:
    leave_only(house, KEY)
    replay(house, SIGNED, "2022-07-11")
    reports_in(house, KEY, "2022-07-12T09:00")
    with pytest.raises(Refused, match="không có việc tiếp nhận nào"):
        undo_accept(house, desk("2022-07-12T09:05"))


def test_the_desk_is_not_reminded_twice_of_a_report_it_accepted_and_took_back(any_house: House) -> None:
    """What had left is not told again, what had not yet left is told once, and the ladder goes on."""
    leave_only(any_house, REPORT)
    replay(any_house, SIGNED, "2022-09-12")
    reports_in(any_house, REPORT, "2022-09-13T09:00", Answer(text="Đã thực hiện"))
    first = reviewed(any_house, "2022-09-14", "2022-09-16")
    assert first, "the review has told its first step"
    told_on = first[-1].day
    accept(any_house, desk(f"{told_on}T16:00", REPORT))
    undo_accept(any_house, desk(f"{told_on}T16:05", REPORT))
    assert row(any_house, REPORT).work_state == WorkState.SUBMITTED

    later = reviewed(any_house, "2022-09-19", "2022-09-20")

    assert later[: len(first)] == first
    assert [told.step for told in later] == ["+3", "+5"]


def test_the_mail_that_had_left_does_not_leave_again_and_the_next_leaves_once(
    house: House,
) -> None:
    leave_only(house, REPORT)
    post = MemoryTransport()
    replay_with_mail(house, SIGNED, "2022-09-12", post)
    reports_in(house, REPORT, "2022-09-13T09:00", Answer(text="Đã thực hiện"))
    replay_with_mail(house, "2022-09-14", "2022-09-16", post)
    before = len(post.sent)
    accept(house, desk("2022-09-16T16:00", REPORT))
    undo_accept(house, desk("2022-09-16T16:05", REPORT))

    replay_with_mail(house, "2022-09-17", "2022-09-20", post)

    told = [str(letter(mail.content)["Subject"]) for mail in post.sent[before:]]
    assert told == [  # Monday's line to the desk, and the step after the one that had left
        "[KH 239] 01 báo cáo chờ xác nhận - UBND huyện Bát Xát",
        "[KH 239] Chờ xem xét: báo cáo Quý III của UBND xã A Mú Sung",
    ]
    steps = [(n.step, n.recipient_id) for n in every_notice(house) if n.template == "review"]
    assert steps == [("+3", BAT_XAT), ("+5", SO_NOI_VU)]


def reviewed(house: House, first: str, last: str) -> list[Told]:
    """Live some days; return what the review's ladder has told by then and not taken back."""
    replay(house, first, last)
    return [told for told in notices_of(house, REPORT) if told.day > "2022-09-13"]
