"""How a test asks for a flow run."""

from __future__ import annotations

import asyncio
from typing import Any

from prefect import Flow, State
from prefect.context import SyncClientContext

AnyFlow = Flow[..., Any]


def ran(flow: AnyFlow, as_of: str | None, **parameters: object) -> State[Any]:
    """Run a flow to its end and return its end state."""
    return finished(flow, as_of=as_of, **parameters)


def finished(flow: AnyFlow, **parameters: object) -> State[Any]:
    """Do the same with one that is about no day."""

    async def run() -> State[Any]:
        state: State[Any] = await flow(return_state=True, **parameters)
        return state

    with SyncClientContext.get_or_create():  # without it Prefect opens a client and leaves it open
        return asyncio.run(run())
