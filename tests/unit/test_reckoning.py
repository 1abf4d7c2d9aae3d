"""The one reckoning: each duty in one column, and due = done in time + done late + missing."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.model import Kind, TimeState, WorkState
from obligations.reckoning import (
    ASKED,
    ASKED_DUE,
    DUE,
    FIELDS,
    MISSING,
    SHARE_WORDS,
    Reckoning,
    Share,
    added,
    reckoned,
    share,
)
from obligations.states import CLOSED, NOT_JUDGED, Standing, time_state

LAST = date(2022, 7, 14)
NEXT, SOON = LAST + timedelta(days=1), LAST + timedelta(days=9)
OPEN = Standing(kind=Kind.TASK, work_state=WorkState.OPEN, last_day=LAST)
DONE = replace(OPEN, work_state=WorkState.SUBMITTED, done_on=LAST)


@pytest.mark.parametrize(
    ("standing", "on", "expected"),
    [
        (OPEN, LAST, Share.RUNNING),
        (OPEN, NEXT, Share.OVERDUE),
        (replace(OPEN, paused=True), LAST, Share.RUNNING),
        (replace(OPEN, paused=True), NEXT, Share.EXCUSED),
        (replace(OPEN, waits_until=SOON), NEXT, Share.RUNNING),
        (replace(OPEN, waits_until=LAST), NEXT, Share.OVERDUE),
        (DONE, LAST, Share.AHEAD),
        (DONE, NEXT, Share.IN_TIME),
        (replace(DONE, done_on=NEXT), NEXT, Share.LATE),
        (replace(DONE, paused=True, done_on=NEXT), NEXT, Share.LATE),
        (replace(DONE, work_state=WorkState.MORE_ASKED), NEXT, Share.IN_TIME),
        (replace(OPEN, proposed=True), LAST, Share.RUNNING),
        (replace(OPEN, proposed=True), NEXT, Share.ASKED_OPEN),
        (replace(OPEN, proposed=True, paused=True), NEXT, Share.RUNNING),
        (replace(DONE, proposed=True, still_proposed=True), NEXT, Share.ASKED_IN_TIME),
        (replace(DONE, proposed=True, still_proposed=True), LAST, Share.AHEAD),
        (replace(DONE, proposed=True), NEXT, Share.IN_TIME),
        (replace(DONE, proposed=True, done_on=NEXT), NEXT, Share.ASKED_LATE),
        (replace(OPEN, work_state=WorkState.WAITING), NEXT, Share.NOT_OWED),
        (replace(OPEN, work_state=WorkState.CANCELLED), NEXT, Share.NOT_OWED),
        (replace(DONE, work_state=WorkState.NOTHING_AROSE), NEXT, Share.NOTHING_AROSE),
        (replace(DONE, work_state=WorkState.NOT_COMPETENT), NEXT, Share.NOT_COMPETENT),
    ],
)
def test_a_duty_stands_in_one_column(standing: Standing, on: date, expected: Share) -> None:
    assert share(standing, on) is expected


def test_what_no_rate_counts_is_neither_done_in_time_nor_late() -> None:
    """152 communes whose desk confirms "không thuộc thẩm quyền" are no 152 on time."""
    for state in (WorkState.NOTHING_AROSE, WorkState.NOT_COMPETENT, WorkState.CANCELLED):
        assert time_state(replace(DONE, work_state=state), NEXT, SOON) is TimeState.NO_DEADLINE
    assert reckoned({Share.NOT_COMPETENT: 152, Share.NOT_OWED: 3}) == Reckoning(not_competent=152)
    assert reckoned({Share.NOT_COMPETENT: 152}).judged == 0


days = st.integers(min_value=-20, max_value=20).map(lambda number: LAST + timedelta(days=number))
standings = st.builds(
    Standing,
    kind=st.just(Kind.TASK),
    work_state=st.sampled_from(WorkState),
    last_day=st.just(LAST),
    done_on=st.none() | days,
    paused=st.booleans(),
    proposed=st.booleans(),
    still_proposed=st.booleans(),
    waits_until=st.none() | days,
)


@given(standings, days)
def test_overdue_is_overdue_and_late_is_late_by_whichever_rule(standing: Standing, on: date) -> None:
    if standing.work_state in CLOSED - NOT_JUDGED and standing.done_on is None:
        return
    column, stands = share(standing, on), time_state(standing, on, SOON)

    assert (column is Share.OVERDUE) == (stands is TimeState.OVERDUE)
    assert (column is Share.ASKED_OPEN) == (stands is TimeState.PAST_ASKED)
    late = {Share.LATE: TimeState.DONE_LATE, Share.ASKED_LATE: TimeState.DONE_PAST_ASKED}
    for found, told in late.items():
        assert (column is found) == (stands is told) or standing.work_state is WorkState.WAITING
    if column in (Share.IN_TIME, Share.ASKED_IN_TIME, Share.AHEAD):
        assert stands is TimeState.DONE_IN_TIME
    if column is Share.EXCUSED:
        assert stands is TimeState.PAUSED


counts = st.dictionaries(st.sampled_from(Share), st.integers(min_value=0, max_value=999))


@given(counts, counts)
def test_the_sums_are_those_of_the_columns_and_add_up(one: dict[Share, int], other: dict[Share, int]) -> None:
    found = added([reckoned(one), reckoned(other)])
    both = {share: one.get(share, 0) + other.get(share, 0) for share in Share}

    assert found.due == found.in_time + found.late + found.missing == sum(both[share] for share in DUE)
    assert found.missing == found.overdue + found.excused == sum(both[share] for share in MISSING)
    assert found.asked == found.asked_late + found.asked_open == sum(both[share] for share in ASKED)
    assert found.asked_due == found.asked_in_time + found.asked_late + found.asked_open
    assert found.asked_due == sum(both[share] for share in ASKED_DUE)
    assert found.total == found.due + found.asked_due + found.running + found.ahead
    in_time = found.in_time + found.asked_in_time + found.ahead
    assert found.done == in_time + found.late + found.asked_late
    assert found.judged == found.due - found.excused


def test_each_column_has_a_field_and_words() -> None:
    assert set(FIELDS.values()) == {field.name for field in fields(Reckoning)}
    assert set(FIELDS) == set(Share) - {Share.NOT_OWED}
    assert set(SHARE_WORDS) == set(Share)
