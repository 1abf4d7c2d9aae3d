"""Processes that sweep the same database at the same moment."""

from __future__ import annotations

import multiprocessing
from multiprocessing.synchronize import Barrier

from config.load import OWN_DIRECTORY, load_configuration
from tasks_lib.kernel.clock import parse_as_of
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import opened

SECONDS = 60


def sweep_together(url: str, days: list[str], processes: int = 2) -> None:
    """Sweep each of the days by several processes at once; raise if one of them failed."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(processes)
    started = [context.Process(target=_sweep, args=(url, days, barrier)) for _ in range(processes)]
    for process in started:
        process.start()
    for process in started:
        process.join(SECONDS)
        if process.is_alive():
            process.kill()
    ended = [process.exitcode for process in started]
    assert ended == [0] * processes, ended


def _sweep(url: str, days: list[str], barrier: Barrier) -> None:
    with opened(load_configuration(OWN_DIRECTORY), url) as house:
        for day in days:
            barrier.wait(SECONDS)
            sweep(house, parse_as_of(day))
