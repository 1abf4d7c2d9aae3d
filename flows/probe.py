"""The daily self-test as a flow: whether a duty still goes its whole way, tried each morning."""

from __future__ import annotations

import asyncio
from typing import Any

from prefect import State, flow
from prefect.states import Completed, Failed

from flows.factory import not_started, open_shift, run_day, sleeps
from obligations.errors import Refused
from tasks_lib.watch.probe import probe

NAME = "Tự kiểm hằng ngày"
TAGS = ("tu-kiem",)


@flow(
    name=NAME,
    description="Thử một nhiệm vụ riêng của hệ thống: đến hạn, nhắc, gửi thư, mở đường dẫn, trả lời.",
    flow_run_name=lambda: f"Tự kiểm · {run_day()}",
    persist_result=False,
)
async def probe_flow(as_of: str | None = None, plan: str | None = None) -> State[Any]:
    """Try the whole way once."""
    shift = open_shift(as_of, plan, swept=True)
    if sleeps(shift, as_of):
        return not_started()
    try:
        tried = await asyncio.to_thread(probe, shift.house, shift.as_of)
    except Refused as held:
        return Completed(name="Không thử", message=str(held))
    if not tried.ok:
        return Failed(name="Không đạt", message=tried.said, data=tried.as_json())
    return Completed(
        name="Đạt", message="đến hạn, nhắc, gửi thư, mở đường dẫn, trả lời", data=tried.as_json()
    )
