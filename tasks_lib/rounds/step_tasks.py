"""The ladder as tasks and events of Prefect: each step that fired on a day is seen; only flows import this.

Task names carry no diacritics because the run graph's font would drop those letters.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from prefect import Task, get_run_logger
from prefect.events import emit_event

from obligations.deeds import HAND_OVER
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.deed_words import notice_words
from tasks_lib.rounds.outlook import StepTold
from tasks_lib.rounds.shift import Shift
from tasks_lib.rounds.tasks import Summary, link

SLUGS = {
    "opening": "thong-bao-nhiem-vu",
    HAND_OVER: "thong-bao-ban-giao",
    "remind": "nhac-viec",
    "overdue": "don-doc",
    "superior": "don-doc-qua-cap-tren",
    "focal": "bao-dau-moi-tong-hop",
    "director": "bao-giam-doc-so",
    "list": "danh-muc-de-xuat",
    "sheet": "phieu-thang",
    "correction": "nhac-bo-sung",
    "review": "nhac-xac-nhan",
    "request": "de-nghi-phoi-hop",
}
"""What a step's task is called, by its template."""
NAMES_SHOWN = 3


async def climb(shift: Shift, chain: Summary) -> Summary:
    """Show each step of the subject's ladder that fired on the day as a task, one after another."""
    for step in shift.outlook(chain["subject"]).steps:
        chain = await _step(_name(step))(shift, chain, step)
    return chain


@cache
def _step(name: str) -> Task[Any, Any]:
    return link(name)(_told).with_options(task_run_name=name + ": {step.notices} tin")


def _name(step: StepTold) -> str:
    slug = SLUGS.get(step.template, step.template)
    return f"{slug} {step.code}" if step.code[0] in "+-" else slug


async def _told(shift: Shift, chain: Summary, step: StepTold) -> Summary:
    what = notice_words(shift.house, step.template)
    get_run_logger().info(
        "%s (mức %s): %d tin tới %d nơi: %s",
        what[0].upper() + what[1:],
        step.code,
        step.notices,
        len(step.recipients),
        shortlist(step.recipients),
    )
    _emit(shift, f"step.{step.code}", chain["subject"], step, f"{step.code} {step.template}")
    if step.reached_focal:
        _emit(shift, f"reached.{shift.house.plan.focal}", chain["subject"], step, step.template)
    return chain


def shortlist(names: tuple[str, ...]) -> str:
    """Name the first few and count the others."""
    rest = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" và {rest} nơi khác" if rest > 0 else "")


def _emit(shift: Shift, event: str, subject: str, step: StepTold, mark: str) -> None:
    said = {"notices": step.notices, "to": len(step.recipients), "recipients": shortlist(step.recipients)}
    announce(shift, event, subject, {"step": step.code, "template": step.template, **said}, mark)


def announce(shift: Shift, event: str, subject: str, payload: dict[str, object], mark: str = "") -> None:
    """Tell Prefect what befell an item; told again on the same day it is the same event."""
    plan, on = shift.house.plan, local_day(shift.as_of).isoformat()
    resource = f"dondoc.item.{plan.key}.{subject}"
    item = plan.item(subject)
    name = f"{subject} {item.title}" if item else subject
    emit_event(
        f"dondoc.{event}",
        {"prefect.resource.id": resource, "prefect.resource.name": name},
        payload={"day": on, "plan": plan.key, "item": subject, **payload},
        id=same_id(resource, on, event, mark),
    )


def same_id(*parts: str) -> UUID:
    """Return the number that the same truth always has."""
    return uuid5(NAMESPACE_URL, "\n".join(parts))
