"""Days as offices type them, and which figures were filled in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.errors import Invalid
from obligations.words import day as written
from tasks_lib.kernel import typed
from tasks_lib.kernel.clock import parse_as_of


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_is_read_as_browsers_send_it_and_as_the_house_writes_it(on: date) -> None:
    assert typed.day(on.isoformat(), "x") == on
    assert typed.day(f" {written(on)} ", "x") == on


@pytest.mark.parametrize("text", ["31/2/2022", "13/13/2022", "2022-7", "hôm qua", "1/7/22", "0/0/0000"])
def test_what_is_no_day_is_said_with_its_place(text: str) -> None:
    with pytest.raises(Invalid, match=r"^nhiệm vụ 1\.2: ngày hoàn thành: không đọc được ngày"):
        typed.day(text, "nhiệm vụ 1.2: ngày hoàn thành")


def test_nothing_typed_is_no_day() -> None:
    assert typed.day("  ", "x") is None


def test_only_what_was_filled_in_is_a_figure() -> None:
    given_ = {"a": "", "b": " / ", "c": "18/21", "d": "1.200", "e": "/21"}

    assert typed.figures(given_) == {"c": "18/21", "d": "1.200", "e": "/21"}


@pytest.mark.parametrize("year", ["0001", "1989", "2101", "9999"])
def test_a_year_out_of_reach_is_told(year: str) -> None:
    for text in (f"{year}-07-18", f"18/7/{year}"):
        with pytest.raises(Invalid, match="năm phải trong khoảng 1990-2100"):
            typed.day(text, "ngày hoàn thành")
    for text in (f"{year}-07-18", f"{year}-07-18T23:59"):
        with pytest.raises(Invalid, match="năm phải trong khoảng 1990-2100"):
            parse_as_of(text)
