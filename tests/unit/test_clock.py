"""The clock of a demonstration begins where it is told and runs on; the real one is left alone."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from obligations.errors import Invalid
from tasks_lib.clock import now, parse_as_of, running_from


def test_a_clock_begins_at_its_instant_and_runs_on() -> None:
    clock = running_from("2022-07-18T09:00")
    first = clock()
    time.sleep(0.02)
    second = clock()
    assert timedelta(0) <= first - parse_as_of("2022-07-18T09:00") < timedelta(seconds=10)
    assert timedelta(seconds=0.02) <= second - first < timedelta(seconds=10)


def test_without_an_instant_it_is_the_real_clock() -> None:
    assert abs(running_from(None)() - now()) < timedelta(seconds=10)


def test_a_day_that_does_not_exist_is_said_at_the_start() -> None:
    with pytest.raises(Invalid, match="2022-02-30"):
        running_from("2022-02-30")
