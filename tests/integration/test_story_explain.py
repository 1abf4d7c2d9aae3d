"""A late unit says why; a desk has telephoned; a guide remarks: nothing moves, all of it is written down."""

from __future__ import annotations

from datetime import date

import pytest

from obligations.errors import Faults, Invalid, Refused
from obligations.model import WorkState
from obligations.reasons import REASON_WORDS, DelayReason
from tasks_lib.answering.explain import Explanation, explain
from tasks_lib.desk.remarks import record_call, remark
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SIGNED,
    SO_NOI_VU,
    history_of,
    leave_only,
    morning,
    notices_of,
    replay,
    reports_in,
    row,
)

KEY = f"1.2/{A_MU_SUNG}/once"
LATE = "2022-07-18"
STAFF = Explanation(reason=DelayReason.STAFF)


def test_a_reason_is_stated_without_handing_in_and_the_ladder_goes_on(any_house: House) -> None:
    leave_only(any_house, KEY)
    replay(any_house, SIGNED, LATE)
    said = Explanation(
        reason=DelayReason.DISASTER,
        note="đường bị sạt lở,\n đã làm 3/5 thôn",
        difficulty="thiếu loa",
        expected_on=date(2022, 7, 22),
    )

    change = explain(any_house, KEY, A_MU_SUNG, morning(LATE), said, person="Vàng Thị Thử")

    text = (
        "thiên tai, dịch bệnh; đường bị sạt lở, đã làm 3/5 thôn; khó khăn, vướng mắc: thiếu loa;"
        " dự kiến hoàn thành ngày 22/7/2022"
    )
    stands = row(any_house, KEY)
    assert (stands.work_state, stands.version, stands.delay_reason) == (WorkState.OPEN, 0, text)
    told = history_of(any_house, KEY)[-1]
    assert (told.id, told.what, told.why, told.person) == (change.history_id, "explain", text, "Vàng Thị Thử")
    replay(any_house, "2022-07-19", "2022-07-21")
    assert [t.step for t in notices_of(any_house, KEY)] == ["-5", "-1", "+2", "+4", "+5"]


def test_it_may_be_said_before_the_last_day_and_corrected(house: House) -> None:
    explain(house, KEY, A_MU_SUNG, morning("2022-07-12"), STAFF)
    explain(house, KEY, A_MU_SUNG, morning("2022-07-13"), Explanation(reason=DelayReason.GUIDANCE))
    assert row(house, KEY).delay_reason == "chờ hướng dẫn"
    assert [h.why for h in history_of(house, KEY) if h.what == "explain"] == ["nhân sự", "chờ hướng dẫn"]


def test_asking_for_a_later_day_is_written_down_and_moves_nothing(house: House) -> None:
    wish = Explanation(reason=DelayReason.STAFF, ask_until=date(2022, 7, 29))
    explain(house, KEY, A_MU_SUNG, morning(LATE), wish)

    assert row(house, KEY).last_day == date(2022, 7, 14)
    asked = [h.why for h in history_of(house, KEY) if h.what == "ask-extension"]
    assert asked == ["đề nghị điều chỉnh thời hạn đến 29/7/2022: nhân sự"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Explanation(reason=DelayReason.OTHER, note="  "), "reason_note"),
        (Explanation(reason=DelayReason.STAFF, expected_on=date(2022, 7, 17)), "expected_on"),
        (Explanation(reason=DelayReason.STAFF, ask_until=date(2022, 7, 14)), "ask_until"),
        (Explanation(reason=DelayReason.STAFF, ask_until=date(2022, 7, 18)), "ask_until"),
    ],
)
def test_what_cannot_be_is_said_with_its_field(house: House, said: Explanation, field: str) -> None:
    with pytest.raises(Faults, match=r"^nhiệm vụ 1\.2: ") as told:
        explain(house, KEY, A_MU_SUNG, morning(LATE), said)
    assert [fault.field for fault in told.value.found] == [field]
    assert row(house, KEY).delay_reason is None


def test_only_the_unit_itself_states_its_reason(house: House) -> None:
    for other in (MUONG_VI, BAT_XAT, SO_NOI_VU):
        with pytest.raises(Refused):
            explain(house, KEY, other, morning(LATE), STAFF)


def test_who_has_reported_has_nothing_to_explain_and_a_row_is_explained_by_its_report(house: House) -> None:
    reports_in(house, KEY, "2022-07-12")
    with pytest.raises(Refused, match="đã báo cáo"):
        explain(house, KEY, A_MU_SUNG, morning(LATE), STAFF)
    with pytest.raises(Refused, match="báo cáo kỳ"):
        explain(house, f"row/1.3/{A_MU_SUNG}/2022-Q3-report", A_MU_SUNG, morning("2022-09-12"), STAFF)


def test_every_reason_has_its_words() -> None:
    assert set(REASON_WORDS) == set(DelayReason)


def test_a_call_is_logged_by_the_desk_or_the_collator(any_house: House) -> None:
    for by in (BAT_XAT, SO_NOI_VU):
        record_call(any_house, KEY, by, morning(LATE), "đồng chí trực hẹn gửi ngày mai", "Hoàng Văn Thử")
    for by in (SA_PA, A_MU_SUNG):
        with pytest.raises(Refused):
            record_call(any_house, KEY, by, morning(LATE), "đã gọi")
    with pytest.raises(Invalid, match="điện thoại"):
        record_call(any_house, KEY, BAT_XAT, morning(LATE), " ")

    calls = [h for h in history_of(any_house, KEY) if h.what == "call"]
    assert [(h.by, h.person, h.why) for h in calls] == [
        (BAT_XAT, "Hoàng Văn Thử", "đồng chí trực hẹn gửi ngày mai"),
        (SO_NOI_VU, "Hoàng Văn Thử", "đồng chí trực hẹn gửi ngày mai"),
    ]
    assert row(any_house, KEY).version == 0


def test_only_a_guide_of_the_item_remarks(any_house: House) -> None:
    key = f"row/3.2/{A_MU_SUNG}/2022-Q3-report"
    guide = "thanh-tra-tinh"
    remark(any_house, key, guide, morning("2022-09-12"), "đề nghị thống kê cả đơn trùng", "Phạm Thử")

    (told,) = [h for h in history_of(any_house, key) if h.what == "remark"]
    assert (told.by, told.person, told.why) == (guide, "Phạm Thử", "đề nghị thống kê cả đơn trùng")
    for by, other in ((guide, KEY), (BAT_XAT, key), (guide, f"report/{A_MU_SUNG}/2022-Q3-report")):
        with pytest.raises(Refused, match="hướng dẫn, theo dõi"):
            remark(any_house, other, by, morning("2022-09-12"), "ý kiến")
    with pytest.raises(Invalid):
        remark(any_house, key, guide, morning("2022-09-12"), "")
