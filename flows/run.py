"""Runs one round from the command line: on the server that is configured, else on a passing one of ours."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import datetime
from typing import Any

from config.settings import read_settings
from flows.local_server import passing_server, wait_until_healthy

QUIET = {"PREFECT_LOGGING_LEVEL": "CRITICAL", "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL"}
"""A breakdown is told by the exception that leaves `run_round`; the rest stands in Prefect's database."""


def run_round(as_of: datetime, plan: str | None = None) -> dict[str, Any]:
    """Run the round of an instant through Prefect and return what its sweep reports."""
    if _configured_api():
        return _round(as_of, plan)
    with passing_server(read_settings().home) as (server, process):
        os.environ.update({**server.environment(), **QUIET})
        _import_flows()  # two seconds, while the server starts
        wait_until_healthy(server, process)
        return _round(as_of, plan)


def _configured_api() -> str | None:
    """The server somebody has named: in the environment, or in Prefect's settings if it is loaded already."""
    if "prefect" not in sys.modules:
        return os.environ.get("PREFECT_API_URL")
    from prefect.settings import get_current_settings  # noqa: PLC0415

    return get_current_settings().api.url


def _import_flows() -> None:
    from flows import round as _  # noqa: F401, PLC0415


def _round(as_of: datetime, plan: str | None) -> dict[str, Any]:
    from prefect.context import SyncClientContext  # noqa: PLC0415 - Prefect costs two seconds

    from flows.round import round_flow  # noqa: PLC0415

    # A flow that returns a state gives its data to a plain caller, which its type cannot say.
    flow: Any = round_flow
    with SyncClientContext.get_or_create():  # without it Prefect opens a client of its own and leaves it open
        report: dict[str, Any] = asyncio.run(flow(as_of=as_of.isoformat(), plan=plan))
    return report
