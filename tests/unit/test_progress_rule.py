"""The rule by which a quarter's products are counted: points by delays, and bands that rank nobody."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.grading import load_rules
from config.load import OWN_DIRECTORY
from obligations.grading import ProgressRule
from tasks_lib.papers.completion import band_words

(RULE,) = load_rules(OWN_DIRECTORY)


def test_each_delay_takes_a_quarter_and_no_product_owes_points() -> None:
    assert [RULE.points(delays) for delays in (0, 1, 3, 4, 9)] == [100, 75, 25, 0, 0]


def test_it_holds_from_the_first_of_january_2026() -> None:
    assert [RULE.holds_on(day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [False, True]


@pytest.mark.parametrize(
    ("in_time", "assigned", "begins"),
    [
        (9, 10, 90),
        (89, 100, 70),
        (7, 10, 70),
        (5, 10, 50),
        (49, 100, 0),
        (4, 4, None),
        (0, 0, None),
    ],
)
def test_a_band_begins_at_its_limit_and_few_products_have_none(
    in_time: int, assigned: int, begins: int | None
) -> None:
    assert RULE.band(in_time, assigned) == begins


def test_bands_are_named_by_where_they_begin_and_end() -> None:
    assert list(band_words(RULE).items()) == [
        (90, "Từ 90% trở lên"),
        (70, "Từ 70% đến dưới 90%"),
        (50, "Từ 50% đến dưới 70%"),
        (0, "Dưới 50%"),
        (None, "Dưới 05 sản phẩm, không xếp mức"),
    ]


@given(st.integers(0, 500), st.integers(0, 500), st.sets(st.integers(1, 100), min_size=1, max_size=6))
def test_whatever_the_limits_everybody_stands_in_a_band_that_has_words(
    one: int, other: int, limits: set[int]
) -> None:
    in_time, assigned = sorted((one, other))
    values = {name: getattr(RULE, name) for name in RULE.__dataclass_fields__}
    rule = ProgressRule(**(values | {"band_limits": tuple(sorted(limits, reverse=True))}))
    assert rule.band(in_time, assigned) in band_words(rule)
