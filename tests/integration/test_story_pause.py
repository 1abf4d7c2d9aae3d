"""A flooded district is left in peace; afterwards the ladder goes on, and lateness is excused."""

from datetime import date

import pytest

from notifications.memory import MemoryTransport
from obligations.errors import Invalid, Refused
from obligations.pauses import covers
from store.clauses import paused_agencies
from store.engine import reading
from tasks_lib.desk.places import resting
from tasks_lib.duties.pausing import Altering, Pause, move_pauses_end, pause, pause_all, withdraw
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.compose_digest import digest_for
from tests.support.life.letters import text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SIGNED,
    SO_NOI_VU,
    SO_Y_TE,
    UBND_TINH,
    Told,
    every_notice,
    history_of,
    leave_only,
    morning,
    notices_of,
    replay,
    replay_with_mail,
    row,
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
    assert "có thời gian tạm dừng theo địa bàn" in text_of(digest.content)


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


def _alters(number: int, by: str, day: str, reason: str = "") -> Altering:
    return Altering(number=number, by=by, as_of=morning(day), reason=reason)


def test_in_national_mourning_nobody_is_chased(any_house: House) -> None:
    """It did nothing: 152 notices left on the reminder's day."""
    mourning = Pause(place=UBND_TINH, from_day=date(2022, 7, 6), to_day=date(2022, 7, 8), reason="quốc tang")
    replay(any_house, "2022-07-05", "2022-07-05")
    with pytest.raises(Refused):
        pause(any_house, mourning, BAT_XAT, morning("2022-07-05"))
    pause(any_house, mourning, SO_NOI_VU, morning("2022-07-05"))

    replay(any_house, "2022-07-06", "2022-07-11")

    first, last = date(2022, 7, 6), date(2022, 7, 8)
    assert [n.key for n in every_notice(any_house) if first <= n.recorded_on <= last] == []
    reminded = {n.agency_id for n in every_notice(any_house) if str(n.recorded_on) == "2022-07-11"}
    assert {A_MU_SUNG, MUONG_VI} <= reminded  # the highest step due, on the first working day after it
    assert history_of(any_house, f"plan/{SO_Y_TE}/once")[-1].what == "pause"


def in_mondays_table(house: House, on: date) -> tuple[tuple[str, date], ...]:
    """What Sở Nội vụ's table says of pauses without a known end."""
    with reading(house.engine) as connection:
        found = digest_for(connection, house, house.agency(SO_NOI_VU), on, weekly=True, waiting=0)
    assert found is not None
    return found.resting


def test_a_flood_without_a_known_end_goes_on_until_it_is_ended(any_house: House) -> None:
    key = f"1.2/{A_MU_SUNG}/once"
    leave_only(any_house, key)
    flood = Pause(place=A_MU_SUNG, from_day=date(2022, 7, 12), to_day=None, reason="mưa lũ")
    with pytest.raises(Invalid, match="nêu ngày kết thúc"):
        pause(any_house, flood, A_MU_SUNG, morning("2022-07-11"))
    number = pause(any_house, flood, BAT_XAT, morning("2022-07-11"))

    replay(any_house, SIGNED, "2022-07-28")
    assert [t.step for t in notices_of(any_house, key)] == ["-5"]
    assert resting(any_house, morning("2022-07-28"))[0].state == "đang tạm dừng"
    assert in_mondays_table(any_house, date(2022, 7, 25)) == (("UBND xã A Mú Sung", date(2022, 7, 12)),)
    with pytest.raises(Refused):
        move_pauses_end(any_house, _alters(number, SA_PA, "2022-07-28"), date(2022, 7, 28))
    move_pauses_end(any_house, _alters(number, BAT_XAT, "2022-07-28"), date(2022, 7, 28))
    replay(any_house, "2022-07-29", "2022-07-29")

    assert in_mondays_table(any_house, date(2022, 8, 1)) == ()
    assert notices_of(any_house, key)[-1].day == "2022-07-29"
    last = history_of(any_house, key)[-1]
    assert (last.what, last.by) == ("pause-change", BAT_XAT)
    assert "khi có thông báo đổi thành từ 12/7/2022 đến 28/7/2022" in last.why


def test_a_pause_is_made_shorter_and_longer_and_what_it_excused_follows(house: House) -> None:
    key = f"1.2/{A_MU_SUNG}/once"
    leave_only(house, key)
    number = pause(house, FLOOD, SO_NOI_VU, morning("2022-08-09"))
    with pytest.raises(Invalid, match="đã qua; nêu lý do"):
        move_pauses_end(house, _alters(number, SO_NOI_VU, "2022-08-15"), date(2022, 8, 12))
    shorter = move_pauses_end(house, _alters(number, SO_NOI_VU, "2022-08-15", "nước rút"), date(2022, 8, 12))
    assert shorter.to_day == date(2022, 8, 12)
    longer = move_pauses_end(house, _alters(number, SO_NOI_VU, "2022-08-16"), date(2022, 9, 2))
    assert longer.to_day == date(2022, 9, 2)
    with pytest.raises(Refused, match="đã từ 10/8/2022 đến 02/9/2022"):
        move_pauses_end(house, _alters(number, SO_NOI_VU, "2022-08-16"), date(2022, 9, 2))
    with pytest.raises(Invalid, match="không có đợt tạm dừng số 99"):
        move_pauses_end(house, _alters(99, SO_NOI_VU, "2022-08-16"), date(2022, 9, 2))


