"""The daily self-test as a flow: whether a duty still goes its whole way, tried each morning."""

from __future__ import annotations

import asyncio
from typing import Any

from prefect import State, flow
from prefect.states import Completed, Failed

from flows.factory import not_started, of_each, run_day, shifts
from obligations.errors import Refused, Unavailable
from tasks_lib.rounds.shift import Shift
from tasks_lib.watch.probe import Probed, probe

NAME = "Tự kiểm hằng ngày"
TAGS = ("tu-kiem",)


class ProbeFailed(Unavailable):
    """The self-test of some plans broke down before it could say anything."""


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
    tried, broke = await of_each(found, _try)
    if broke:
        raise ProbeFailed("; ".join(broke))
    ended = {plan: each for plan, each in tried.items() if isinstance(each, Probed)}
    if not ended:
        return Completed(name="Không thử", message="; ".join(dict.fromkeys(map(str, tried.values()))))
    data = {plan: each.as_json() for plan, each in ended.items()}
    if failed := [each.said for each in ended.values() if not each.ok]:
        return Failed(name="Không đạt", message="; ".join(failed), data=data)
    return Completed(name="Đạt", message="đến hạn, nhắc, gửi thư, mở đường dẫn, trả lời", data=data)


async def _try(shift: Shift) -> Probed | str:
    """Try one plan's way; return why not where nothing may be tried now."""
    try:
        return await asyncio.to_thread(probe, shift.house, shift.as_of)
    except Refused as held:
        return str(held)
