"""Periods: what is written is read back, what is none is refused, and each knows its days and its name."""

from __future__ import annotations

import copy
import json
import pickle
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.errors import Invalid
from obligations.model import Plan
from obligations.period import ONCE, Period, quarters

years = st.integers(1000, 2999)
numbers = st.integers(0, 999_999_999)
keys = st.from_regex(r"[A-Za-z0-9]{1,8}", fullmatch=True)
days = st.dates(date(1000, 1, 1), date(2999, 12, 31))
periods = st.one_of(
    st.just(ONCE),
    numbers.map(Period.of_event),
    st.builds(Period.of_month, years, st.integers(1, 12)),
    st.builds(Period.of_cycle, years, keys),
    days.map(Period.of_quarter),
)


@given(periods)
def test_a_period_is_read_as_it_was_written(period: Period) -> None:
    read = Period(str(period))
    assert read == period
    for name in ("year", "quarter", "month", "cycle", "event", "is_once", "is_report", "is_of_the_calendar"):
        assert getattr(read, name) == getattr(period, name)
    assert json.loads(json.dumps({"period": period})) == {"period": str(period)}
    assert type(pickle.loads(pickle.dumps(period))) is type(copy.deepcopy(period)) is Period
    sorts = (period.is_once, period.is_event, period.is_quarter, period.month is not None, period.is_report)
    assert sum(sorts) == 1


@given(years, st.integers(1, 12), keys, numbers)
def test_a_period_knows_what_it_was_made_of(year: int, month: int, key: str, number: int) -> None:
    found = Period.of_month(year, month)
    assert (found.year, found.month) == (year, month)
    assert (Period.of_cycle(year, key).year, Period.of_cycle(year, key).cycle) == (year, key)
    assert (Period.of_event(number).event, Period.of_event(number).year) == (number, None)


@given(days)
def test_a_quarter_and_a_month_hold_their_days_and_the_next_begins_the_day_after(day: date) -> None:
    for period in (Period.of_quarter(day), Period.of_month(day.year, day.month)):
        assert period.first_day <= day <= period.last_day
        if period.last_day.year < 2999:
            assert period.next.first_day == period.last_day + timedelta(days=1)
            assert str(period) < str(period.next)


HOSTILE = (
    "",
    "Once",
    "once ",
    " once",
    "2022",
    "2022-",
    "2022-Q0",
    "2022-Q5",
    "2022-q3",
    "2022-Q3 ",
    "2022-00",
    "2022-13",
    "2022-7",
    "22-07",
    "0000-07",
    "9999-Q4",
    "2022-07-01",
    "2022-report",
    "2022--report",
    "2022-Q3-reports",
    "2022-Q3-report-report",
    "2022-a b-report",
    "2022-khongqua8-report",
    "e-",
    "e-1",
    "e-00001",
    "e--001",
    "e-0001\n",
    "2022-Q3\n",
    "２０２２-07",
    "2022-٠٧",
    "%",
    "2022-Q3'; --",
    "../2022-07",
    "task:3.1:once",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_period_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        Period(text)
    assert str(refused.value) == f"không có kỳ nào viết là '{text}'"


@given(st.text(max_size=24))
def test_any_text_is_a_period_as_it_stands_or_is_refused(text: str) -> None:
    with suppress(Invalid):
        assert str(Period(text)) == text


@pytest.mark.parametrize("text", ["once", "e-0001", "2022-Q3-report"])
def test_only_quarters_and_months_have_days_of_themselves(text: str) -> None:
    for ask in (lambda: Period(text).first_day, lambda: Period(text).last_day):
        with pytest.raises(Invalid, match=f"kỳ '{text}' không có ngày đầu, ngày cuối"):
            ask()


def test_quarters_know_their_bounds() -> None:
    for text, first, last in (
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2022-Q4", date(2022, 10, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-12", date(2022, 12, 1), date(2022, 12, 31)),
    ):
        assert (Period(text).first_day, Period(text).last_day) == (first, last)


def test_quarters_run_over_the_year_s_end() -> None:
    assert list(quarters(date(2022, 8, 5), date(2023, 1, 1))) == ["2022-Q3", "2022-Q4", "2023-Q1"]


NAMES = {
    "once": "một lần",
    "e-0007": "lần phát sinh 7",
    "2022-Q1": "Quý I/2022",
    "2022-Q2": "Quý II/2022",
    "2022-Q3": "Quý III/2022",
    "2022-Q4": "Quý IV/2022",
    "2022-07": "tháng 7 năm 2022",
    "2022-Q3-report": "Quý III năm 2022",
    "2022-H1-report": "6 tháng năm 2022",
    "2022-year-report": "năm 2022",
    "2022-T5-report": "T5 năm 2022",
}


@pytest.mark.parametrize("text", NAMES)
def test_a_plan_names_every_period_in_words(plan: Plan, text: str) -> None:
    assert plan.period_name(Period(text)) == NAMES[text]


def test_what_does_not_come_again_by_the_calendar_has_no_name_of_a_turn(plan: Plan) -> None:
    assert [plan.turn_name(Period(text)) for text in ("once", "e-0001", "2022-Q3")] == [
        "",
        "",
        "Quý III/2022",
    ]
