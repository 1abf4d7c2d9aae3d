"""What Prefect is told to run follows the plans' data: a cycle, an item, a plan more or less, another day."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule, RRuleSchedule

from flows.turns import known_deployments
from obligations.errors import Unavailable

if TYPE_CHECKING:
    from flows.deployments import Deployment

OURS = "flows."
"""How the entrypoints of our deployments begin."""


async def follow(client: PrefectClient) -> str:
    """Register what the data has more or otherwise, take away what it has no more; say so, or nothing.

    What was asked of the deployments there are (a pinned day, items that run for themselves, no schedule) is
    kept; where nobody lets the round run by itself, nothing is registered here either.
    """
    from flows.deployments import ROUND_NAME, deployments, rendered  # noqa: PLC0415 - it deploys whoever calls us

    known = {d.name: d for d in await known_deployments(client) if (d.entrypoint or "").startswith(OURS)}
    daily = known.get(ROUND_NAME)
    if daily is None or not daily.schedules:
        return ""
    each_item = not any(schedule.active for schedule in daily.schedules)
    wanted = {d.name: d for d in deployments(daily.parameters.get("as_of"), each_item=each_item)}
    other = [
        d for d in wanted.values() if d.name not in known or _times(known[d.name]) not in (set(), _rules(d))
    ]
    gone = [d for name, d in known.items() if name not in wanted]
    if other:
        await _deploy(rendered(other))
    for deployment in gone:
        await client.delete_deployment(deployment.id)
    said = [f"đăng ký {', '.join(d.name for d in other)}" if other else ""]
    said.append(f"bỏ {', '.join(d.name for d in gone)}" if gone else "")
    return "; ".join(filter(None, said))


def _times(deployment: DeploymentResponse) -> set[str]:
    """Return when a registered deployment runs."""
    rules = [each.schedule for each in deployment.schedules]
    crons = {rule.cron for rule in rules if isinstance(rule, CronSchedule)}
    return crons | {rule.rrule for rule in rules if isinstance(rule, RRuleSchedule)}


def _rules(deployment: Deployment) -> set[str]:
    """Return when a deployment should run."""
    return {str(each.cron or each.rrule) for each in deployment.schedules}


async def _deploy(text: str) -> None:
    """Let Prefect's own command register a file; raise Unavailable with its last line where it cannot."""
    with TemporaryDirectory(prefix="dondoc-") as folder:
        file = Path(folder) / "prefect.yaml"
        file.write_text(text, encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(file)),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
    if process.returncode:
        last = said.decode(errors="replace").strip().rpartition("\n")[2]
        raise Unavailable(f"Prefect không đăng ký được lịch chạy mới: {last}")
