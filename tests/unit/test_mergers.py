"""What merged units gave stands for their successor where it adds up, and where every one of them gave it."""

from __future__ import annotations

import pytest

from config.load import OWN_DIRECTORY, load_configuration
from obligations.figures import Value
from obligations.mergers import of_all

FIGURES = {
    f"{figure.item}{figure.key}": figure
    for item in load_configuration(OWN_DIRECTORY).plan().items
    for figure in item.figures
}


@pytest.mark.parametrize(
    ("figure", "given", "stands"),
    [
        ("1.2b", {"a": 3, "b": 4}, 7),
        ("1.3b", {"a": "12.5", "b": "1"}, "13.5"),
        ("1.2b", {"a": 3}, None),  # the other told nothing
        ("1.2b", {}, None),
        ("2.2a", {"a": 30, "b": 40}, None),  # a stock: who counts the poor anew?
        ("1.2c", {"a": [3, 4], "b": [5, 6]}, None),  # a rate
        ("3.1c", {"a": [3, 4], "b": [5, 6]}, None),
        ("2.3b", {"a": 3, "b": 4}, None),  # days on a board add up to nothing
        ("2.3a", {"a": True, "b": False}, None),
    ],
)
def test_two_units_became_one(figure: str, given: dict[str, Value], stands: Value | None) -> None:
    assert of_all(FIGURES[figure], given, ("a", "b")) == stands


@pytest.mark.parametrize(("figure", "value"), [("1.2b", 3), ("2.2a", 30), ("1.2c", [3, 4])])
def test_one_that_only_changed_its_name_goes_on(figure: str, value: Value) -> None:
    assert of_all(FIGURES[figure], {"a": value}, ("a",)) == value
