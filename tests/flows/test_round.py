"""The round: one sweep, all flows in turn, each a run of its own."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest
from prefect import State, flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterName,
    FlowRunFilterStartTime,
    FlowRunFilterTags,
)

from flows.factory import BROKEN, open_shift
from flows.round import RoundFailed, broken, is_breakdown, round_flow
from flows.run import run_round
from flows.turns import Turn, run_in_turn
from obligations.errors import Unavailable
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import now
from tests.flows.running import flow_of, ran
from tests.support.life.stories import every_notice, morning

pytestmark = pytest.mark.usefixtures("prefect", "home")


@flow(name="Luồng hỏng")
async def breaks_down(as_of: str, swept: bool) -> State[Any]:
    raise OSError("đĩa đầy")


def runs_of(day: str, tag: str, since: datetime) -> list[Any]:
    """Other tests' runs of that day stand on the same server."""

    async def read() -> list[Any]:
        async with get_client() as client:
            return await client.read_flow_runs(
                flow_run_filter=FlowRunFilter(
                    name=FlowRunFilterName(like_=day),
                    tags=FlowRunFilterTags(all_=[tag]),
                    start_time=FlowRunFilterStartTime(after_=since),
                )
            )

    return asyncio.run(read())


def test_a_round_sweeps_once_publishes_all_and_itself_completes(house: House) -> None:
    began = now()
    report = run_round(morning("2022-07-18"), "239-2022")
    assert report["as_of"].startswith("2022-07-18T07:30")
    assert report["by_item"]["1.2"]["overdue"] == 152
    recorded = len(every_notice(house))
    assert report["notices"] == recorded

    runs = runs_of("18/7/2022", "noi-dung-1", began)
    states = {run.name.split(" ")[0]: run.state for run in runs}
    assert {key: state.name for key, state in states.items()} == {
        "1.1": "Quá hạn",
        "1.2": "Quá hạn",
        "1.3": "Thường xuyên: 0/152 đã báo cáo",
    }
    assert all(run.parent_task_run_id is None for run in runs)

    again = run_round(morning("2022-07-18"), "239-2022")
    assert (again["opened"], again["notices"]) == (0, 0)
    assert len(every_notice(house)) == recorded


def test_a_flow_that_breaks_down_does_not_stop_the_others_and_is_told(house: House) -> None:
    turns = [
        Turn(key="x", flow=breaks_down, tags=()),
        Turn(key="1.2", flow=flow_of("1.2"), tags=("noi-dung-1",)),
    ]
    ran = asyncio.run(run_in_turn(turns, open_shift("2022-07-19", "239-2022", swept=True)))
    assert [is_breakdown(r.state) for r in ran.values()] == [True, False]
    assert "đĩa đầy" in broken(ran)["x"]


def test_a_round_on_a_database_that_was_not_laid_out_fails() -> None:
    state = ran(round_flow, "2022-07-18")
    assert (state.is_crashed(), state.name) == (True, BROKEN)
    assert issubclass(RoundFailed, Unavailable)
