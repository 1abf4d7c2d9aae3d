"""What one house of the tests lived through is there for the next that stands where it stood."""

from __future__ import annotations

import pytest

from tasks_lib.kernel.bootstrap import House
from tasks_lib.rounds.sweep import sweep
from tests.support.databases.remembered import Start, where
from tests.support.life.stories import morning

STOOD: set[Start | None] = set()


@pytest.mark.parametrize("turn", range(3))  # of three, two are run by one of make test's two processes
def test_fresh_houses_in_homes_of_their_own_stand_alike(house: House, turn: int) -> None:
    """Else nothing would ever be found again, and hundreds of stories would live the same weeks anew."""
    sweep(house, morning("2022-07-01"))  # whatever is journalled is signed with the home's key
    STOOD.add(where(house))
    assert None not in STOOD
    assert len(STOOD) == 1, f"turn {turn}"
