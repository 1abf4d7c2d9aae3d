"""The province's half-year, with every mail rendered: seconds, not a ratio, for there is no floor to it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import Line, Times
from tasks_lib.kernel.bootstrap import open_house
from tasks_lib.simulation.simulate import Simulation, scratch_house, simulate

ROUNDS = 3


def lines() -> Iterator[Line]:
    """Measure the replay with and without mails."""
    for deliver in (True, False):
        took: list[float] = []
        told: Simulation | None = None
        for _ in range(ROUNDS):
            start = time.perf_counter()
            told = _once(deliver)
            took.append(time.perf_counter() - start)
        times = Times(tuple(took))
        yield Line(
            f"Diễn lại nửa năm, {'có' if deliver else 'không'} soạn thư",
            times,
            None,
            "< 20 s" if deliver else "",
            _said(told, times),
        )


def _once(deliver: bool) -> Simulation:
    house = open_house()
    with TemporaryDirectory(prefix="dondoc-bench-") as folder:
        stage = scratch_house(house, Path(folder))
        try:
            return simulate(stage, house.plan.signed_on, house.plan.valid_until, "mixed", 1, deliver=deliver)
        finally:
            stage.engine.dispose()


def _said(told: Simulation | None, times: Times) -> str:
    if told is None:
        return ""
    return f"{told.deeds} việc, {told.notices} tin, {told.mails} thư; {told.notices / times.median:.0f} tin/s"
