"""The links of the reporting chain as Prefect tasks; only flows import this.

Task names carry no diacritics because the run graph's font would drop those letters.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from prefect import State, Task, get_run_logger, task
from prefect.artifacts import (
    acreate_link_artifact,
    acreate_markdown_artifact,
    acreate_progress_artifact,
    acreate_table_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from sqlalchemy.exc import OperationalError

from obligations.errors import Unavailable
from obligations.levels import Level
from obligations.rollup import per_cent
from obligations.words import day
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.delivering import mail_folder
from tasks_lib.rounds.outlook import Outlook
from tasks_lib.rounds.shift import Shift

Summary = dict[str, Any]
"""What Prefect keeps of a task, and hands to the next: JSON."""
COLLATING = "dau-moi-tong-hop"
"""The name of the task at the highest level."""
P = ParamSpec("P")
R = TypeVar("R")

ITEM_PAGE = "/nhiem-vu-kh"
"""Where the portal shows an item over all units; the portal's table of pages is held to it by a test."""
RETRY_AFTER_SECONDS = [2.0, 10.0, 30.0]


def is_operational(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether a task failed for a reason that passes: the database was busy or away."""
    return isinstance(state.data, (OperationalError, Unavailable))


def link(
    name: str,
) -> Callable[[Callable[P, Coroutine[Any, Any, R]]], Task[P, Coroutine[Any, Any, R]]]:
    """Make a coroutine a task of the chain: never cached, tried again only when the database was away."""
    return task(
        name=name,
        retries=len(RETRY_AFTER_SECONDS),
        retry_delay_seconds=RETRY_AFTER_SECONDS,
        retry_condition_fn=is_operational,
        cache_policy=NO_CACHE,
        persist_result=False,
    )


@link("mo-ky")
async def open_period(shift: Shift, subject: str, item: str | None = None) -> Summary:
    """Bring the plan, or one item of it, up to the shift's instant, and say what that did."""
    report = shift.bring_up_to_date(item)
    mine = report.by_item.get(subject) if report else None
    opened = mine.opened if mine else report.opened if report else 0
    noticed = shift.outlook(subject).noticed
    get_run_logger().info(
        "%s: mở %d nhiệm vụ được giao, %d tin nhắc việc trong ngày", subject, opened, noticed
    )
    return {"subject": subject, "opened": opened, "noticed": noticed}


@link("quet-ca-ke-hoach")
async def sweep_plan(shift: Shift) -> Summary:
    """Bring the whole plan up to the shift's instant: one sweep for all flows of a round."""
    report = shift.bring_up_to_date()
    if report is None:
        return {}
    get_run_logger().info(
        "Mở %d nhiệm vụ, %d tin nhắc việc, %d quá hạn", report.opened, report.notices, report.overdue
    )
    return report.as_json()


async def every_level(shift: Shift, chain: Summary) -> Summary:
    """Say level by level how it stands, the lowest first, and at last what the collator has been told."""
    for level in shift.house.levels:
        told = collating if level.top else one_level
        chain = await told.with_options(name=COLLATING if level.top else level.tag)(shift, chain, level)
    return chain


@link("cap")
async def one_level(shift: Shift, chain: Summary, level: Level) -> Summary:
    """Say how the agencies of a level stand."""
    return _with_level(shift, chain, level)


@link(COLLATING)
async def collating(shift: Shift, chain: Summary, level: Level) -> Summary:
    """Say how the departments stand, and what of all that is late Sở Nội vụ has been told."""
    found = shift.outlook(chain["subject"])
    get_run_logger().info("Quá hạn đã báo %s: %d", found.focal, found.with_focal)
    return {**_with_level(shift, chain, level), "with_focal": found.with_focal}


def _with_level(shift: Shift, chain: Summary, level: Level) -> Summary:
    """Add a level's counts to what the chain has gathered; one without work adds zeros."""
    found = shift.outlook(chain["subject"]).levels.get(level.key)
    if found is None:
        return {**chain, level.key: {"total": 0, "reported": 0, "late": 0}}
    get_run_logger().info(
        "%s: đã báo cáo %d/%d, quá hạn %d",
        level.plural if level.top else level.name,
        found.reported,
        found.total,
        found.late,
    )
    return {**chain, level.key: {"total": found.total, "reported": found.reported, "late": found.late}}


@link("cong-bo")
async def publish(shift: Shift, chain: Summary, verdict: str) -> Summary:
    """Put table, progress and the way to the mails on the run's page."""
    outlook = shift.outlook(chain["subject"])
    if outlook.opened:
        await asyncio.gather(*_artifacts(shift, outlook, verdict))
    return {
        **chain,
        "verdict": verdict,
        "total": outlook.opened,
        "reported": outlook.reported,
        "late": outlook.late,
        "past_asked": outlook.asked,
        "excused": outlook.reckoned.excused,
    }


def _artifacts(shift: Shift, outlook: Outlook, verdict: str) -> list[Awaitable[Any]]:
    of_plan = f"{outlook.item} {shift.house.plan.key}"
    key = re.sub(r"[^a-z0-9]+", "-", of_plan.lower()).strip("-")
    found: list[Awaitable[Any]] = [
        acreate_table_artifact(
            key=f"dia-ban-{key}",
            table=area_table(outlook),
            description=_described(shift.house, outlook, verdict),
        ),
        acreate_progress_artifact(
            key=f"tien-do-{key}",
            progress=float(per_cent(outlook.reported, outlook.opened)),
            description=f"Đã báo cáo {outlook.reported}/{outlook.opened}",
        ),
    ]
    return [*found, _way_to_mails(shift, key, outlook)] if outlook.noticed else found


def _described(house: House, outlook: Outlook, verdict: str) -> str:
    """Say how it stands and, where there is a portal, link an item's page there: no artifact of its own."""
    if not house.settings.public_url or house.plan.item(outlook.item) is None:
        return verdict
    address = f"{house.settings.public_url.rstrip('/')}{ITEM_PAGE}/{outlook.item}"
    return f"{verdict}\n\n[Xem nhiệm vụ {outlook.item} trên Hệ thống]({address})"


ASKED = "Chậm so với ngày đề nghị"


def area_table(outlook: Outlook) -> list[dict[str, object]]:
    """Return the table by district, the departments last and the whole under them."""
    told = f"Đã báo {outlook.focal}"
    rows = [
        {
            "Địa bàn": area.name,
            "Số đầu việc": area.total,
            "Đã báo cáo": area.reported,
            "Quá hạn": area.late,
            ASKED: area.asked,
            told: area.with_focal,
        }
        for area in outlook.areas
    ]
    whole = {
        "Địa bàn": "Tổng cộng",
        "Số đầu việc": outlook.opened,
        "Đã báo cáo": outlook.reported,
        "Quá hạn": outlook.late,
        ASKED: outlook.asked,
        told: outlook.with_focal,
    }
    if not outlook.asked:
        return [{head: row[head] for head in row if head != ASKED} for row in (*rows, whole)]
    return [*rows, whole]


def _way_to_mails(shift: Shift, key: str, outlook: Outlook) -> Awaitable[Any]:
    """Say where the day's mails are: in the portal, in the file transport's folder, or in a list."""
    settings = shift.house.settings
    count = f"{outlook.noticed} tin nhắc việc ngày {day(shift.as_of.date())}"
    if settings.public_url:
        return acreate_link_artifact(key=f"thu-{key}", link=settings.public_url, link_text=count)
    where = "`dondoc messages`"
    if settings.mail_transport == "file":
        where = f"thư mục `{mail_folder(settings)}` (mở tệp .eml), hoặc `dondoc messages`"
    return acreate_markdown_artifact(key=f"thu-{key}", markdown=f"**{count}.** Thư đã gửi: {where}.")
