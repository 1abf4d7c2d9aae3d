"""What a picture is asked for: whose duties, of which item and agency, on which day; and what it counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from obligations.board import Sight
from obligations.reckoning import Reckoning, Share, reckoned
from obligations.rollup import per_cent
from tasks_lib.board.sight import day_of, within
from tasks_lib.board.sql.board import Day
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.looking_back import reading_on
from tasks_lib.kernel.unchanged import unchanged
from tasks_lib.pictures.sql import counted
from tasks_lib.pictures.sql.counted import Days, Narrowed, StepCount

K = TypeVar("K")
NONE_YET = "chưa có"
EVERYTHING = Sight()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A day, whose duties are seen, and what of them is meant."""

    house: House
    as_of: datetime
    sight: Sight = EVERYTHING
    item: str | None = None
    agency: str | None = None
    """Its own duties and those of all below it."""

    @cached_property
    def day(self) -> Day:
        """The day as the board's statements know it."""
        return day_of(self.house, local_day(self.as_of))

    @property
    def narrowed(self) -> Narrowed:
        """The same in words of the statements."""
        units = within(self.house, self.agency) if self.agency else None
        return Narrowed(sight=self.sight, item=self.item, units=units)

    @cached_property
    def rows(self) -> tuple[Days, ...]:
        """All that any picture counts, read once for all that are drawn, and kept while nothing changes."""

        def read() -> tuple[Days, ...]:
            with reading_on(self.house, self.day.on) as connection:
                return counted.by_days(connection, self.day, self.narrowed)

        return unchanged(self.house, ("pictures", self.day, self.narrowed), read)

    def by_agency(self) -> dict[str, Reckoning]:
        """Reckon by agency."""
        return summed((row.agency, row) for row in self.rows)

    def by_item(self) -> dict[str | None, Reckoning]:
        """Reckon by item; what is of none stands together."""
        return summed((row.item, row) for row in self.rows)

    def by_step(self) -> list[StepCount]:
        """Count notices by step."""
        with reading_on(self.house, self.day.on) as connection:
            return counted.by_step(connection, self.day, self.narrowed)


def summed(pairs: Iterable[tuple[K, Days]]) -> dict[K, Reckoning]:
    """Reckon rows by what each belongs to."""
    found: dict[K, Counter[Share]] = defaultdict(Counter)
    for key, row in pairs:
        found[key][row.share] += row.total
    return {key: reckoned(counts) for key, counts in found.items()}


def percent(part: int, whole: int) -> str:
    """Write a share: 85,7%; that of nothing is none yet."""
    return f"{per_cent(part, whole)}%".replace(".", ",") if whole else NONE_YET
