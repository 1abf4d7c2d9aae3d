"""One table of moves, and time states derived from days alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.calendar import WorkingCalendar
from obligations.errors import Refused
from obligations.model import Judged, Kind, TimeState, WorkState
from obligations.states import (
    ACTION_WORDS,
    NOT_JUDGED,
    STATE_WORDS,
    TIME_WORDS,
    Action,
    Standing,
    counts_on,
    earliest,
    effective_last_day,
    is_updated_late,
    move,
    time_state,
)
from tasks_lib.kernel.clock import local_day, morning_of, parse_as_of

# Written from the rules, state by state, and not from the code's own table.
ALLOWED = {
    "waiting": {"open": "open"},
    "open": {
        "submit": "submitted",
        "confirm": "accepted",
        "nothing_arose": "nothing_arose",
        "not_competent": "not_competent",
        "cancel": "cancelled",
    },
    "submitted": {
        "accept": "accepted",
        "receive": "received",
        "ask_more": "more_asked",
        "take_back": "open",
        "take_back_more": "more_asked",
    },
    "more_asked": {"submit": "submitted", "receive": "received"},
    "accepted": {"reopen": "open", "undo_accept": "submitted"},
    "received": {"reopen": "open"},
    "nothing_arose": {"accept": "nothing_arose", "reopen": "open", "take_back": "open"},
    "not_competent": {"reopen": "open"},
    "cancelled": {"reopen": "open"},
    "ended": {},
}
LAST = date(2022, 7, 14)
SOON = timedelta(days=7)


@pytest.mark.parametrize(("state", "action"), list(product(WorkState, Action)), ids=str)
def test_every_pair_is_the_rule_s_or_refused(state: WorkState, action: Action) -> None:
    expected = ALLOWED[state].get(action)
    if expected is not None:
        assert move(state, action) == expected
        return
    with pytest.raises(Refused) as refused:
        move(state, action)
    assert (
        str(refused.value) == f"không thể {ACTION_WORDS[action]} khi đang ở trạng thái '{STATE_WORDS[state]}'"
    )


def test_everything_has_a_name_for_users() -> None:
    assert set(STATE_WORDS) == set(WorkState)
    assert set(ACTION_WORDS) == set(Action)
    assert set(TIME_WORDS) == set(TimeState)


# ---- which day decides


def test_work_done_in_time_and_entered_later_is_in_time_with_a_file() -> None:
    """Case 14: completed on 10/7, entered on 18/7 with the minutes of that day."""
    done = counts_on(
        Judged.COMPLETION,
        completed_on=date(2022, 7, 10),
        proven=True,
        entered_on=date(2022, 7, 18),
        arrived_on=date(2022, 7, 18),
    )
    assert done == date(2022, 7, 10)


def test_without_a_file_it_counts_from_its_entry() -> None:
    done = counts_on(
        Judged.COMPLETION,
        completed_on=date(2022, 7, 10),
        proven=False,
        entered_on=date(2022, 7, 18),
        arrived_on=date(2022, 7, 18),
    )
    assert done == date(2022, 7, 18)


def test_what_must_arrive_is_judged_by_its_arrival() -> None:
    done = counts_on(
        Judged.ARRIVAL,
        completed_on=date(2022, 7, 10),
        proven=True,
        entered_on=date(2022, 8, 2),
        arrived_on=date(2022, 7, 29),
    )
    assert done == date(2022, 7, 29)


@pytest.mark.parametrize(
    ("completed", "entered", "late"),
    [
        (date(2022, 7, 10), date(2022, 7, 18), True),
        (date(2022, 7, 14), date(2022, 7, 18), False),
        (date(2022, 7, 14), date(2022, 7, 19), True),
        (None, date(2022, 7, 19), False),
    ],
)
def test_entered_more_than_two_working_days_later_is_updated_late(
    calendar: WorkingCalendar, completed: date | None, entered: date, late: bool
) -> None:
    assert is_updated_late(completed, entered, 2, calendar) is late


def test_midnight_in_hanoi_decides() -> None:
    """Case 13: 17:00 UTC is midnight; a report at 23:59 is in time, at 00:00 it is late."""
    last = date(2022, 9, 14)
    report = Standing(kind=Kind.REPORT, work_state=WorkState.SUBMITTED, last_day=last)
    for instant, expected in [
        (datetime(2022, 9, 14, 16, 59, tzinfo=UTC), TimeState.DONE_IN_TIME),
        (datetime(2022, 9, 14, 17, 0, tzinfo=UTC), TimeState.DONE_LATE),
    ]:
        arrived = local_day(instant)
        done = counts_on(
            Judged.ARRIVAL, completed_on=None, proven=False, entered_on=arrived, arrived_on=arrived
        )
        assert time_state(replace(report, done_on=done), arrived, last) is expected


def test_a_bare_date_means_half_past_seven_in_hanoi() -> None:
    assert parse_as_of("2022-07-18") == morning_of(date(2022, 7, 18))
    assert parse_as_of("2022-07-18").astimezone(UTC) == datetime(2022, 7, 18, 0, 30, tzinfo=UTC)
    assert parse_as_of("2022-09-14T23:59").astimezone(UTC) == datetime(2022, 9, 14, 16, 59, tzinfo=UTC)
    assert parse_as_of("2022-09-14T17:00+00:00") == datetime(2022, 9, 14, 17, 0, tzinfo=UTC)


def test_of_several_versions_the_earliest_decides() -> None:
    assert earliest(date(2022, 7, 18), None, date(2022, 7, 10)) == date(2022, 7, 10)
    assert earliest(None, None) is None
    assert earliest() is None


# ---- time states


def standing(state: WorkState = WorkState.OPEN, **changes: object) -> Standing:
    base = Standing(kind=Kind.TASK, work_state=state, last_day=LAST)
    return replace(base, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("case", "on", "expected"),
    [
        (standing(), date(2022, 7, 6), TimeState.IN_TIME),
        (standing(), date(2022, 7, 7), TimeState.DUE_SOON),
        (standing(), LAST, TimeState.DUE_SOON),
        (standing(), date(2022, 7, 15), TimeState.OVERDUE),
        (standing(WorkState.WAITING), date(2022, 7, 15), TimeState.IN_TIME),
        (standing(WorkState.SUBMITTED, done_on=LAST), date(2022, 8, 1), TimeState.DONE_IN_TIME),
        (standing(WorkState.SUBMITTED, done_on=date(2022, 7, 15)), date(2022, 8, 1), TimeState.DONE_LATE),
        (standing(WorkState.MORE_ASKED, done_on=LAST), date(2022, 8, 1), TimeState.DONE_IN_TIME),
        (standing(WorkState.ACCEPTED, done_on=LAST), date(2022, 7, 1), TimeState.DONE_IN_TIME),
        (standing(WorkState.NOTHING_AROSE, done_on=LAST), date(2022, 8, 1), TimeState.NO_DEADLINE),
        (standing(WorkState.CANCELLED), date(2022, 8, 1), TimeState.NO_DEADLINE),
        (standing(WorkState.CANCELLED, done_on=date(2022, 8, 1)), date(2022, 8, 1), TimeState.NO_DEADLINE),
        (standing(kind=Kind.ROW), date(2022, 8, 1), TimeState.NO_DEADLINE),
        (standing(paused=True), date(2022, 8, 1), TimeState.PAUSED),
        (standing(paused=True, done_on=LAST), date(2022, 8, 1), TimeState.DONE_IN_TIME),
        (standing(waits_until=date(2022, 7, 20)), date(2022, 7, 20), TimeState.DUE_SOON),
        (standing(waits_until=date(2022, 7, 20)), date(2022, 7, 21), TimeState.OVERDUE),
        (standing(waits_until=date(2022, 7, 1)), date(2022, 7, 14), TimeState.DUE_SOON),
    ],
)
def test_time_states_follow_from_the_days(case: Standing, on: date, expected: TimeState) -> None:
    assert time_state(case, on, on + SOON) is expected


def test_while_it_waits_the_later_day_holds() -> None:
    assert effective_last_day(standing()) == LAST
    assert effective_last_day(standing(waits_until=date(2022, 7, 1))) == LAST
    assert effective_last_day(standing(waits_until=date(2022, 8, 1))) == date(2022, 8, 1)


@given(
    state=st.sampled_from([s for s in WorkState if s not in NOT_JUDGED | {WorkState.WAITING}]),
    last=st.dates(date(2022, 1, 1), date(2024, 1, 1)),
    done=st.none() | st.dates(date(2022, 1, 1), date(2024, 1, 1)),
    on=st.dates(date(2022, 1, 1), date(2024, 1, 1)),
)
def test_what_is_done_is_never_overdue_and_late_stays_late(
    state: WorkState, last: date, done: date | None, on: date
) -> None:
    case = Standing(kind=Kind.TASK, work_state=state, last_day=last, done_on=done)
    found = time_state(case, on, on + SOON)
    assert (found in (TimeState.DONE_IN_TIME, TimeState.DONE_LATE)) == (done is not None)
    assert (found is TimeState.OVERDUE) == (done is None and on > last)
    assert found is time_state(case, max(on, last) if found is TimeState.OVERDUE else on, on + SOON)
