"""A day that was moved by mistake goes back, with a reason; a correction may set an earlier one."""

from __future__ import annotations

from datetime import date

import pytest

from obligations.errors import Invalid, Refused
from tasks_lib.duties.change import Decision
from tasks_lib.duties.move_day import Extension, extend, withdraw_extension
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
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

KEY, INNER = f"1.2/{A_MU_SUNG}/once", f"3.1/{A_MU_SUNG}/once"
FIRST, RIGHT, WRONG = date(2022, 7, 14), date(2022, 8, 15), date(2023, 8, 15)
ON = date(2022, 7, 7)


def _paper(until: date, number: str = "3001/UBND-NC") -> Extension:
    return Extension(until=until, document_number=number, document_on=ON)


def _takes_back(by: str, day: str, reason: str = "ghi nhầm xã", key: str = KEY) -> Decision:
    return Decision(key=key, by=by, as_of=morning(day), reason=reason)


def test_withdrawn_the_day_goes_back_and_the_unit_hears_again(any_house: House) -> None:
    leave_only(any_house, KEY)
    replay(any_house, SIGNED, "2022-07-08")
    why = row(any_house, KEY).why
    extend(any_house, KEY, SO_NOI_VU, morning("2022-07-08"), _paper(WRONG))
    assert row(any_house, KEY).last_day == WRONG

    with pytest.raises(Invalid, match="nêu lý do rút"):
        withdraw_extension(any_house, _takes_back(SO_NOI_VU, "2022-07-11", " "))
    with pytest.raises(Refused, match="không được rút"):
        withdraw_extension(any_house, _takes_back(BAT_XAT, "2022-07-11"))
    withdraw_extension(any_house, _takes_back(SO_NOI_VU, "2022-07-11"))

    back = row(any_house, KEY)
    assert (back.first_day, back.last_day, back.plan_day, back.why) == (FIRST, FIRST, FIRST, why)
    last = history_of(any_house, KEY)[-1]
    assert last.what == "extend-withdraw"
    assert last.why == "rút điều chỉnh thời hạn: 15/8/2023 → 14/7/2022; ghi nhầm xã"
    with pytest.raises(Refused, match="không có việc điều chỉnh"):
        withdraw_extension(any_house, _takes_back(SO_NOI_VU, "2022-07-11"))
    replay(any_house, "2022-07-11", "2022-07-21")
    assert [t.step for t in notices_of(any_house, KEY)] == ["-5", "-1", "+2", "+4", "+5"]


def test_found_out_after_the_first_day_nobody_above_hears_before_the_unit(any_house: House) -> None:
    leave_only(any_house, KEY)
    replay(any_house, SIGNED, "2022-07-08")
    extend(any_house, KEY, SO_NOI_VU, morning("2022-07-08"), _paper(WRONG))
    replay(any_house, "2022-07-09", "2022-07-29")
    withdraw_extension(any_house, _takes_back(SO_NOI_VU, "2022-07-29"))
    replay(any_house, "2022-07-30", "2022-08-12")

    after = [t for t in notices_of(any_house, KEY) if t.day > "2022-07-29"]
    assert after[0].recipient == A_MU_SUNG
    assert {t.recipient for t in after} == {A_MU_SUNG, BAT_XAT, SO_NOI_VU}


def test_a_correcting_document_may_set_an_earlier_day_than_the_wrong_one(house: House) -> None:
    leave_only(house, KEY)
    replay(house, SIGNED, "2022-07-08")
    extend(house, KEY, SO_NOI_VU, morning("2022-07-08"), _paper(WRONG))
    with pytest.raises(Refused):
        extend(house, KEY, BAT_XAT, morning("2022-07-11"), Extension(until=RIGHT))
    with pytest.raises(Invalid, match="không sau hạn cuối 14/7/2022"):
        extend(house, KEY, SO_NOI_VU, morning("2022-07-11"), _paper(date(2022, 7, 13)))
    with pytest.raises(Invalid, match="không sau hạn cuối 15/8/2023"):
        extend(house, KEY, SO_NOI_VU, morning("2022-07-11"), _paper(WRONG))

    extend(house, KEY, SO_NOI_VU, morning("2022-07-11"), _paper(RIGHT))

    moved = row(house, KEY)
    assert (moved.first_day, moved.last_day, moved.plan_day) == (FIRST, RIGHT, RIGHT)
    assert "2023" not in moved.why.replace("15/8/2023 ghi nhầm", "")
    assert "14/7/2022 → 15/8/2022, thay cho 15/8/2023 ghi nhầm" in history_of(house, KEY)[-1].why
    # What it replaced is not gone back to.
    withdraw_extension(house, _takes_back(SO_NOI_VU, "2022-07-12"))
    assert row(house, KEY).last_day == FIRST


def test_of_two_the_newest_goes_back_to_the_one_before(house: House) -> None:
    leave_only(house, KEY)
    replay(house, SIGNED, "2022-07-08")
    extend(house, KEY, SO_NOI_VU, morning("2022-07-08"), _paper(RIGHT))
    extend(house, KEY, SO_NOI_VU, morning("2022-07-08"), _paper(date(2022, 9, 15), "3002/UBND-NC"))
    withdraw_extension(house, _takes_back(SO_NOI_VU, "2022-07-11"))
    assert (row(house, KEY).last_day, row(house, KEY).plan_day) == (RIGHT, RIGHT)
    assert "3001/UBND-NC" in row(house, KEY).why
    assert "3002/UBND-NC" not in row(house, KEY).why
    withdraw_extension(house, _takes_back(SO_NOI_VU, "2022-07-11"))
    assert row(house, KEY).last_day == FIRST


def test_an_inner_day_is_the_districts_to_take_back(house: House) -> None:
    leave_only(house, INNER)
    replay(house, SIGNED, "2022-07-08")
    plan_day = row(house, INNER).plan_day
    extend(house, INNER, BAT_XAT, morning("2022-07-08"), Extension(until=date(2022, 7, 28)))
    with pytest.raises(Refused):
        withdraw_extension(house, _takes_back(SA_PA, "2022-07-11", key=INNER))
    withdraw_extension(house, _takes_back(BAT_XAT, "2022-07-11", key=INNER))
    assert (row(house, INNER).last_day, row(house, INNER).plan_day) == (date(2022, 7, 26), plan_day)


def test_what_waits_opens_with_the_day_it_went_back_to(house: House) -> None:
    key = f"report/{BAT_XAT}/2022-year-report"
    leave_only(house, key)
    replay(house, SIGNED, "2022-07-08")
    extend(house, key, SO_NOI_VU, morning("2022-07-08"), _paper(date(2022, 12, 21)))
    withdraw_extension(house, _takes_back(SO_NOI_VU, "2022-07-11", key=key))
    replay(house, "2022-12-01", "2022-12-14")
    assert [(t.day, t.step) for t in notices_of(house, key)] == [("2022-12-07", "-5"), ("2022-12-13", "-1")]


def test_what_was_reported_meanwhile_is_judged_by_the_day_that_holds(house: House) -> None:
    leave_only(house, KEY)
    replay(house, SIGNED, "2022-07-08")
    extend(house, KEY, SO_NOI_VU, morning("2022-07-08"), _paper(WRONG))
    reports_in(house, KEY, "2022-07-20")
    withdraw_extension(house, _takes_back(SO_NOI_VU, "2022-07-21"))
    found = row(house, KEY)
    assert found.work_state == "submitted"
    assert found.done_on > found.last_day
    replay(house, "2022-07-22", "2022-07-29")
    assert [t.step for t in notices_of(house, KEY)] == ["-5"]
