"""The daily self-test as a flow: whether a duty still goes its whole way, tried each morning."""

from __future__ import annotations

import asyncio
from typing import Any

from prefect import State, flow
from prefect.states import Completed, Failed

from flows.factory import not_started, run_day, shifts
from obligations.errors import Refused
from tasks_lib.watch.probe import Probed, probe

NAME = "Tự kiểm hằng ngày"
TAGS = ("tu-kiem",)


@flow(
    name=NAME,
    description="Thử một nhiệm vụ riêng của hệ thống: đến hạn, nhắc, gửi thư, mở đường dẫn, trả lời.",
    flow_run_name=lambda: f"Tự kiểm · {run_day()}",
    persist_result=False,
)
async def probe_flow(as_of: str | None = None, plan: str | None = None) -> State[Any]:
    """Try the whole way once for every started plan, or for one: each watches over its own."""
    found = shifts(as_of, plan, swept=True)
    if not found:
        return not_started()
    tried: dict[str, Probed] = {}
    for shift in found:
        try:
            tried[shift.house.plan.key] = await asyncio.to_thread(probe, shift.house, shift.as_of)
        except Refused as held:
            return Completed(name="Không thử", message=str(held))
    data = {key: each.as_json() for key, each in tried.items()}
    if failed := [each.said for each in tried.values() if not each.ok]:
        return Failed(name="Không đạt", message="; ".join(failed), data=data)
    return Completed(name="Đạt", message="đến hạn, nhắc, gửi thư, mở đường dẫn, trả lời", data=data)
