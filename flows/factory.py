"""One body for every flow of a plan: bring its subject up to `as_of` and publish how it stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from datetime import datetime
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from prefect import Flow, State, flow, get_client, get_run_logger
from prefect.runtime import flow_run
from prefect.states import Completed, Crashed, Failed

from flows.subjects import Subject
from flows.verdict import Verdict, judge
from tasks_lib.kernel.bootstrap import open_house, open_houses
from tasks_lib.kernel.clock import local_day, parse_as_of
from tasks_lib.rounds.shift import Shift, shared_shift, working
from tasks_lib.rounds.step_tasks import announce, climb
from tasks_lib.rounds.tasks import Summary, every_level, open_period, publish

P = ParamSpec("P")
R = TypeVar("R")
Body = Callable[P, Coroutine[Any, Any, R]]
SubjectFlow = Flow[..., Coroutine[Any, Any, State[Any]]]
NOT_STARTED = "Kế hoạch chưa khởi động"
BROKEN = "Lỗi hệ thống"
"""How a flow ends that broke down; one whose work is late ends "Quá hạn"."""
NEWLY_RED = "item.red"


@cache
def subject_flow(subject: Subject) -> SubjectFlow:
    """Make a flow whose run graph shows the chain and whose end state says how the subject stands."""

    @flow(
        name=subject.name,
        description=subject.description,
        flow_run_name=lambda: f"{subject.label} · {run_day()}",
        persist_result=False,
    )
    @told_apart
    async def run(as_of: str | None = None, swept: bool = False) -> State[Any]:
        with working(shared_shift() or open_shift(as_of, subject.plan, swept=swept)) as shift:
            if sleeps(shift, as_of):
                return not_started()
            await tag_day(shift.as_of)
            chain = await climb(shift, await open_period(shift, subject.key, subject.item))
            chain = await every_level(shift, chain)
            verdict = judge(shift.outlook(subject.key))
            if newly_red(shift, subject.key):
                announce(shift, NEWLY_RED, subject.key, {"state": verdict.name, "counts": verdict.message})
            return end_state(verdict, await publish(shift, chain, verdict.message))

    return run


def open_shift(as_of: str | None, plan: str, *, swept: bool = False) -> Shift:
    """Open the house of one plan for a flow that runs alone."""
    return Shift(open_house(plan), parse_as_of(as_of), swept)


def shifts(as_of: str | None, plan: str | None, *, swept: bool = False) -> list[Shift]:
    """Open a shift for each plan that may run: the one asked for, or all; by the clock, those started."""
    found = [Shift(house, parse_as_of(as_of), swept) for house in open_houses(plan)]
    return [shift for shift in found if not sleeps(shift, as_of)]


async def of_each(
    found: Iterable[Shift], work: Callable[[Shift], Awaitable[R]]
) -> tuple[dict[str, R], list[str]]:
    """Do something for one plan after another; return what came of each, and of the others what broke."""
    done: dict[str, R] = {}
    broke: list[str] = []
    for shift in found:
        plan = shift.house.plan.key
        try:
            done[plan] = await work(shift)
        except Exception as error:
            get_run_logger().exception("Kế hoạch %s", plan)
            broke.append(f"{plan}: {one_line(error)}")
    return done, broke


def by_plan(said: dict[str, str]) -> str:
    """Put together what is said of each plan, named where there are several."""
    if len(said) == 1:
        return next(iter(said.values()))
    return "; ".join(f"{plan}: {text}" for plan, text in said.items())


def sleeps(shift: Shift, as_of: str | None) -> bool:
    """Whether nothing may run: by the real clock a plan runs only once it has been started."""
    return as_of is None and not shift.plan_started()


def not_started() -> State[Any]:
    """Return the end state of a run before the plan's start, or after it was closed."""
    return Completed(name=NOT_STARTED, message="Xem 'dondoc plan list'; bật bằng 'dondoc plan start'")


def newly_red(shift: Shift, subject: str) -> bool:
    """Whether a subject is red that was not when it was last looked at."""
    return judge(shift.outlook(subject)).red and not judge(shift.before(subject)).red


def told_apart(body: Body[P, State[Any]]) -> Body[P, State[Any]]:
    """End a flow that broke down in a state of another name and type than one whose work is late."""

    @wraps(body)
    async def run(*given: P.args, **named: P.kwargs) -> State[Any]:
        try:
            return await body(*given, **named)
        except Exception as error:
            get_run_logger().exception(BROKEN)
            return Crashed(name=BROKEN, message=one_line(error), data=error)

    return run


def one_line(error: Exception) -> str:
    """Say what broke by the first line that says anything."""
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)


def end_state(verdict: Verdict, summary: Summary) -> State[Any]:
    """Return a named state, green or (overdue) red; a breakdown is `BROKEN`, of the type "Crashed"."""
    state = Failed if verdict.red else Completed
    return state(name=verdict.name, message=verdict.message, data={**summary, "state": verdict.name})


def day_tag(as_of: datetime) -> str:
    """Return the tag of a day's runs: ngay-2022-07-18."""
    return f"ngay-{local_day(as_of).isoformat()}"


async def tag_day(as_of: datetime) -> None:
    """Give the run that is under way its day's tag, unless the round has."""
    mark = day_tag(as_of)
    if mark not in flow_run.tags:
        async with get_client() as client:
            await client.update_flow_run(UUID(flow_run.id), tags=[*flow_run.tags, mark])


def run_day() -> str:
    """Write the day a run is about, from its parameters: 18/7/2022."""
    given: str | None = flow_run.parameters.get("as_of")
    instant: datetime = parse_as_of(given)
    on = local_day(instant)
    return f"{on.day}/{on.month}/{on.year}"
