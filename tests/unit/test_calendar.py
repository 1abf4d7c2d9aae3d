"""Working days across the holidays that stand in the way of the plan's dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.load import OWN_DIRECTORY, load_configuration
from obligations.calendar import WorkingCalendar, YearDays, is_thinkable

VIETNAM = load_configuration(OWN_DIRECTORY).calendar
days = st.dates(date(2022, 1, 1), date(2027, 11, 30))
counts = st.integers(1, 40)


def test_an_ordinary_week_has_five_working_days(calendar: WorkingCalendar) -> None:
    monday = date(2022, 7, 11)
    week = [monday + timedelta(days=n) for n in range(7)]
    assert [calendar.is_working(day) for day in week] == [True] * 5 + [False] * 2


def test_the_day_one_counts_from_is_not_counted(calendar: WorkingCalendar) -> None:
    assert calendar.add(date(2022, 7, 14), 2) == date(2022, 7, 18)
    assert calendar.add(date(2022, 7, 14), -5) == date(2022, 7, 7)
    assert calendar.add(date(2022, 7, 16), 1) == date(2022, 7, 18)
    assert calendar.add(date(2022, 7, 16), 0) == date(2022, 7, 16)


def test_the_thirtieth_of_april_to_the_third_of_may_is_stepped_over(calendar: WorkingCalendar) -> None:
    """In 2022 the two holidays fell on a weekend and were made up for on Monday and Tuesday."""
    assert [calendar.is_working(date(2022, 5, day)) for day in (2, 3, 4)] == [False, False, True]
    assert calendar.add(date(2022, 4, 29), 1) == date(2022, 5, 4)
    assert calendar.add(date(2022, 5, 5), -5) == date(2022, 4, 26)
    assert calendar.between(date(2022, 4, 29), date(2022, 5, 5)) == 2


def test_tet_is_stepped_over(calendar: WorkingCalendar) -> None:
    assert calendar.add(date(2022, 1, 28), 1) == date(2022, 2, 7)
    assert calendar.add(date(2023, 1, 19), 2) == date(2023, 1, 30)
    assert calendar.between(date(2023, 1, 19), date(2023, 1, 27)) == 1


def test_a_make_up_saturday_counts(calendar: WorkingCalendar) -> None:
    """29/4/2024 was free, and Saturday 4/5/2024 was worked in its stead."""
    assert not calendar.is_working(date(2024, 4, 29))
    assert calendar.is_working(date(2024, 5, 4))
    assert not calendar.is_working(date(2024, 5, 11))
    assert calendar.add(date(2024, 5, 3), 1) == date(2024, 5, 4)
    assert calendar.between(date(2024, 5, 3), date(2024, 5, 6)) == 2


def test_the_week_starts_on_tuesday_when_monday_is_off(calendar: WorkingCalendar) -> None:
    """The Hùng Kings' day of 2022 fell on a Sunday, so that Monday 11/4 was free."""
    tuesday = date(2022, 4, 12)
    for day in range(11, 18):
        assert calendar.week_start(date(2022, 4, day)) == tuesday
    assert calendar.week_start(date(2022, 4, 10)) == date(2022, 4, 4)


@pytest.mark.parametrize(
    ("recorded", "leaves"),
    [
        (date(2022, 4, 8), date(2022, 4, 12)),
        (date(2022, 4, 11), date(2022, 4, 12)),
        (date(2022, 4, 12), date(2022, 4, 12)),
        (date(2022, 4, 13), date(2022, 4, 18)),
        (date(2022, 7, 21), date(2022, 7, 25)),
        (date(2022, 7, 25), date(2022, 7, 25)),
        (date(2022, 1, 31), date(2022, 2, 7)),
        (date(2022, 12, 29), date(2023, 1, 3)),
    ],
)
def test_monday_s_mail_leaves_on_the_first_working_day_of_a_week(
    calendar: WorkingCalendar, recorded: date, leaves: date
) -> None:
    assert calendar.monday_mail(recorded) == leaves


def test_no_day_lies_between_a_day_and_itself(calendar: WorkingCalendar) -> None:
    for day in (date(2022, 7, 14), date(2022, 7, 16)):
        assert calendar.between(day, day) == 0
    assert calendar.between(date(2022, 7, 15), date(2022, 7, 14)) == -1
    assert calendar.between(date(2022, 7, 17), date(2022, 7, 16)) == 0


def test_a_week_without_a_working_day_has_no_first_one(calendar: WorkingCalendar) -> None:
    assert calendar.week_start(date(2022, 2, 2)) == date(2022, 1, 31)
    assert not calendar.is_working(date(2022, 1, 31))


def test_next_and_previous_leave_a_working_day_alone(calendar: WorkingCalendar) -> None:
    assert calendar.next_working(date(2022, 12, 30)) == date(2022, 12, 30)
    assert calendar.previous_working(date(2022, 12, 31)) == date(2022, 12, 30)
    assert calendar.next_working(date(2022, 12, 31)) == date(2023, 1, 3)


@given(day=days, number=counts)
def test_counting_forward_and_adding_agree(day: date, number: int) -> None:
    later = VIETNAM.add(day, number)
    assert VIETNAM.is_working(later)
    assert VIETNAM.between(day, later) == number
    assert VIETNAM.between(later, day) == -number


@given(day=days, number=counts)
def test_going_back_undoes_going_forward_from_a_working_day(day: date, number: int) -> None:
    start = VIETNAM.next_working(day)
    assert VIETNAM.add(VIETNAM.add(start, number), -number) == start


@given(day=days)
def test_monday_s_mail_never_leaves_early_nor_on_a_day_off(day: date) -> None:
    leaves = VIETNAM.monday_mail(day)
    assert leaves >= day
    assert VIETNAM.is_working(leaves)
    assert VIETNAM.week_start(leaves) == leaves
    assert VIETNAM.monday_mail(leaves) == leaves


def test_a_year_is_asked_for_once_and_tells_days_off_and_days_worked() -> None:
    asked = []

    def source(year: int) -> YearDays:
        asked.append(year)
        return YearDays(off=frozenset({date(year, 3, 1)}), work=frozenset({date(year, 3, 6)}))

    calendar = WorkingCalendar(source)
    # 1/3/2022 is a Tuesday, 6/3 a Sunday.
    assert [calendar.is_working(date(2022, 3, day)) for day in (1, 2, 5, 6, 7)] == [
        False,
        True,
        False,
        True,
        True,
    ]
    assert calendar.year(2022).off == {date(2022, 3, 1)}
    assert not calendar.is_working(date(2023, 3, 1))
    assert asked == [2022, 2023]


def test_a_day_of_another_century_is_a_slip_of_the_pen() -> None:
    edges = [date(1989, 12, 31), date(1990, 1, 1), date(2100, 12, 31), date(2101, 1, 1)]
    assert [is_thinkable(day) for day in edges] == [False, True, True, False]
