"""Whether the next runs stand there: asked of a server once everything has been started."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import DeploymentSchedule, FlowRun, StateType
from prefect.client.schemas.schedules import RRuleSchedule

PAGE = 200
"""The most that Prefect gives at once."""
AHEAD = timedelta(days=99)
"""Its scheduler writes runs for a hundred days ahead; a day less, for it reckons at another moment."""
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the scheduler has made so far."""

    missing: tuple[str, ...]
    """Deployments with an active schedule whose next run is not there."""
    next_start: datetime | None
    """When the next run of the deployment asked about begins."""


def standing(client: SyncPrefectClient, asked_about: str, now: datetime) -> Standing:
    """Look at every active schedule and at the runs that stand there for it."""
    found = list(_all(lambda offset: client.read_deployments(limit=PAGE, offset=offset)))
    starts = _next_starts(client)
    missing = [d.name for d in found if any(is_due(s, now) and s.id not in starts for s in d.schedules)]
    asked = (starts[s.id] for d in found if d.name == asked_about for s in d.schedules if s.id in starts)
    return Standing(missing=tuple(missing), next_start=min(asked, default=None))


def is_due(schedule: DeploymentSchedule, now: datetime) -> bool:
    """Whether a schedule is to run within the time that the scheduler looks ahead."""
    if not schedule.active or not isinstance(schedule.schedule, RRuleSchedule):
        return schedule.active
    following = schedule.schedule.to_rrule().after(now)
    return following is not None and following <= now + AHEAD


def _next_starts(client: SyncPrefectClient) -> dict[UUID, datetime]:
    """Return the first run that the scheduler made of each schedule."""
    waiting = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])))
    starts: dict[UUID, datetime] = {}

    def page(offset: int) -> Sequence[FlowRun]:
        return client.read_flow_runs(flow_run_filter=waiting, limit=PAGE, offset=offset)

    for run in _all(page):
        schedule, start = run.created_by and run.created_by.id, run.expected_start_time
        if run.auto_scheduled and schedule and start:
            starts[schedule] = min(starts.get(schedule, start), start)
    return starts


def _all(page: Callable[[int], Sequence[T]]) -> Iterator[T]:
    offset = 0
    while found := page(offset):
        yield from found
        offset += PAGE
