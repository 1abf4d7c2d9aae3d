"""A unit takes back what it has sent until its desk has looked at it; the duty stands as if not sent."""

from __future__ import annotations

from datetime import date

import pytest

from obligations.answers import Document
from obligations.errors import Refused
from obligations.model import TimeState, WorkState
from tasks_lib.answering.submit import Answer, record_document, submit
from tasks_lib.answering.take_back import look_at, take_back
from tasks_lib.desk.dossier import dossier
from tasks_lib.desk.review import accept, ask_more
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    at,
    complete,
    history_of,
    leave_only,
    morning,
    notices_of,
    replay,
    reports_in,
    row,
    versions_of,
)

KEY = f"1.2/{A_MU_SUNG}/once"
REPORT = f"report/{A_MU_SUNG}/2022-Q3-report"
ROW = f"row/1.3/{A_MU_SUNG}/2022-Q3-report"


def _takes(moment: str, key: str = KEY, by: str = A_MU_SUNG, version: int | None = None) -> Decision:
    return Decision(key=key, by=by, as_of=at(moment), reason="nhầm số liệu", version=version)


def _stands(house: House, day: str) -> TimeState:
    return dossier(house, KEY, morning(day)).stands


def test_what_was_taken_back_stands_as_if_not_sent_and_the_ladder_goes_on(any_house: House) -> None:
    leave_only(any_house, KEY)
    replay(any_house, SIGNED, "2022-07-08")
    reports_in(any_house, KEY, "2022-07-11T09:00")

    done = take_back(any_house, _takes("2022-07-11T10:00", version=1))
    replay(any_house, "2022-07-12", "2022-07-18")

    assert (done.work_state, done.version) == (WorkState.OPEN, 1)
    stored = row(any_house, KEY)
    assert (stored.done_on, stored.answer_by, stored.updated_late) == (None, None, False)
    assert [n.step for n in notices_of(any_house, KEY)] == ["-5", "-1", "+2"]
    assert _stands(any_house, "2022-07-18") is TimeState.OVERDUE
    submit(any_house, KEY, A_MU_SUNG, at("2022-07-18T10:00"), complete(any_house, KEY), 1)
    assert [v.version for v in versions_of(any_house, KEY)] == [1, 2]
    assert [h.what for h in history_of(any_house, KEY)][1:] == ["submit", "take-back", "submit"]


def test_taken_back_after_the_day_it_is_chased_again(house: House) -> None:
    leave_only(house, KEY)
    replay(house, SIGNED, "2022-07-18")
    reports_in(house, KEY, "2022-07-18T09:00")
    take_back(house, _takes("2022-07-18T10:00"))

    replay(house, "2022-07-19", "2022-08-05")

    told = [(n.step, n.role) for n in notices_of(house, KEY)]
    assert ("+5", "focal") in told
    assert told.count(("+2", "self")) == 1  # no new ladder: what those above hear is not put off


@pytest.mark.parametrize("answer", ["look", "accept", "ask-more"])
def test_once_the_desk_has_looked_it_stays(any_house: House, answer: str) -> None:
    leave_only(any_house, KEY)
    reports_in(any_house, KEY, "2022-07-11T09:00")
    decided = Decision(key=KEY, by=BAT_XAT, as_of=at("2022-07-11T10:00"), reason="ghi rõ số thôn")
    if answer == "look":
        look_at(any_house, row(any_house, KEY), BAT_XAT, at("2022-07-11T10:00"), "Lò Thị Thử")
    else:
        (accept if answer == "accept" else ask_more)(any_house, decided)

    with pytest.raises(Refused, match="đã mở xem" if answer == "look" else "không có báo cáo nào đang chờ"):
        take_back(any_house, _takes("2022-07-11T11:00"))
    assert row(any_house, KEY).done_on == date(2022, 7, 11)


def test_a_newer_version_is_new_to_the_desk_and_an_old_one_is_not_taken_back(house: House) -> None:
    leave_only(house, KEY)
    reports_in(house, KEY, "2022-07-11T09:00")
    look_at(house, row(house, KEY), BAT_XAT, at("2022-07-11T10:00"), "Lò Thị Thử")
    asks = Decision(key=KEY, by=BAT_XAT, as_of=at("2022-07-12T10:00"), reason="ghi rõ số thôn")
    ask_more(house, asks)
    reports_in(house, KEY, "2022-07-13T09:00")

    with pytest.raises(Refused, match="phiên bản 1 không còn là mới nhất"):
        take_back(house, _takes("2022-07-13T10:00", version=1))
    take_back(house, _takes("2022-07-13T10:00", version=2))

    stored = row(house, KEY)
    assert (stored.work_state, stored.done_on) == (WorkState.MORE_ASKED, date(2022, 7, 11))
    assert stored.answer_by == date(2022, 7, 15)
    reports_in(house, KEY, "2022-07-14T09:00")
    with pytest.raises(Refused, match="thời hạn bổ sung đã hết ngày 15/7/2022"):
        take_back(house, _takes("2022-07-18T10:00"))


def test_nobody_takes_back_for_another_nor_what_the_desk_has_entered(house: House) -> None:
    leave_only(house, KEY)
    reports_in(house, KEY, "2022-07-11T09:00")
    for other in (MUONG_VI, BAT_XAT):
        with pytest.raises(Refused, match=r"UBND .* không được báo cáo thay UBND xã"):
            take_back(house, _takes("2022-07-11T10:00", by=other))
    take_back(house, _takes("2022-07-11T10:00"))
    paper = Document(number="15/BC-UBND", signed_on=date(2022, 7, 11))
    record_document(house, (KEY,), BAT_XAT, at("2022-07-12T09:00"), paper)

    with pytest.raises(Refused, match="do nơi xem xét ghi nhận thay"):
        take_back(house, _takes("2022-07-12T10:00"))


def test_a_cycle_report_takes_its_rows_along(any_house: House) -> None:
    leave_only(any_house, REPORT, ROW)
    submit(any_house, REPORT, A_MU_SUNG, morning("2022-09-08"), Answer(text="x", without="thử"))
    assert row(any_house, ROW).work_state == WorkState.SUBMITTED

    take_back(any_house, _takes("2022-09-08T10:00", REPORT))

    for key in (REPORT, ROW):
        stored = row(any_house, key)
        assert (stored.work_state, stored.done_on) == (WorkState.OPEN, None)
    replay(any_house, "2022-09-09", "2022-09-14")
    assert [n.step for n in notices_of(any_house, REPORT)] == ["-1", "+1", "+2", "+3"]
