"""The 39 flows of a round against 39 empty flows of the same shape, on the same Prefect server."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.measure import Line, in_turns
from flows.local_server import passing_server, wait_until_healthy
from tasks_lib.kernel.bootstrap import House, open_house
from tasks_lib.kernel.clock import morning_of
from tasks_lib.rounds.shift import Shift
from tasks_lib.simulation.simulate import simulate

ROUNDS = 5
DAY, EVE = date(2022, 10, 5), date(2022, 10, 4)
QUIET = {"PREFECT_LOGGING_LEVEL": "CRITICAL", "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL"}


@contextmanager
def _server(home: Path) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update({"DONDOC_HOME": str(home), "DONDOC_MAIL_TRANSPORT": "memory"})
    os.environ.pop("DONDOC_DATABASE_URL", None)
    try:
        with passing_server(home) as (server, process):
            os.environ.update({**server.environment(), **QUIET})
            wait_until_healthy(server, process)
            yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def lines() -> Iterator[Line]:
    """Measure a day late in the plan's life, with overdue items in it."""
    with TemporaryDirectory(prefix="dondoc-bench-") as folder, _server(Path(folder)):
        house = open_house()
        simulate(house, house.plan.signed_on, EVE, "mixed", 1, deliver=False)
        ours, floor = in_turns(lambda: _items(house), lambda: _empty(house), ROUNDS)
        yield Line("39 luồng của một lượt so với 39 luồng rỗng", ours, floor, "≤ 1,3×", "kèm bảng và tiến độ")
        house.engine.dispose()


def _items(house: House) -> None:
    """Sweep once and run the items as the round does."""
    from flows.turns import run_in_turn, todays_turns  # noqa: PLC0415 - Prefect reads its settings on import

    shift = Shift(house, morning_of(DAY), swept=False)
    shift.bring_up_to_date()
    turns = todays_turns(shift)[: len(house.plan.items)]
    asyncio.run(_run(run_in_turn(turns, shift)))


def _empty(house: House) -> None:
    """Run as many flows with as many tasks that do nothing."""
    from bench.empty_flows import empty_flow  # noqa: PLC0415
    from flows.turns import Turn, run_in_turn  # noqa: PLC0415

    shift = Shift(house, morning_of(DAY), swept=True)
    turns = [Turn(key=item.key, flow=empty_flow(item.key), tags=()) for item in house.plan.items]
    asyncio.run(_run(run_in_turn(turns, shift)))


async def _run(work: Any) -> None:  # noqa: ANN401 - a coroutine of states
    ran = await work
    broken = [key for key, r in ran.items() if r.state.is_crashed()]
    if broken:
        raise RuntimeError(f"luồng hỏng: {broken}")
