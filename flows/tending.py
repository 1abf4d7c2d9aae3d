"""The tending flow: every few minutes it looks for runs that nobody works on, and for a missing round."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from prefect import State, flow, get_client, get_run_logger
from prefect.client.orchestration import PrefectClient
from prefect.events import emit_event
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.factory import told_apart
from flows.following import OURS, follow
from flows.stuck import Patience, give_up, run_again, stuck
from flows.turns import known_deployments
from store.engine import reading
from tasks_lib.kernel.bootstrap import House, open_houses
from tasks_lib.kernel.clock import local_day, now
from tasks_lib.rounds.step_tasks import same_id
from tasks_lib.watch.engine_checks import round_ran
from tasks_lib.watch.model import Sight

NAME = "Trông coi các lượt chạy"
TAGS = ("van-hanh",)
ROUND_MISSING = "dondoc.round.missing"


@flow(
    name=NAME,
    description="Tìm lượt chạy không còn tiến trình nào thực hiện (kẹt ở Pending, Running), kết thúc rồi"
    " chạy lại một lần; đăng ký lịch chạy theo dữ liệu kế hoạch; báo khi lượt trong ngày chưa chạy.",
    flow_run_name=lambda: f"Trông coi · {now():%H:%M %d/%m/%Y}",
    persist_result=False,
)
@told_apart
async def tending_flow(
    pending_seconds: float = 600, silent_seconds: float = 240, plan: str | None = None
) -> State[dict[str, object]]:
    """End what is stuck, run once more what was lost, and tell when the day's round is missing."""
    patience = Patience(pending=timedelta(seconds=pending_seconds), silent=timedelta(seconds=silent_seconds))
    async with get_client() as client:
        found = await tend(client, patience)
        followed = await follow(client)
    missing = "; ".join(filter(None, (_missing_round(house) for house in open_houses(plan))))
    if missing:
        get_run_logger().error("%s", missing)
    said = f"Kết thúc {found['ended']} lượt kẹt, chạy lại {found['again']} lượt"
    said = "; ".join(filter(None, [said, followed, missing]))
    return Completed(message=said, data={**found, "followed": followed, "missing": missing})


async def tend(client: PrefectClient, patience: Patience) -> dict[str, int]:
    """End every run of ours that is stuck and run again what was lost; return how many of each."""
    ours = await _ours(client)
    lost = [run for run in await stuck(client, ours, now(), patience) if str(run.id) != flow_run.id]
    for run in lost:
        await give_up(client, run)
    return {"ended": len(lost), "again": len(await run_again(client, ours, now(), patience))}


async def _ours(client: PrefectClient) -> list[UUID]:
    return [d.id for d in await known_deployments(client) if (d.entrypoint or "").startswith(OURS)]


def _missing_round(house: House) -> str:
    """Say that the round of the last working day has not run; the same day is the same event."""
    sight = Sight(house=house, now=now(), real=True)
    with reading(house.engine) as connection:
        told = round_ran(sight, connection)
    if told.ok:
        return ""
    resource = f"dondoc.plan.{house.plan.key}"
    emit_event(
        ROUND_MISSING,
        {"prefect.resource.id": resource, "prefect.resource.name": f"Kế hoạch {house.plan.number}"},
        payload={"said": told.said, "day": local_day(sight.now).isoformat()},
        id=same_id(resource, local_day(sight.now).isoformat(), ROUND_MISSING),
    )
    return told.said
