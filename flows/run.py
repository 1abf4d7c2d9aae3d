"""Runs one round from the command line: on the server that is configured, else on a passing one of ours."""

from __future__ import annotations

import asyncio
import os
import sys
from base64 import b64encode
from datetime import datetime
from typing import Any

import httpx

from config.settings import read_settings
from flows.local_server import passing_server, wait_until_healthy
from obligations.errors import Unavailable

QUIET = {"PREFECT_LOGGING_LEVEL": "CRITICAL", "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL"}
"""A breakdown is told by the exception that leaves `run_round`; the rest stands in Prefect's database."""
ANSWER_SECONDS = 20


def run_round(as_of: datetime, plan: str) -> dict[str, object]:
    """Run the round of one plan at an instant through Prefect and return what its sweep reports."""
    api, auth = _configured()
    if api:
        require_answering(api, auth)
        return _round(as_of, plan)
    with passing_server(read_settings().home) as (server, process):
        os.environ.update({**server.environment(), **QUIET})
        _import_flows()  # two seconds, while the server starts
        wait_until_healthy(server, process)
        return _round(as_of, plan)


def _configured() -> tuple[str | None, str]:
    """The server somebody has named, and what it asks for: in Prefect's settings once it is loaded."""
    if "prefect" not in sys.modules:
        return os.environ.get("PREFECT_API_URL"), os.environ.get("PREFECT_API_AUTH_STRING", "")
    from prefect.settings import get_current_settings  # noqa: PLC0415

    found = get_current_settings().api
    return found.url, found.auth_string.get_secret_value() if found.auth_string else ""


def require_answering(api: str, auth: str) -> None:
    """Say in one line what is wrong with a server that somebody has named, before anything is begun."""
    headers = {"Authorization": f"Basic {b64encode(auth.encode()).decode()}"} if auth else {}
    try:
        found = httpx.get(f"{api.rstrip('/')}/version", headers=headers, timeout=ANSWER_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unavailable(f"máy chủ Prefect ({api}) không trả lời: {error}") from None
    if found.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise Unavailable(
            f"máy chủ Prefect ({api}) không nhận: đặt PREFECT_API_AUTH_STRING đúng chuỗi của máy chủ"
        )
    if not found.is_success:
        raise Unavailable(f"máy chủ Prefect ({api}) trả lời {found.status_code}: xem PREFECT_API_URL")


def _import_flows() -> None:
    from flows import round as _  # noqa: F401, PLC0415


def _round(as_of: datetime, plan: str) -> dict[str, object]:
    from flows.inside_prefect import one_client  # noqa: PLC0415 - Prefect costs two seconds
    from flows.round import round_flow  # noqa: PLC0415

    # A flow that returns a state gives its data to a plain caller, which its type cannot say.
    flow: Any = round_flow
    with one_client():
        reports: dict[str, dict[str, object]] = asyncio.run(flow(as_of=as_of.isoformat(), plan=plan))
    return reports[plan]
