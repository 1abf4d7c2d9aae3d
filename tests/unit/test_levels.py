"""The levels of an order, the lowest first, and which stands over which."""

from __future__ import annotations

from dataclasses import replace

import pytest

from obligations.levels import Levels
from tests.support.houses.levels import COMMUNE, DISTRICT, PROVINCE

THREE = Levels.ordered([replace(level, rank=9, top=True) for level in (COMMUNE, DISTRICT, PROVINCE)])


def test_their_order_numbers_them_and_the_last_is_the_highest() -> None:
    assert [(level.key, level.rank, level.top) for level in THREE] == [
        ("commune", 0, False),
        ("district", 1, False),
        ("province", 2, True),
    ]


def test_over_each_stands_the_next_and_over_the_highest_itself() -> None:
    assert [THREE.above(level).key for level in THREE] == ["district", "province", "province"]


@pytest.mark.parametrize("key", ["commune", "district", "province"])
def test_a_level_is_found_by_its_key(key: str) -> None:
    assert THREE.of(key).key == key


def test_what_is_no_level_is_not_found() -> None:
    with pytest.raises(StopIteration):
        THREE.of("village")
