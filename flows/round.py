"""The daily round: one sweep, then every item and what else is open that day, in one process, in turn."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextvars import Context
from dataclasses import dataclass
from typing import Any

from prefect import State, flow, tags
from prefect.context import AsyncClientContext, SettingsContext, SyncClientContext, get_settings_context
from prefect.states import Completed

from flows.cycles import CYCLE_FLOWS, DUTY_FLOWS
from flows.factory import SubjectFlow, not_started, open_shift, run_day, sleeps
from flows.items import ITEM_FLOWS
from flows.subjects import DUTIES, cycle_subject, item_subject
from flows.verdict import NOT_YET, OVERDUE
from obligations.errors import Unavailable
from tasks_lib.shift import Shift, working
from tasks_lib.tasks import Summary, sweep_plan

NAME = "Lượt theo dõi hằng ngày"
TAGS = ("hang-ngay",)


class RoundFailed(Unavailable):
    """Some flows of the round broke down; what they were to publish is missing, the sweep itself is done."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One flow's turn in the round."""

    key: str
    flow: SubjectFlow
    tags: tuple[str, ...]


@flow(
    name=NAME,
    description="Rà soát cả kế hoạch một lần, rồi công bố tình hình 39 nhiệm vụ và các kỳ báo cáo đang mở.",
    flow_run_name=lambda: f"Lượt ngày {run_day()}",
    persist_result=False,
)
async def round_flow(as_of: str | None = None, plan: str | None = None) -> State[Summary]:
    """Bring the plan up to `as_of`; ends completed whatever is overdue, and failed if a flow broke down."""
    shift = open_shift(as_of, plan)
    if sleeps(shift, as_of):
        return not_started()
    with working(shift):
        report = await sweep_plan()
    states = await run_in_turn(todays_turns(shift), shift)
    if failures := broken(states):
        raise RoundFailed("; ".join(f"{key}: {why}" for key, why in failures.items()))
    return Completed(message=_summary(states), data=report)


def todays_turns(shift: Shift) -> list[Turn]:
    """Return the 39 items in the plan's order, then of the rest what has anything open that day."""
    items = [Turn(key=k, flow=f, tags=item_subject(k).tags) for k, f in ITEM_FLOWS.items()]
    rest = [Turn(key=k, flow=f, tags=_tags(k)) for k, f in (CYCLE_FLOWS | DUTY_FLOWS).items()]
    return [*items, *(turn for turn in rest if shift.outlook(turn.key).opened)]


def _tags(key: str) -> tuple[str, ...]:
    if key in CYCLE_FLOWS:
        return cycle_subject(key).tags
    return DUTIES[key].tags if key in DUTIES else item_subject(key).tags


async def run_in_turn(turns: Iterable[Turn], shift: Shift) -> dict[str, State[Any]]:
    """Run flows one after another, each with a run of its own, and return their end states.

    An empty context frees them from the calling flow: subflows cost about a third more, and a red one would
    stand in the parent's graph. The settings are carried over, and one client serves all: every new one would
    read the machine's certificates again (30 ms).
    """
    settings = get_settings_context()

    async def run_all() -> dict[str, State[Any]]:
        with (
            SettingsContext(profile=settings.profile, settings=settings.settings),
            SyncClientContext.get_or_create(),
            working(shift),
        ):
            async with AsyncClientContext.get_or_create():
                return {turn.key: await _run(turn, shift) for turn in turns}

    return await asyncio.create_task(run_all(), context=Context())


async def _run(turn: Turn, shift: Shift) -> State[Any]:
    parameters = {"as_of": shift.as_of.isoformat(), "swept": True, "plan": shift.house.plan.key}
    with tags(*turn.tags):
        state: State[Any] = await turn.flow(return_state=True, **parameters)
    return state


def broken(states: dict[str, State[Any]]) -> dict[str, str]:
    """Return what the flows that broke down said."""
    return {key: state.message or str(state.name) for key, state in states.items() if is_breakdown(state)}


def is_breakdown(state: State[Any]) -> bool:
    """Whether a flow broke down, rather than ended red because work is overdue."""
    return not state.is_completed() and state.name != OVERDUE


def _summary(states: dict[str, State[Any]]) -> str:
    names = [state.name for state in states.values()]
    red, ahead = names.count(OVERDUE), names.count(NOT_YET)
    return f"{len(names)} luồng: {red} quá hạn, {ahead} chưa đến kỳ, {len(names) - red - ahead} còn lại"
