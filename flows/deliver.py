"""The delivery flow: bundles what the sweeps recorded and sends it in sending hours."""

from __future__ import annotations

import asyncio

from prefect import State, flow
from prefect.states import Completed, Failed

from flows.factory import by_plan, not_started, of_each, run_day, shifts, tag_day, told_apart
from obligations.errors import Unavailable
from tasks_lib.kernel.clock import now
from tasks_lib.mailing.mail_tasks import send_mail
from tasks_lib.rounds.shift import Shift, working
from tasks_lib.rounds.tasks import Summary
from tasks_lib.watch.heartbeat import beat

NAME = "Gửi thư nhắc việc, đôn đốc"
TAGS = ("gui-thu",)


class DeliveryFailed(Unavailable):
    """The delivery of some plans broke down; what they were to send waits."""


@flow(
    name=NAME,
    description="Gộp tin nhắc việc theo từng nơi nhận và gửi trong giờ gửi thư của ngày làm việc.",
    flow_run_name=lambda: f"Gửi thư · {run_day()}",
    persist_result=False,
)
@told_apart
async def deliver_flow(as_of: str | None = None, plan: str | None = None) -> State[dict[str, Summary]]:
    """Send what may leave of every started plan, or of one, at `as_of`; one plan's fault stops no other."""
    found = shifts(as_of, plan, swept=True)
    if not found:
        return not_started()
    await tag_day(found[0].as_of)
    for shift in found:
        shift.beside = tuple(other.house.plan.key for other in found if other is not shift)
    sent, broke = await of_each(found, _deliver)
    if broke:
        raise DeliveryFailed("; ".join(broke))
    if as_of is None and not any(s["stopped"] or s["held_until"] or s["on_hold"] for s in sent.values()):
        house = found[0].house
        await asyncio.to_thread(beat, house, house.settings.heartbeat_delivery_url, now())
    return _end(sent)


async def _deliver(shift: Shift) -> Summary:
    with working(shift):
        return await send_mail(shift)


def _end(sent: dict[str, Summary]) -> State[dict[str, Summary]]:
    """End green, or red by the worst that happened: the server refused, a mail has no words."""
    stopped = [s["stopped"] for s in sent.values() if s["stopped"]]
    held, dead = _sum(sent, "held"), _sum(sent, "dead")
    counts = by_plan({plan: _counts(summary) for plan, summary in sent.items()})
    if stopped:
        return Failed(name="Máy chủ thư không nhận thư", message=f"{counts}. {stopped[0]}", data=sent)
    if held:
        return Failed(name=f"Giữ lại {held} thư không soạn được", message=counts, data=sent)
    if dead:
        return Failed(name=f"Còn {dead} thư không gửi được", message=counts, data=sent)
    name = "Đã gửi" if _sum(sent, "sent") else "Không có thư gửi"
    return Completed(name=name, message=counts, data=sent)


def _sum(sent: dict[str, Summary], what: str) -> int:
    return sum(int(summary[what]) for summary in sent.values())


def _counts(sent: Summary) -> str:
    held = f"; giữ đến {sent['held_until']}" if sent["held_until"] else ""
    return f"Gộp {sent['bundled']} thư, đã gửi {sent['sent']}, chưa gửi được {sent['failed']}{held}"