def test_withdrawn_it_excuses_nothing_and_can_be_recorded_again(any_house: House) -> None:
    key = f"1.2/{A_MU_SUNG}/once"
    leave_only(any_house, key)
    replay(any_house, SIGNED, "2022-07-11")
    given = Pause(place=BAT_XAT, from_day=date(2022, 7, 12), to_day=date(2022, 7, 29), reason="mưa lũ")
    number = pause(any_house, given, BAT_XAT, morning("2022-07-11"))
    replay(any_house, "2022-07-12", "2022-07-14")
    with pytest.raises(Invalid, match="nêu lý do rút"):
        withdraw(any_house, _alters(number, BAT_XAT, "2022-07-15"))
    gone = withdraw(any_house, _alters(number, BAT_XAT, "2022-07-15", "ghi nhầm huyện"))
    assert gone.withdrawn == "ghi nhầm huyện"

    replay(any_house, "2022-07-15", "2022-07-18")

    assert notices_of(any_house, key)[-1].day in ("2022-07-15", "2022-07-18")
    assert [h.what for h in history_of(any_house, key)][-2:] == ["pause", "pause-withdraw"]
    with pytest.raises(Refused, match="đã rút"):
        withdraw(any_house, _alters(number, BAT_XAT, "2022-07-15", "lần nữa"))
    (shown,) = resting(any_house, morning("2022-07-18"))
    assert (shown.state, shown.withdrawn) == ("đã rút", "ghi nhầm huyện")
    assert pause(any_house, given, BAT_XAT, morning("2022-07-18")) != number


def test_of_several_places_all_rest_or_none(house: House) -> None:
    flood = {"from_day": date(2022, 8, 10), "to_day": date(2022, 8, 17), "reason": "mưa lũ"}
    both = [Pause(place=place, **flood) for place in (A_MU_SUNG, SA_PA)]
    with pytest.raises(Refused):
        pause_all(house, both, BAT_XAT, morning("2022-08-09"))
    assert resting(house, morning("2022-08-10")) == ()
    done = pause_all(house, both, SO_NOI_VU, morning("2022-08-09"))
    assert [one.place for one in done] == [A_MU_SUNG, SA_PA]


@pytest.mark.parametrize("place", [UBND_TINH, BAT_XAT, A_MU_SUNG, SO_NOI_VU])
def test_the_database_and_the_rule_agree_on_whom_a_pause_covers(any_house: House, place: str) -> None:
    given = Pause(place=place, from_day=date(2022, 8, 10), to_day=None, reason="mưa lũ")
    pause(any_house, given, SO_NOI_VU, morning("2022-08-09"))
    known = any_house.configuration.agencies
    with reading(any_house.engine) as connection:
        before, during = (
            set(connection.scalars(paused_agencies(any_house.plan.key, date(2022, 8, day))))
            for day in (9, 11)
        )
    everywhere = place == UBND_TINH
    assert before == set()
    assert during & set(known) == {a.id for a in known.values() if covers(place, a, everywhere=everywhere)}


@pytest.mark.parametrize(
    ("by", "first", "last", "told"),
    [
        (A_MU_SUNG, date(2022, 8, 10), date(2032, 8, 17), "hiệu lực của Kế hoạch và một năm"),
        (A_MU_SUNG, date(2022, 8, 10), date(2022, 9, 30), "dài hơn 31 ngày"),
        (SO_NOI_VU, date(2022, 8, 10), date(2023, 8, 17), "dài hơn 92 ngày"),
        (SO_NOI_VU, date(2021, 8, 10), date(2022, 8, 17), "trước ngày ban hành"),
        (BAT_XAT, date(2023, 8, 10), None, "còn quá xa"),
    ],
)
def test_no_place_rests_out_of_sight(
    house: House, by: str, first: date, last: date | None, told: str
) -> None:
    given = Pause(place=A_MU_SUNG, from_day=first, to_day=last, reason="mưa lũ")
    with pytest.raises(Invalid, match=told):
        pause(house, given, by, morning("2022-08-09"))


def test_a_department_that_rests_does_not_stop_what_others_owe(house: House) -> None:
    quiet = Pause(place=SO_NOI_VU, from_day=date(2022, 7, 6), to_day=date(2022, 7, 8), reason="chuyển trụ sở")
    pause(house, quiet, SO_NOI_VU, morning("2022-07-05"))
    replay(house, "2022-07-05", "2022-07-08")
    told = {n.agency_id for n in every_notice(house) if str(n.recorded_on) >= "2022-07-06"}
    assert A_MU_SUNG in told
    assert SO_NOI_VU not in told
