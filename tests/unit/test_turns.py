"""What `make test` leaves for the longer form: of the long stories three of four; the commit says which."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support.running import turns

HERE = Path(__file__).parents[2]


class Item:
    """As much of one of pytest's as is asked for; it cannot be made without a session."""

    def __init__(self, nodeid: str) -> None:
        self.nodeid = nodeid
        self.left_out = False

    def get_closest_marker(self, _name: str) -> None:
        return None

    def add_marker(self, _mark: Any) -> None:  # noqa: ANN401
        self.left_out = True


def told(names: Sequence[str], turn: int | None) -> set[str]:
    items = [Item(name) for name in names]
    turns.give_turns(items, turn)  # type: ignore[arg-type]
    return {item.nodeid for item in items if not item.left_out}


def listed() -> list[str]:
    return turns.LONG.read_text(encoding="utf-8").split()


def test_each_long_story_has_exactly_one_turn_and_without_one_all_are_told() -> None:
    each = [told(listed(), turn) for turn in range(turns.ONE_IN)]
    assert all(each)
    assert sum(map(len, each)) == len(set().union(*each)) == len(listed())
    assert told(listed(), None) == set(listed())


def test_a_short_story_and_what_the_proof_stands_on_are_always_told() -> None:
    short = "tests/unit/test_turns.py::test_a_short_story"
    assert all(told([short], turn) for turn in range(turns.ONE_IN))
    assert not [story for story in listed() if story.startswith(turns.ALWAYS)]


def test_a_file_s_long_stories_have_one_turn_for_they_share_what_they_begin_with() -> None:
    for turn in range(turns.ONE_IN):
        files = {name.partition("::")[0] for name in told(listed(), turn)}
        assert {name for name in listed() if name.partition("::")[0] in files} == told(listed(), turn)


def test_every_story_of_the_list_is_there() -> None:
    for file in {story.partition("::")[0] for story in listed()}:
        text = (HERE / file).read_text(encoding="utf-8")
        gone = [
            s for s in listed() if s.startswith(f"{file}::") and f"def {s.partition('::')[2]}(" not in text
        ]
        assert not gone, f"{turns.LONG.name}: {gone}"


def test_the_list_is_made_of_what_pytest_says_of_durations() -> None:
    printed = "\n".join(
        (
            "3.00s setup    tests/web/test_a.py::test_long[sqlite]",
            "0.50s call     tests/web/test_a.py::test_long[postgresql]",
            "1.00s call     tests/web/test_a.py::test_long[sqlite]",
            "0.90s call     tests/web/test_a.py::test_short",
            "9.00s call     tests/explorer/test_nobody_is_forgotten.py::test_whatever_happens_once[a]",
            "(2 durations < 0.005s hidden)",
        )
    )
    assert turns.long_stories(printed) == ["tests/web/test_a.py::test_long"]


@pytest.mark.parametrize("asked", [0, 5])
def test_a_turn_that_is_asked_for_is_the_one(asked: int, pytestconfig: pytest.Config) -> None:
    before, pytestconfig.option.turn = pytestconfig.option.turn, asked
    try:
        assert turns.turn_of(pytestconfig) == asked % turns.ONE_IN
    finally:
        pytestconfig.option.turn = before


def test_whole_servers_begin_and_the_others_keep_the_order_that_was_drawn() -> None:
    drawn = ["tests/unit/test_b.py::b", "tests/flows/test_up.py::up", "tests/unit/test_a.py::a"]
    items = [Item(name) for name in drawn]
    turns.longest_first(items)  # type: ignore[arg-type]
    assert [item.nodeid for item in items] == [drawn[1], drawn[0], drawn[2]]
