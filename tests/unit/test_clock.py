"""The clock of a demonstration begins where it is told and runs on; the real one is left alone."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from obligations.errors import Invalid
from tasks_lib.kernel.clock import now, parse_as_of, parse_day, running_from


def test_a_clock_begins_at_its_instant_and_runs_on() -> None:
    clock = running_from("2022-07-18T09:00")
    first = clock()
    time.sleep(0.02)
    second = clock()
    assert timedelta(0) <= first - parse_as_of("2022-07-18T09:00") < timedelta(seconds=10)
    assert timedelta(seconds=0.02) <= second - first < timedelta(seconds=10)


def test_without_an_instant_it_is_the_real_clock() -> None:
    assert abs(running_from(None)() - now()) < timedelta(seconds=10)


@pytest.mark.parametrize("text", ["5/10/2022", "05/10/2022", "2022-10-05"])
def test_a_day_is_read_as_people_and_as_machines_write_it(text: str) -> None:
    assert parse_day(text) == date(2022, 10, 5)
    assert parse_as_of(text) == parse_as_of("2022-10-05T07:30")


def test_a_time_may_stand_behind_either() -> None:
    assert parse_as_of("5/10/2022 14:05") == parse_as_of("2022-10-05T14:05")


@pytest.mark.parametrize(
    "text",
    [
        "31/2/2022",
        "10/2022",
        "5/10/22",
        "0001-01-01",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "1/1/9999",
        "9999-12-31T23:59-12:00",
        "0001-01-01T00:00+14:00",
        "5/10/2022x",
        "",
    ],
)
def test_a_day_that_cannot_be_is_said_in_one_line(text: str) -> None:
    for read in (parse_as_of, parse_day):
        with pytest.raises(Invalid) as said:
            read(text)
        assert "\n" not in str(said.value)


def test_a_day_that_does_not_exist_is_said_at_the_start() -> None:
    with pytest.raises(Invalid, match="2022-02-30"):
        running_from("2022-02-30")
