"""The reporting flow: what Prefect's automations start, so that what they saw stands where people look."""

from __future__ import annotations

from typing import Any

from prefect import State, flow, get_run_logger
from prefect.artifacts import acreate_markdown_artifact
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.factory import by_plan, newly_red, shifts
from flows.verdict import judge
from obligations.model import Item
from obligations.words import count, day
from tasks_lib.kernel.bootstrap import open_houses
from tasks_lib.kernel.clock import local_day, now
from tasks_lib.kernel.trouble import note_trouble
from tasks_lib.rounds.shift import Shift

NAME = "Báo vận hành"
TAGS = ("van-hanh",)
TROUBLE, RED = "su-co", "qua-han"


@flow(
    name=NAME,
    description="Do các luật tự động (automations) gọi: ghi sự cố của bộ máy cho người vận hành,"
    " lập danh sách nhiệm vụ mới quá hạn trong ngày cho người điều phối.",
    flow_run_name=lambda: f"Báo {'quá hạn' if flow_run.parameters.get('what') == RED else 'sự cố'}",
    persist_result=False,
)
async def reporting_flow(
    what: str = TROUBLE, subject: str = "", said: str = "", as_of: str | None = None, plan: str | None = None
) -> State[Any]:
    """Write down one trouble of the engine, or the items that turned red on a day."""
    if what == RED:
        return await _red(shifts(as_of, plan, swept=True))
    text = f"{subject}: {said}" if said else subject
    get_run_logger().error("%s", text)
    for house in open_houses(plan):
        note_trouble(house, now(), text)
    return Completed(name="Đã ghi sự cố", message=text)


async def _red(looked_at: list[Shift]) -> State[Any]:
    """List of every plan what turned red that day, each plan on a page of its own."""
    found = {shift.house.plan.key: await _red_of(shift) for shift in looked_at}
    plans = {plan: ", ".join(item.key for item in items) for plan, items in found.items()}
    many = count(sum(map(len, found.values())))
    return Completed(name=f"{many} nhiệm vụ mới quá hạn", message=by_plan(plans))


async def _red_of(shift: Shift) -> list[Item]:
    plan = shift.house.plan
    items = [item for item in plan.items if newly_red(shift, item.key)]
    on = day(local_day(shift.as_of))
    lines = [f"- **{i.key}** {i.title}: {judge(shift.outlook(i.key)).message}" for i in items]
    await acreate_markdown_artifact(
        key=f"nhiem-vu-moi-qua-han-{plan.key}",
        markdown="\n".join([f"**Nhiệm vụ mới quá hạn ngày {on}**", "", *lines]),
        description=f"Nhiệm vụ mới quá hạn ngày {on}, Kế hoạch số {plan.number}",
    )
    return items
