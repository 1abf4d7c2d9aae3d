"""What the law counts from an event: recorded, it opens a task; withdrawn, it is chased no more."""

from datetime import date

import pytest

from notifications.memory import MemoryTransport
from obligations.errors import Invalid, Refused
from tasks_lib.duties.events import Event, record_event, withdraw_event
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SO_NOI_VU,
    Told,
    all_told_of,
    every_notice,
    history_of,
    leave_only,
    morning,
    notices_of,
    replay,
    replay_with_mail,
    reports_in,
    row,
)

LAND_USE = Event(
    item="2.4", agency=BAT_XAT, on=date(2022, 8, 10), title="Quyết định phê duyệt kế hoạch sử dụng đất"
)
KEY = f"2.4/{BAT_XAT}/e-0001"


def test_a_land_use_plan_is_made_public_within_thirty_days(any_house: House) -> None:
    done = record_event(any_house, LAND_USE, BAT_XAT, morning("2022-08-11"))

    assert (done.obligation, done.work_state) == (KEY, "open")
    assert row(any_house, KEY).last_day == date(2022, 9, 9)
    replay(any_house, "2022-08-11", "2022-09-23")
    assert all_told_of(any_house, KEY) == [
        Told("2022-08-11", "opening", "self", BAT_XAT),
        Told("2022-08-31", "-5", "self", BAT_XAT),
        Told("2022-09-08", "-1", "self", BAT_XAT),
        Told("2022-09-13", "+2", "self", BAT_XAT),
        Told("2022-09-15", "+4", "focal", SO_NOI_VU),
        Told("2022-09-23", "list", "focal", SO_NOI_VU),
    ]


def test_an_end_on_a_day_off_rolls_to_the_next_working_day(house: House) -> None:
    """Thirty days after 3/8 is Friday 2/9, Quốc khánh."""
    record_event(
        house,
        Event(item="2.4", agency=BAT_XAT, on=date(2022, 8, 3), title="Quyết định"),
        BAT_XAT,
        morning("2022-08-04"),
    )
    assert row(house, KEY).last_day == date(2022, 9, 5)


def test_the_same_event_twice_is_one_and_the_next_has_its_own_number(any_house: House) -> None:
    first = record_event(any_house, LAND_USE, BAT_XAT, morning("2022-08-11"))
    said = history_of(any_house, KEY)
    again = record_event(any_house, LAND_USE, BAT_XAT, morning("2022-08-12"))
    assert (again, history_of(any_house, KEY)) == (first, said)
    other = Event(item="2.4", agency=BAT_XAT, on=date(2022, 8, 10), title="Quyết định điều chỉnh")
    second = record_event(any_house, other, BAT_XAT, morning("2022-08-12"))

    assert first.obligation == KEY
    assert second.obligation == f"2.4/{BAT_XAT}/e-0002"


def test_withdrawn_nothing_more_is_chased_and_init_does_not_bring_it_back(house: House) -> None:
    leave_only(house)
    record_event(house, LAND_USE, BAT_XAT, morning("2022-08-11"))
    replay(house, "2022-08-11", "2022-08-31")

    done = withdraw_event(house, KEY, BAT_XAT, morning("2022-09-01"), "ghi nhầm ngày")

    assert done.work_state == "cancelled"
    assert [h.what for h in history_of(house, KEY)][-1] == "event-withdraw"
    told = len(every_notice(house))
    initialise(house, morning("2022-09-05"))
    replay(house, "2022-09-05", "2022-09-30")
    assert len(every_notice(house)) == told
    assert row(house, KEY).work_state == "cancelled"


def test_an_event_recorded_late_is_an_outage_not_a_flood(house: House) -> None:
    """Recorded a month after its day: one notice, the highest step due."""
    leave_only(house)
    record_event(house, LAND_USE, BAT_XAT, morning("2022-09-14"))
    post = MemoryTransport()

    replay_with_mail(house, "2022-09-14", "2022-09-14", post)

    (told,) = all_told_of(house, KEY)
    assert told.step == "+2"
    assert len(post.sent) == 1


def test_it_is_answered_like_any_task(house: House) -> None:
    record_event(house, LAND_USE, BAT_XAT, morning("2022-08-11"))
    replay(house, "2022-08-11", "2022-08-19")

    assert reports_in(house, KEY, "2022-08-22").work_state == "submitted"
    replay(house, "2022-08-22", "2022-09-15")
    assert notices_of(house, KEY) == []


def test_who_may_record_and_for_whom(house: House) -> None:
    when = morning("2022-08-11")
    commune = Event(item="2.5", agency=A_MU_SUNG, on=date(2022, 8, 10), title="Phương án bồi thường")
    foreign = Event(item="4.5", agency=BAT_XAT, on=date(2022, 8, 10), title="Kết luận thanh tra")
    dated = Event(item="1.2", agency=A_MU_SUNG, on=date(2022, 8, 10), title="Hội nghị")
    with pytest.raises(Refused):
        record_event(house, LAND_USE, SA_PA, when)
    with pytest.raises(Refused):
        record_event(house, commune, MUONG_VI, when)
    with pytest.raises(Invalid, match="không chủ trì"):
        record_event(house, foreign, BAT_XAT, when)
    with pytest.raises(Invalid, match="không thực hiện 'Theo quy định'"):
        record_event(house, dated, A_MU_SUNG, when)
    record_event(house, LAND_USE, BAT_XAT, when)
    with pytest.raises(Refused):
        withdraw_event(house, KEY, SA_PA, when, "của huyện khác")


def test_an_inspections_conclusion_is_made_public_within_ten_days(house: House) -> None:
    conclusion = Event(item="4.5", agency="so-tai-chinh", on=date(2022, 8, 10), title="Kết luận số 5")
    done = record_event(house, conclusion, "so-tai-chinh", morning("2022-08-10"))
    # 20/8 is a Saturday.
    assert row(house, done.obligation).last_day == date(2022, 8, 22)
