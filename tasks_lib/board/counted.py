"""What the home page counts of the journalled tables, for all that is shown from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from obligations.board import Only, Sight
from obligations.reckoning import Reckoning
from tasks_lib.board.below import waiting_below
from tasks_lib.board.chosen import midnight
from tasks_lib.board.sql import board_counts as counts
from tasks_lib.board.sql.board import Day
from tasks_lib.board.sql.board_counts import Continuous, Counted, Stretch
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.looking_back import reading_on
from tasks_lib.kernel.unchanged import unchanged


@dataclass(frozen=True, kw_only=True)
class HomeCounts:
    """The counts of one day, of what somebody sees."""

    cube: Sequence[Counted]
    rows: Sequence[Continuous]
    late: Mapping[str, Reckoning]
    news: Mapping[Only, int]
    below: int
    """What waits for those below."""


def home_counts(house: House, day: Day, sight: Sight, stretch: Stretch) -> HomeCounts:
    """Count, or return what was counted where nothing has changed since."""
    return unchanged(house, ("home", day, sight, stretch), lambda: _count(house, day, sight, stretch))


def _count(house: House, day: Day, sight: Sight, stretch: Stretch) -> HomeCounts:
    with reading_on(house, day.on) as connection:
        news = counts.news(connection, day, sight, midnight(stretch.since))
        told = counts.count_told(connection, day, sight, stretch.since)
        return HomeCounts(
            cube=counts.cube(connection, day, sight, stretch),
            rows=counts.rows_by_cycle(connection, day, sight),
            late=counts.late_by_agency(connection, day, sight),
            news={**news, Only.NEWLY_TOLD: told},
            below=len(waiting_below(connection, house, day, sight)),
        )
