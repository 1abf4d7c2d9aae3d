"""The rule by which a quarter's products are counted: points by delays, and bands that rank nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.grading import load_rules
from config.load import OWN_DIRECTORY
from obligations.errors import Refused
from obligations.grading import GradeState, Products, ProgressRule, check_contest, check_publish
from obligations.reckoning import Reckoning
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


def test_a_rule_that_has_ended_holds_to_its_last_day() -> None:
    values = {name: getattr(RULE, name) for name in RULE.__dataclass_fields__}
    ended = ProgressRule(**(values | {"valid_to": date(2026, 6, 30)}))
    assert [ended.holds_on(day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == [True, False]


@pytest.mark.parametrize(
    ("fewest", "assigned", "begins"), [(0, 0, None), (0, 1, 90), (1, 1, 90), (2, 1, None)]
)
def test_nothing_assigned_is_in_no_band_however_few_a_rule_takes(
    fewest: int, assigned: int, begins: int | None
) -> None:
    values = {name: getattr(RULE, name) for name in RULE.__dataclass_fields__}
    assert ProgressRule(**(values | {"fewest_products": fewest})).band(assigned, assigned) == begins


def test_progress_counts_points_quantity_counts_what_is_done_and_a_pause_stands_apart() -> None:
    found = Products(reckoned=Reckoning(in_time=5, late=2, overdue=1, excused=3, running=4))
    assert (found.assigned, found.completed) == (8, 7)
    assert found.progress_points(RULE) == 5 * 100 + 2 * 75
    assert found.progress(RULE) == 81.3  # 81.25, as people round
    assert found.quantity == 87.5
    nothing = Products(reckoned=Reckoning(excused=2))
    assert (nothing.progress(RULE), nothing.quantity) == (None, None)


UNTIL = date(2026, 10, 7)
AFTER = date(2026, 10, 8)


@pytest.mark.parametrize(
    ("state", "on", "refused"),
    [
        (GradeState.DRAFT, UNTIL, ""),
        (GradeState.ACCEPTED, UNTIL, ""),
        (GradeState.DRAFT, AFTER, "đã hết thời gian đối chiếu (07/10/2026)"),
        (
            GradeState.CONTESTED,
            UNTIL,
            "bảng này đang ở trạng thái 'đơn vị đề nghị xem lại', không nhận ý kiến đối chiếu",
        ),
        (GradeState.PUBLISHED, UNTIL, "bảng này đang ở trạng thái 'đã công bố', không nhận ý kiến đối chiếu"),
    ],
)
def test_a_unit_has_its_word_until_the_day_is_over(state: GradeState, on: date, refused: str) -> None:
    assert _told(lambda: check_contest(state, UNTIL, on)) == refused


@pytest.mark.parametrize(
    ("state", "on", "refused"),
    [
        (GradeState.DRAFT, UNTIL, "đơn vị còn thời gian đối chiếu đến hết 07/10/2026"),
        (GradeState.DRAFT, AFTER, ""),
        (GradeState.ACCEPTED, UNTIL, ""),
        (GradeState.CONTESTED, AFTER, "đơn vị đề nghị xem lại; lập lại dự thảo rồi công bố"),
        (GradeState.PUBLISHED, AFTER, "đã công bố"),
    ],
)
def test_nothing_is_published_over_a_units_word_or_before_its_time(
    state: GradeState, on: date, refused: str
) -> None:
    assert _told(lambda: check_publish(state, UNTIL, on)) == refused


def _told(deed: Callable[[], None]) -> str:
    try:
        deed()
    except Refused as fault:
        return str(fault)
    return ""
