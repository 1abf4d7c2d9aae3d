"""As many flows as the plan has items, with as many tasks, and nothing in them."""

from __future__ import annotations

from functools import cache
from typing import Any

from prefect import flow

from tasks_lib.rounds.tasks import link


@link("mo-ky")
async def _first() -> dict[str, Any]:
    return {}


@link("cap-xa")
async def _second(chain: dict[str, Any]) -> dict[str, Any]:
    return chain


@link("cap-huyen")
async def _third(chain: dict[str, Any]) -> dict[str, Any]:
    return chain


@link("so-noi-vu")
async def _fourth(chain: dict[str, Any]) -> dict[str, Any]:
    return chain


@link("cong-bo")
async def _fifth(chain: dict[str, Any]) -> dict[str, Any]:
    return chain


@cache
def empty_flow(key: str) -> Any:  # noqa: ANN401 - Prefect's type of a flow
    """Return the empty flow that stands for an item."""

    @flow(name=f"Rỗng {key}", flow_run_name=f"Rỗng {key}", persist_result=False)
    async def run(as_of: str | None = None, swept: bool = False, plan: str | None = None) -> str:  # noqa: ARG001
        await _fifth(await _fourth(await _third(await _second(await _first()))))
        return key

    return run
