"""The flows of a round, one after another, each a run of its own that Prefect's pages lead to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from prefect import State, tags
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.responses import DeploymentResponse
from prefect.states import Pending

from flows.factory import SubjectFlow, day_tag, subject_flow
from flows.inside_prefect import apart, run_in
from flows.subjects import Sort, subjects
from tasks_lib.rounds.shift import Shift, sharing

PAGE = 200
"""How many deployments the server gives at once."""
IN_ROUND = "trong-luot"
"""The tag of runs that a round made: what broke of them comes again with the round."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One flow's turn in the round."""

    key: str
    flow: SubjectFlow
    tags: tuple[str, ...]
    deployment: str = ""
    """Its deployment's name, where the server knows it."""


@dataclass(frozen=True, kw_only=True)
class Ran:
    """How a flow's turn ended, and which run it was."""

    turn: Turn
    state: State[Any]

    @property
    def run(self) -> UUID | None:
        """The run's number in Prefect."""
        return self.state.state_details.flow_run_id


def todays_turns(shift: Shift) -> list[Turn]:
    """Return the items in the plan's order, then of the rest what has anything open that day."""
    return [
        Turn(key=each.key, flow=subject_flow(each), tags=each.tags, deployment=each.deployment)
        for each in subjects(shift.house.configuration, shift.house.plan)
        if each.sort is Sort.ITEM or shift.outlook(each.key).opened
    ]


async def run_in_turn(turns: Iterable[Turn], shift: Shift, parent: UUID | None = None) -> dict[str, Ran]:
    """Run flows one after another, each with a run of its own, and return how they ended.

    They are free from the calling flow and share one client (`flows/inside_prefect.py`). Where the server
    knows a flow's deployment its run belongs to it.
    """

    async def run_all(client: PrefectClient) -> dict[str, Ran]:
        with sharing(shift):
            homes = await _homes(client)
            return {turn.key: await _ran(turn, shift, client, homes, parent) for turn in turns}

    return await apart(run_all)


async def _homes(client: PrefectClient) -> dict[str, UUID]:
    """Return the deployments the server knows; a passing one knows none."""
    return {found.name: found.id for found in await known_deployments(client)}


async def known_deployments(client: PrefectClient) -> list[DeploymentResponse]:
    """Return all deployments, page by page: four plans have more than the server gives at once."""
    found: list[DeploymentResponse] = []
    while page := await client.read_deployments(limit=PAGE, offset=len(found)):
        found += page
    return found


async def _ran(
    turn: Turn, shift: Shift, client: PrefectClient, homes: dict[str, UUID], parent: UUID | None
) -> Ran:
    parameters = {"as_of": shift.as_of.isoformat(), "swept": True}
    marks = [*turn.tags, day_tag(shift.as_of), IN_ROUND]
    home = homes.get(turn.deployment)
    made = await _made(client, home, parameters, marks, parent) if home else None
    with tags(*marks):
        state = await run_in(turn.flow, made, parameters)
    return Ran(turn=turn, state=state)


async def _made(
    client: PrefectClient, home: UUID, parameters: dict[str, object], marks: list[str], parent: UUID | None
) -> FlowRun | None:
    """Make a run of the flow's own deployment; None while another run of it is on its way."""
    made = await client.create_flow_run_from_deployment(
        home, parameters=parameters, state=Pending(), tags=marks, parent_task_run_id=parent
    )
    return made if made.state is not None and made.state.is_pending() else None
