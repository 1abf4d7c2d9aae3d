"""A flooded district is left in peace; afterwards the ladder goes on, and lateness is excused."""

from datetime import date

import pytest

from notifications.memory import MemoryTransport
from obligations.errors import Invalid, Refused
from tasks_lib.bootstrap import House
from tasks_lib.usecases.move_day import Pause, pause
from tests.support.stories import (
    A_MU_SUNG,
    BAT_XAT,
    SA_PA,
    SIGNED,
    SO_NOI_VU,
    Told,
    every_notice,
    history_of,
    leave_only,
    morning,
    notices_of,
    replay,
    replay_with_mail,
    row,
    text_of,
)

FLOOD = Pause(place=BAT_XAT, from_day=date(2022, 8, 10), to_day=date(2022, 8, 17), reason="mưa lũ")


def test_no_notice_during_the_pause_and_the_highest_step_after_it(any_house: House) -> None:
    key = f"3.1/{BAT_XAT}/once"
    pause(any_house, FLOOD, SO_NOI_VU, morning("2022-08-09"))

    replay(any_house, "2022-07-15", "2022-08-19")

    during = [n for n in every_notice(any_house) if FLOOD.from_day <= n.recorded_on <= FLOOD.to_day]
    below = {BAT_XAT} | {a.id for a in any_house.configuration.agencies.values() if a.superior == BAT_XAT}
    assert during  # the rest of the province is chased as ever
    assert [n.key for n in during if n.agency_id in below] == []
    assert row(any_house, key).last_day == date(2022, 7, 29)
    # The tenth working day is 12/8; the first working day after the pause is Thursday 18/8.
    assert [(t.day, t.step) for t in notices_of(any_house, key)][-2:] == [
        ("2022-08-04", "+4"),
        ("2022-08-18", "list"),
    ]


def test_after_it_the_steps_kept_back_go_in_turn_the_unit_s_first(any_house: House) -> None:
    """Item 1.2's day would be 14/7: pause across −1, +2 and +4; nobody above hears before the commune."""
    key = f"1.2/{A_MU_SUNG}/once"
    flood = Pause(place=BAT_XAT, from_day=date(2022, 7, 12), to_day=date(2022, 7, 20), reason="mưa lũ")
    pause(any_house, flood, BAT_XAT, morning("2022-07-11"))

    replay(any_house, SIGNED, "2022-07-28")

    assert notices_of(any_house, key) == [
        Told("2022-07-07", "-5", "self", A_MU_SUNG),
        Told("2022-07-21", "+2", "self", A_MU_SUNG),
        Told("2022-07-22", "+4", "superior", BAT_XAT),
        Told("2022-07-25", "+5", "focal", SO_NOI_VU),
        Told("2022-07-28", "list", "focal", SO_NOI_VU),
    ]
    assert row(any_house, key).last_day == date(2022, 7, 14)


def test_a_pause_that_ends_before_a_weekend_fires_on_monday(house: House) -> None:
    key = f"1.2/{A_MU_SUNG}/once"
    flood = Pause(place=BAT_XAT, from_day=date(2022, 7, 12), to_day=date(2022, 7, 15), reason="mưa lũ")
    pause(house, flood, BAT_XAT, morning("2022-07-11"))

    replay(house, SIGNED, "2022-07-20")

    # −1 (13/7) lies in the pause, +2 falls on Monday itself: the higher one fires; +4 keeps its day.
    assert [(t.day, t.step) for t in notices_of(house, key)] == [
        ("2022-07-07", "-5"),
        ("2022-07-18", "+2"),
        ("2022-07-20", "+4"),
    ]


def test_a_chain_stopped_by_a_pause_resumes_for_every_step_that_follows(house: House) -> None:
    key = f"3.5/{BAT_XAT}/2022-Q3"
    leave_only(house, key)
    flood = Pause(place=BAT_XAT, from_day=date(2022, 9, 22), to_day=date(2022, 9, 28), reason="mưa lũ")
    pause(house, flood, BAT_XAT, morning("2022-09-21"))

    replay(house, SIGNED, "2022-10-14")

    assert [(t.day, t.step) for t in notices_of(house, key)] == [
        ("2022-09-29", "-1"),
        ("2022-10-04", "+2"),
        ("2022-10-06", "+4"),
        ("2022-10-14", "list"),
    ]


def test_lateness_is_excused_and_said_so(house: House) -> None:
    key = f"1.2/{A_MU_SUNG}/once"
    leave_only(house, key)
    flood = Pause(place=BAT_XAT, from_day=date(2022, 7, 12), to_day=date(2022, 7, 20), reason="mưa lũ")
    pause(house, flood, BAT_XAT, morning("2022-07-11"))
    post = MemoryTransport()

    replay_with_mail(house, SIGNED, "2022-07-25", post)

    digest = next(m for m in post.sent if f".{SO_NOI_VU}." in m.message_id)
    assert "chậm do tạm dừng theo địa bàn, thống kê riêng" in text_of(digest.content)


def test_the_history_of_what_is_open_says_so(house: House) -> None:
    replay(house, SIGNED, "2022-07-06")
    flood = Pause(place=BAT_XAT, from_day=date(2022, 7, 12), to_day=date(2022, 7, 20), reason="mưa lũ")
    pause(house, flood, BAT_XAT, morning("2022-07-11"))

    last = history_of(house, f"1.2/{A_MU_SUNG}/once")[-1]
    assert (last.what, last.by) == ("pause", BAT_XAT)
    assert "mưa lũ" in last.why


def test_entered_twice_it_is_one(house: House) -> None:
    first = pause(house, FLOOD, SO_NOI_VU, morning("2022-08-09"))
    assert pause(house, FLOOD, SO_NOI_VU, morning("2022-08-09")) == first


def test_a_district_pauses_no_other_and_days_must_be_in_order(house: House) -> None:
    with pytest.raises(Refused):
        pause(house, FLOOD, SA_PA, morning("2022-08-09"))
    backwards = Pause(place=BAT_XAT, from_day=date(2022, 8, 17), to_day=date(2022, 8, 10), reason="mưa lũ")
    with pytest.raises(Invalid):
        pause(house, backwards, BAT_XAT, morning("2022-08-09"))
