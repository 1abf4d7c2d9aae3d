"""Runs that nobody works on: ended once, run again once, and left alone while they say that they live."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from prefect import State
from prefect.client.orchestration import PrefectClient, SyncPrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId
from prefect.client.schemas.objects import FlowRun
from prefect.server.database import provide_database_interface
from prefect.server.events.schemas.events import ReceivedEvent, Resource
from prefect.server.events.storage.database import write_events
from prefect.settings import PREFECT_API_URL
from prefect.states import Pending, Running, Scheduled

from flows.deployments import ORDINARY, WORK_POOL
from flows.pools import AT_ONCE, make_pools
from flows.stuck import AGAIN, HEARTBEAT, LOST, Patience, stuck
from flows.tending import tend, tending_flow
from flows.turns import IN_ROUND
from tasks_lib.kernel.clock import now
from tests.flows.running import asked, finished, flow_of

pytestmark = pytest.mark.usefixtures("prefect")
NONE, LONG = timedelta(0), timedelta(minutes=10)
TAKEN_UP: State[None] = Pending(name="Submitting")
"""How a run stands that a worker has taken up and whose process has not begun."""


@pytest.fixture
def deployment(request: pytest.FixtureRequest) -> Iterator[UUID]:
    """A deployment of ours that is this test's own; what it left is gone afterwards."""

    async def deploy(client: PrefectClient) -> UUID:
        flow = await client.create_flow(flow_of("1.1"))
        return await client.create_deployment(
            flow, request.node.name, entrypoint="flows.of_plans.plan_239_2022_1_1"
        )

    made = asked(deploy)
    yield made
    asked(lambda client: client.delete_deployment(made))


def begun(deployment: UUID, *states: State[None], tags: tuple[str, ...] = ()) -> UUID:
    """Make a run that has come as far as the last of some states."""

    async def make(client: PrefectClient) -> UUID:
        run = await client.create_flow_run_from_deployment(deployment, state=Scheduled(), tags=tags)
        await brought(client, run.id, *states)
        return run.id

    return asked(make)


async def brought(client: PrefectClient, run: UUID, *states: State[None]) -> None:
    for state in states:
        await client.set_flow_run_state(run, state)


def runs(deployment: UUID) -> list[FlowRun]:
    mine = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[deployment]))
    return asked(lambda client: client.read_flow_runs(flow_run_filter=mine))


def names(deployment: UUID) -> dict[UUID, str]:
    return {run.id: str(run.state_name) for run in runs(deployment)}


def again(deployment: UUID) -> list[UUID]:
    return [run.id for run in runs(deployment) if AGAIN in run.tags]


def looked(*, pending: float, silent: float = 600) -> str:
    """Let the tending flow look once, and return what it says."""
    return str(finished(tending_flow, pending_seconds=pending, silent_seconds=silent).message)


@pytest.mark.usefixtures("house")
def test_a_run_that_was_taken_up_and_never_began_is_ended_and_run_again_once(deployment: UUID) -> None:
    stuck = begun(deployment, TAKEN_UP)
    assert looked(pending=600) == "Kết thúc 0 lượt kẹt, chạy lại 0 lượt"
    assert names(deployment) == {stuck: "Submitting"}

    assert looked(pending=0) == "Kết thúc 1 lượt kẹt, chạy lại 1 lượt"
    (second,) = again(deployment)
    assert names(deployment) == {stuck: LOST, second: "Scheduled"}
    assert looked(pending=0) == "Kết thúc 0 lượt kẹt, chạy lại 0 lượt"
    assert set(names(deployment)) == {stuck, second}

    asked(lambda client: brought(client, second, TAKEN_UP))
    assert looked(pending=0) == "Kết thúc 1 lượt kẹt, chạy lại 0 lượt"
    assert names(deployment) == {stuck: LOST, second: LOST}


def test_two_that_look_at_the_same_moment_run_it_again_once(deployment: UUID) -> None:
    begun(deployment, TAKEN_UP)
    patience = Patience(pending=NONE, silent=LONG)

    async def both(client: PrefectClient) -> None:
        await asyncio.gather(*(tend(client, patience) for _ in range(2)))

    asked(both)
    assert len(again(deployment)) == 1
    assert sorted(names(deployment).values()) == [LOST, "Scheduled"]


def test_what_was_lost_long_ago_or_comes_again_with_its_round_is_not_run_again(deployment: UUID) -> None:
    of_a_round = begun(deployment, TAKEN_UP, tags=(IN_ROUND,))
    asked(lambda client: tend(client, Patience(pending=NONE, silent=LONG)))
    assert names(deployment) == {of_a_round: LOST}
    alone = begun(deployment, TAKEN_UP)
    asked(lambda client: tend(client, Patience(pending=NONE, silent=LONG, again=NONE)))
    assert names(deployment) == {of_a_round: LOST, alone: LOST}


def test_one_that_runs_is_left_alone_as_long_as_it_says_that_it_lives(deployment: UUID) -> None:
    alive, silent = (begun(deployment, TAKEN_UP, Running()) for _ in range(2))
    moment = now()
    patience = Patience(pending=LONG, silent=LONG)

    def lost(at: datetime) -> set[UUID]:
        found = asked(lambda client: stuck(client, [deployment], at, patience))
        return {run.id for run in found}

    assert lost(moment) == set()
    beats(alive)
    assert lost(moment + LONG) == {silent}
    assert lost(moment + 2 * LONG) == {silent, alive}


def beats(run: UUID) -> None:
    """Have the server know that a run has just said it lives; a passing server writes no events by itself."""
    resource = Resource.model_validate({"prefect.resource.id": f"prefect.flow-run.{run}"})
    told = ReceivedEvent(id=uuid4(), occurred=now(), event=HEARTBEAT, resource=resource)

    async def write() -> None:
        async with provide_database_interface().session_context(begin_transaction=True) as session:
            await write_events(session, [told])

    asyncio.run(write())


def test_so_many_runs_are_under_way_at_once_as_is_said_also_where_it_was_changed() -> None:
    api = str(PREFECT_API_URL.value())
    with SyncPrefectClient(api) as client:
        for _ in range(2):
            make_pools(api, "")
            queue = client.read_work_queue_by_name(ORDINARY, work_pool_name=WORK_POOL)
            assert queue.concurrency_limit == AT_ONCE
            client.update_work_queue(queue.id, concurrency_limit=1)
