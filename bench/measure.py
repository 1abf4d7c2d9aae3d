"""Timing two ways of doing the same thing in turns, so that a busy machine slows both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Run = Callable[[], object]


@dataclass(frozen=True)
class Times:
    """What several runs of one thing took."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """What 95 of a hundred runs stayed under."""
        return statistics.quantiles(self.seconds, n=20)[-1]

    @property
    def shown(self) -> str:
        """Median with fastest and slowest, in milliseconds."""
        fast, slow = min(self.seconds), max(self.seconds)
        return f"{_ms(self.median)} ({_ms(fast)}–{_ms(slow)})"


@dataclass(frozen=True)
class Line:
    """One comparison: what we do against its floor; a ratio of medians."""

    what: str
    ours: Times
    floor: Times | None
    target: str = ""
    note: str = ""

    @property
    def ratio(self) -> str:
        """How many times the floor ours takes."""
        return f"{self.ours.median / self.floor.median:.2f}×" if self.floor else ""


def in_turns(ours: Run, floor: Run, rounds: int, before: Run = lambda: None) -> tuple[Times, Times]:
    """Time both in turns after one run of each that is not counted; `before` sets the stage untimed."""
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for run, found in zip((ours, floor), took, strict=True):
            before()
            seconds = timed(run)
            if number:
                found.append(seconds)
    return Times(tuple(took[0])), Times(tuple(took[1]))


def timed(run: Run) -> float:
    """Return the seconds one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
