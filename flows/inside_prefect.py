"""What of Prefect's inside the flows use, all of it here; `tests/flows/test_inside_prefect.py` pins each.

None of these stands in Prefect's documented interface, so a new release may change them without a word:

- `prefect.flow_engine.run_flow_async` runs a flow in a run that has been made before; calling the flow always
  makes a new one, which belongs to no deployment.
- `prefect.context.get_settings_context` and `SettingsContext` carry the settings into an empty context, in
  which a flow is nobody's subflow: what Prefect does for one costs about a third more.
- `prefect.context.AsyncClientContext` and `SyncClientContext` keep one client for many flows: every new one
  would read the machine's certificates again (30 ms), and the one that Prefect opens by itself stays open.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from typing import Any, TypeVar, cast

from prefect import State
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.context import AsyncClientContext, SettingsContext, SyncClientContext, get_settings_context
from prefect.flow_engine import run_flow_async

from flows.factory import SubjectFlow

T = TypeVar("T")


async def apart(work: Callable[[PrefectClient], Awaitable[T]]) -> T:
    """Do work free from the calling flow, with its settings and one client for all that is run within."""
    settings = get_settings_context()

    async def done() -> T:
        with (
            SettingsContext(profile=settings.profile, settings=settings.settings),
            SyncClientContext.get_or_create(),
        ):
            async with AsyncClientContext.get_or_create() as context:
                return await work(context.client)

    return await asyncio.create_task(done(), context=Context())


async def run_in(flow: SubjectFlow, made: FlowRun | None, parameters: dict[str, object]) -> State[Any]:
    """Run a flow in a run that has been made for it, in a new one without; return how it ended."""
    called: Any = flow  # a flow that returns a state is one to Prefect's types and two to mypy
    ended: Any = await run_flow_async(called, flow_run=made, parameters=parameters, return_type="state")
    return cast("State[Any]", ended)


@contextmanager
def one_client() -> Iterator[None]:
    """Keep one client for the flows called within, and close it."""
    with SyncClientContext.get_or_create():
        yield
