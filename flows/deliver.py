"""The delivery flow: bundles what the sweeps recorded and sends it in sending hours."""

from __future__ import annotations

import asyncio

from prefect import State, flow
from prefect.states import Completed, Failed

from flows.factory import not_started, open_shift, run_day, sleeps, tag_day, told_apart
from tasks_lib.clock import now
from tasks_lib.mail_tasks import send_mail
from tasks_lib.shift import working
from tasks_lib.tasks import Summary
from tasks_lib.watch.heartbeat import beat

NAME = "Gửi thư nhắc việc, đôn đốc"
TAGS = ("gui-thu",)


@flow(
    name=NAME,
    description="Gộp tin nhắc việc theo từng nơi nhận và gửi trong giờ gửi thư của ngày làm việc.",
    flow_run_name=lambda: f"Gửi thư · {run_day()}",
    persist_result=False,
)
@told_apart
async def deliver_flow(as_of: str | None = None, plan: str | None = None) -> State[Summary]:
    """Send what may leave at `as_of`."""
    with working(open_shift(as_of, plan, swept=True)) as shift:
        if sleeps(shift, as_of):
            return not_started()
        await tag_day(shift.as_of)
        sent = await send_mail()
        if as_of is None and not (sent["stopped"] or sent["held_until"] or sent["on_hold"]):
            await asyncio.to_thread(beat, shift.house, shift.house.settings.heartbeat_delivery_url, now())
    if sent["stopped"]:
        why = f"{_counts(sent)}. {sent['stopped']}"
        return Failed(name="Máy chủ thư không nhận thư", message=why, data=sent)
    if sent["held"]:
        return Failed(name=f"Giữ lại {sent['held']} thư không soạn được", message=_counts(sent), data=sent)
    if sent["dead"]:
        return Failed(name=f"Còn {sent['dead']} thư không gửi được", message=_counts(sent), data=sent)
    return Completed(name="Đã gửi" if sent["sent"] else "Không có thư gửi", message=_counts(sent), data=sent)


def _counts(sent: Summary) -> str:
    held = f"; giữ đến {sent['held_until']}" if sent["held_until"] else ""
    return f"Gộp {sent['bundled']} thư, đã gửi {sent['sent']}, chưa gửi được {sent['failed']}{held}"
