"""The daily round: of each plan one sweep, then every item and what else is open that day, in turn."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from prefect import State, flow
from prefect.artifacts import acreate_markdown_artifact
from prefect.states import Completed

from flows.factory import by_plan, not_started, of_each, run_day, shifts, tag_day, told_apart
from flows.turns import Ran, run_in_turn, todays_turns
from flows.verdict import NOT_YET, OVERDUE
from obligations.errors import Unavailable
from obligations.words import day
from tasks_lib.kernel.clock import local_day, now
from tasks_lib.rounds.shift import Shift, working
from tasks_lib.rounds.tasks import Summary, sweep_plan
from tasks_lib.watch.heartbeat import beat

NAME = "Lượt theo dõi hằng ngày"
TAGS = ("hang-ngay",)


class RoundFailed(Unavailable):
    """Some flows of the round broke down; what they were to publish is missing, the sweep itself is done."""


@flow(
    name=NAME,
    description="Rà soát từng kế hoạch một lần, rồi công bố tình hình các nhiệm vụ, kỳ báo cáo đang mở.",
    flow_run_name=lambda: f"Lượt ngày {run_day()}",
    persist_result=False,
)
@told_apart
async def round_flow(as_of: str | None = None, plan: str | None = None) -> State[dict[str, Summary]]:
    """Bring every started plan, or one, up to `as_of`; ends completed whatever is overdue.

    It ends broken if a flow broke down; what breaks in one plan stops no other.
    """
    found = shifts(as_of, plan)
    if not found:
        return not_started()
    await tag_day(found[0].as_of)
    rounds, failed = await of_each(found, _round)
    failed += [
        f"{plan}: {key}: {why}" for plan, each in rounds.items() for key, why in broken(each.ran).items()
    ]
    if failed:
        raise RoundFailed("; ".join(failed))
    if as_of is None:
        house = found[0].house
        await asyncio.to_thread(beat, house, house.settings.heartbeat_url, now())
    said = by_plan({plan: _summary(each.ran.values()) for plan, each in rounds.items()})
    return Completed(message=said, data={plan: each.report for plan, each in rounds.items()})


@dataclass(frozen=True, kw_only=True)
class OfPlan:
    """What the round of one plan came to."""

    report: Summary
    ran: dict[str, Ran]


async def _round(shift: Shift) -> OfPlan:
    """Sweep one plan and let its flows take their turns."""
    with working(shift):
        report = await sweep_plan(shift)
    ran = await run_in_turn(todays_turns(shift), shift)
    await publish_round(ran.values(), shift)
    return OfPlan(report=report, ran=ran)


async def publish_round(ran: Iterable[Ran], shift: Shift) -> None:
    """Put on the round's page how each flow of a plan ended, with the way to its run."""
    pages = shift.house.settings.prefect_ui_url
    rows = [_row(r, pages.rstrip("/") if pages else None) for r in ran]
    on, plan = day(local_day(shift.as_of)), shift.house.plan
    heading = [f"**{NAME}, ngày {on}**", "", "| Luồng | Kết quả | Chi tiết |", "|---|---|---|"]
    await acreate_markdown_artifact(
        key=f"luot-hang-ngay-{plan.key}",
        markdown="\n".join([*heading, *rows]),
        description=f"Kết quả từng luồng của lượt ngày {on}, Kế hoạch số {plan.number}",
    )


def _row(ran: Ran, pages: str | None) -> str:
    name = ran.turn.flow.name.replace("|", "/")
    shown = f"[{name}]({pages}/runs/flow-run/{ran.run})" if pages and ran.run else name
    return (
        f"| {shown} | {_mark(ran.state)} {ran.state.name} | {(ran.state.message or '').replace('|', '/')} |"
    )


def _mark(state: State[Any]) -> str:
    """A sign beside the words: what broke is not what is late."""
    if is_breakdown(state):
        return "⚠"
    return "🔴" if state.name == OVERDUE else "🟢"


def broken(ran: dict[str, Ran]) -> dict[str, str]:
    """Return what the flows that broke down said."""
    return {key: r.state.message or str(r.state.name) for key, r in ran.items() if is_breakdown(r.state)}


def is_breakdown(state: State[Any]) -> bool:
    """Whether a flow broke down, rather than ended red because work is overdue."""
    return not state.is_completed() and state.name != OVERDUE


def _summary(ran: Iterable[Ran]) -> str:
    names = [r.state.name for r in ran]
    red, ahead = names.count(OVERDUE), names.count(NOT_YET)
    return f"{len(names)} luồng: {red} quá hạn, {ahead} chưa đến kỳ, {len(names) - red - ahead} còn lại"
