"""Report cycles as people look at them: which there are, and their next days with the reason for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from obligations.deadlines import (
    FOCAL,
    closing_day,
    closing_why,
    cycle_due,
    cycle_last_day,
    runs_in,
)
from obligations.model import Cycle
from obligations.period import Period
from obligations.terms_again import COMES, Every
from tasks_lib.kernel.bootstrap import House

AHEAD = 12
"""So many turns of the cycles are foretold."""


@dataclass(frozen=True, kw_only=True)
class LevelDay:
    """A level's days in one turn of a cycle."""

    level: str
    name: str
    closes_on: date
    last_day: date
    target: date
    why: str
    closes_why: str

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        return {
            "level": self.level,
            "closes_on": self.closes_on.isoformat(),
            "last_day": self.last_day.isoformat(),
            "target": self.target.isoformat(),
            "why": self.why,
            "closes_why": self.closes_why,
        }


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One turn of a cycle to come, with the days of every level."""

    cycle: str
    period: Period
    name: str
    owed: bool
    """Whether it falls within the plan's life, so that it is owed."""
    days: tuple[LevelDay, ...]

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        return {
            "cycle": self.cycle,
            "period": self.period,
            "name": self.name,
            "owed": self.owed,
            "days": [day.as_json() for day in self.days],
        }


def next_turns(house: House, on: date, key: str | None = None) -> list[Turn]:
    """Return the next turns, of all cycles or of one, whose last day at the highest level is not over."""
    found = sorted(_turns(house, on, key), key=lambda pair: cycle_last_day(pair[0], pair[1], _top(house)))
    return [_turn(house, cycle, year) for cycle, year in found[:AHEAD]]


def _turns(house: House, on: date, key: str | None) -> Iterator[tuple[Cycle, int]]:
    for year in range(on.year, on.year + AHEAD + 1):
        for cycle in house.plan.cycles:
            if key is not None and key not in (cycle.key, cycle.series):
                continue
            if runs_in(cycle, year, _top(house)) and cycle_last_day(cycle, year, _top(house)) >= on:
                yield cycle, year


def _turn(house: House, cycle: Cycle, year: int) -> Turn:
    plan, period = house.plan, Period.of_cycle(year, cycle.key)
    last = cycle_last_day(cycle, year, _top(house))
    levels = [*((level.key, level.name) for level in plan.levels.downwards), (FOCAL, house.focal.name)]
    return Turn(
        cycle=cycle.series or cycle.key,
        period=period,
        name=plan.period_name(period),
        owed=plan.signed_on <= last <= plan.valid_until,
        days=tuple(_day(house, cycle, year, key, name) for key, name in levels),
    )


def _day(house: House, cycle: Cycle, year: int, level: str, name: str) -> LevelDay:
    due = cycle_due(house.plan, cycle, year, house.calendar, level)
    return LevelDay(
        level=level,
        name=name,
        closes_on=closing_day(cycle, year, level, house.calendar),
        last_day=due.last_day,
        target=due.target,
        why=due.why,
        closes_why=closing_why(cycle, year, level, house.calendar),
    )


def _top(house: House) -> str:
    return house.plan.levels.top.key


@dataclass(frozen=True, kw_only=True)
class ListedCycle:
    """A row of the file of cycles, and when it comes next."""

    key: str
    name: str
    every: Every
    only: int | None
    off_from: date | None
    before_day: dict[str, int]
    close_day: dict[str, int]
    next: Turn | None
    answered_in: str | None = None
    """The other plan in whose report it is answered."""

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        return {
            "key": self.key,
            "name": self.name,
            "every": self.every,
            "only": self.only,
            "off_from": self.off_from.isoformat() if self.off_from else None,
            "before_day": self.before_day,
            "close_day": self.close_day,
            "next": self.next.period if self.next else None,
            **({"answered_in": self.answered_in} if self.answered_in else {}),
        }


def cycles(house: House, on: date) -> list[ListedCycle]:
    """Return the cycles of the plan as its file has them."""
    rows: dict[str, list[Cycle]] = {}
    for cycle in house.plan.cycles:
        rows.setdefault(cycle.series or cycle.key, []).append(cycle)
    return [_listed(house, on, key, turns) for key, turns in rows.items()]


def _listed(house: House, on: date, key: str, turns: list[Cycle]) -> ListedCycle:
    first = turns[0]
    return ListedCycle(
        key=key,
        name=COMES[first.every] if first.series else first.name,
        every=first.every,
        only=first.only,
        off_from=first.off_from,
        before_day=first.before_day,
        close_day=first.close_day,
        next=next(iter(next_turns(house, on, key)), None),
        answered_in=None if first.answered_in == house.plan.key else first.answered_in,
    )
