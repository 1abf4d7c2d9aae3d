"""Runs that nobody works on any more: found by what they are, not by what was heard, and run once more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterEndTime,
    FlowRunFilterIdempotencyKey,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Crashed

from flows.turns import IN_ROUND, PAGE

LOST = "Mất liên lạc"
"""How a run ends that nobody works on any more: its worker was killed, its server or its machine was away."""
AGAIN = "chay-lai"
"""The tag of a run that is another's second try; it has no third."""
HEARTBEAT = "prefect.flow-run.heartbeat"


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long a run may be silent before it counts as lost, and how long ago a lost one is run again."""

    pending: timedelta
    """Between being taken up by a worker and beginning."""
    silent: timedelta
    """Without a heartbeat; several are missed by then."""
    again: timedelta = timedelta(hours=1)
    """What was lost longer ago is made good by the next of its schedule."""


async def stuck(
    client: PrefectClient, ours: Sequence[UUID], now: datetime, patience: Patience
) -> list[FlowRun]:
    """Return the runs that were taken up and never began, and those that run and say nothing."""
    pending = await _runs(client, ours, StateType.PENDING)
    running = await _runs(client, ours, StateType.RUNNING)
    quiet = [run for run in running if _since(run) < now - patience.silent]
    alive = {run.id for run in quiet if await _heard(client, run, now - patience.silent)}
    lost = [run for run in pending if _since(run) < now - patience.pending]
    return [*lost, *(run for run in quiet if run.id not in alive)]


async def give_up(client: PrefectClient, run: FlowRun) -> None:
    """End a run that nobody works on; what it held is free again."""
    assert run.state is not None
    said = f"Không còn tiến trình nào chạy lượt này (trạng thái cuối: {run.state.name})"
    await client.set_flow_run_state(run.id, Crashed(name=LOST, message=said))


async def run_again(
    client: PrefectClient, ours: Sequence[UUID], now: datetime, patience: Patience
) -> list[FlowRun]:
    """Run once more, with the same parameters, what was lost of late; asked twice it is done once."""
    lost = [
        run
        for run in await _runs(client, ours, StateType.CRASHED, ended_after=now - patience.again)
        if not {IN_ROUND, AGAIN} & set(run.tags)
    ]
    done = await _already(client, lost)
    return [await _once_more(client, run) for run in lost if _key(run) not in done]


async def _already(client: PrefectClient, lost: Iterable[FlowRun]) -> set[str]:
    keys = [_key(run) for run in lost]
    if not keys:
        return set()
    known = FlowRunFilter(idempotency_key=FlowRunFilterIdempotencyKey(any_=keys))
    return {str(run.idempotency_key) for run in await client.read_flow_runs(flow_run_filter=known)}


async def _once_more(client: PrefectClient, run: FlowRun) -> FlowRun:
    assert run.deployment_id is not None
    return await client.create_flow_run_from_deployment(
        run.deployment_id, parameters=run.parameters, tags=[*run.tags, AGAIN], idempotency_key=_key(run)
    )


def _key(run: FlowRun) -> str:
    return f"{AGAIN}-{run.id}"


def _since(run: FlowRun) -> datetime:
    """Since when a run is in its state."""
    assert run.state is not None
    return run.state.timestamp


async def _runs(
    client: PrefectClient, ours: Sequence[UUID], state: StateType, ended_after: datetime | None = None
) -> list[FlowRun]:
    chosen = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=list(ours)),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[state])),
        end_time=FlowRunFilterEndTime(after_=ended_after) if ended_after else None,
    )
    return await client.read_flow_runs(flow_run_filter=chosen, limit=PAGE)


async def _heard(client: PrefectClient, run: FlowRun, since: datetime) -> bool:
    """Whether a run has said since then that it is alive."""
    wanted = {
        "event": {"name": [HEARTBEAT]},
        "resource": {"id": [f"prefect.flow-run.{run.id}"]},
        "occurred": {"since": since.isoformat()},
    }
    answer = await client.request("POST", "/events/filter", json={"filter": wanted, "limit": 1})
    answer.raise_for_status()
    return bool(answer.json()["events"])
