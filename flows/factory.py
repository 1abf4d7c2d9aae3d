"""One body for every flow of the plan: bring its subject up to `as_of` and publish how it stands."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import datetime
from typing import Any

from prefect import Flow, State, flow
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from flows.subjects import Subject, item_subject, named_plan
from flows.verdict import Verdict, judge
from tasks_lib.bootstrap import open_house
from tasks_lib.clock import local_day, parse_as_of
from tasks_lib.shift import Shift, shared_shift, working
from tasks_lib.tasks import Summary, commune_tier, district_tier, focal_tier, open_period, publish

SubjectFlow = Flow[..., Coroutine[Any, Any, State[Any]]]
NOT_STARTED = "Kế hoạch chưa khởi động"


def item_flow(key: str) -> SubjectFlow:
    """Make the flow of one item of the plan."""
    return subject_flow(item_subject(key))


def subject_flow(subject: Subject) -> SubjectFlow:
    """Make a flow whose run graph shows the chain and whose end state says how the subject stands."""

    @flow(
        name=subject.name,
        description=subject.description,
        flow_run_name=lambda: f"{subject.label} · {run_day()}",
        persist_result=False,
    )
    async def run(as_of: str | None = None, swept: bool = False, plan: str | None = None) -> State[Any]:
        with working(shared_shift() or open_shift(as_of, plan, swept=swept)) as shift:
            if sleeps(shift, as_of):
                return not_started()
            chain = await open_period(subject.key, subject.item)
            chain = await commune_tier(chain)
            chain = await district_tier(chain)
            chain = await focal_tier(chain)
            verdict = judge(shift.outlook(subject.key))
            return end_state(verdict, await publish(chain, verdict.message))

    return run


def open_shift(as_of: str | None, plan: str | None, *, swept: bool = False) -> Shift:
    """Open the house for a flow that runs alone, or for a round."""
    return Shift(open_house(plan or named_plan().key), parse_as_of(as_of), swept)


def sleeps(shift: Shift, as_of: str | None) -> bool:
    """Whether nothing may run: by the real clock a plan runs only once it has been started."""
    return as_of is None and not shift.plan_started()


def not_started() -> State[Any]:
    """Return the end state of a run before the plan's start."""
    return Completed(name=NOT_STARTED, message="Xem trước và bật bằng 'dondoc plan start'")


def end_state(verdict: Verdict, summary: Summary) -> State[Any]:
    """Return a named state, green or (overdue) red; an engine's failure is Prefect's own "Failed"."""
    state = Failed if verdict.red else Completed
    return state(name=verdict.name, message=verdict.message, data={**summary, "state": verdict.name})


def run_day() -> str:
    """Write the day a run is about, from its parameters: 18/7/2022."""
    given: str | None = flow_run.parameters.get("as_of")
    instant: datetime = parse_as_of(given)
    on = local_day(instant)
    return f"{on.day}/{on.month}/{on.year}"
