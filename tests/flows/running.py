"""How a test asks for a flow run, and for what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from prefect import Flow, State
from prefect.client.orchestration import PrefectClient, get_client

from config.load import OWN_DIRECTORY, load_configuration
from flows.factory import subject_flow
from flows.inside_prefect import one_client
from flows.subjects import subjects

AnyFlow = Flow[..., Any]
_CONFIGURED = load_configuration(OWN_DIRECTORY)
SUBJECTS = {s.key: s for s in subjects(_CONFIGURED, _CONFIGURED.plan())}
"""What the flows of plan 239 are about, by item, cycle or kind."""
T = TypeVar("T")


def flow_of(key: str) -> AnyFlow:
    """Return the flow of plan 239 that is about an item, a cycle or a kind."""
    return subject_flow(SUBJECTS[key])


def ran(flow: AnyFlow, as_of: str | None, **parameters: object) -> State[Any]:
    """Run a flow to its end and return its end state."""
    return finished(flow, as_of=as_of, **parameters)


def finished(flow: AnyFlow, **parameters: object) -> State[Any]:
    """Do the same with one that is about no day."""

    async def run() -> State[Any]:
        state: State[Any] = await flow(return_state=True, **parameters)
        return state

    with one_client():
        return asyncio.run(run())


def asked(question: Callable[[PrefectClient], Awaitable[T]]) -> T:
    """Ask Prefect's server a question."""

    async def ask() -> T:
        async with get_client() as client:
            return await question(client)

    with one_client():
        return asyncio.run(ask())
