"""Writes prefect.yaml: one deployment for every flow, with its schedule, from the plans' data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import yaml

from config.load import Configuration, load_configuration
from flows import deliver, probe, reporting, round, tending  # noqa: A004 - the module, not the built-in
from flows.automations import AFTER_A_CRASH, TOLD, Automation
from flows.subjects import Sort, Subject, subjects
from obligations.calendar import ZONE
from obligations.model import Cycle, Plan
from tasks_lib.kernel.rhythm import CYCLES_AT, PROBE_AT, ROUND_AT

ROUND_NAME = "luot-hang-ngay"
WORK_POOL = "dondoc"
MAIL_POOL = "dondoc-mail"
"""Delivery's own: its workers alone are given the mail server's password."""
ORDINARY, FIRST = "default", "uu-tien"
"""Two queues of the pool. The first is limited; the other comes first and is not, so that runs which hold
every place of the first cannot keep out the flow that ends them."""
ROUND_CRON = f"{ROUND_AT.minute} {ROUND_AT.hour} * * *"
PROBE_CRON = f"{PROBE_AT.minute} {PROBE_AT.hour} * * *"
TEND_CRON = "3-59/10 6-17 * * *"
DELIVER_CRONS = ("30,45 7 * * *", "*/15 8-16 * * *")
"""The times of `tasks_lib.kernel.rhythm.DELIVERIES`; the calendar decides what a day off means."""
FIRST_ITEM_MINUTE = 31
"""The items of all plans start between 6:31 and 6:55."""
ITEM_MINUTES = 25
CYCLE_AT = f"BYHOUR={CYCLES_AT.hour};BYMINUTE={CYCLES_AT.minute};BYSECOND=0"

HEADER = """\
# Written by `dondoc deployments write`; a test holds it equal to the plans' data. Do not edit by hand.
# `prefect --no-prompt deploy --all` registers all in the work pool "dondoc" (type process) and delivery in
# "dondoc-mail", whose workers alone are given the mail server's password.
# The round runs every item, so the items' own schedules stand paused; where several workers share the load,
# `dondoc deployments write --each-item` switches them on together (and the round's off).
"""
LINE = 110


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """When a deployment runs: a cron line or an RRULE, in local time."""

    cron: str | None = None
    rrule: str | None = None
    active: bool = True

    def as_row(self) -> dict[str, object]:
        """Return the schedule as prefect.yaml has it."""
        rule = {"cron": self.cron} if self.cron else {"rrule": self.rrule}
        return {**rule, "timezone": ZONE.key, "active": self.active}


class Collision(StrEnum):
    """What becomes of a run while another of the same deployment is on its way."""

    ENQUEUE = "ENQUEUE"
    """It waits: what it was asked for may be another day, and is not lost."""
    CANCEL_NEW = "CANCEL_NEW"
    """It is dropped: the run on its way does all it would do, or the next of a dense schedule does."""


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """One flow as a work pool knows it."""

    name: str
    entrypoint: str
    """Module form: the file form would import the module twice."""
    tags: tuple[str, ...]
    schedules: tuple[Schedule, ...]
    parameters: dict[str, str] = field(default_factory=dict, hash=False)
    collision: Collision | None = None
    """None where nothing runs it but the round, one after another: a limit costs each run four writes."""
    work_pool: str = WORK_POOL
    queue: str = ORDINARY
    automations: tuple[Automation, ...] = ()

    def as_row(self) -> dict[str, object]:
        """Return the deployment as prefect.yaml has it."""
        pool = {"name": self.work_pool}
        if self.queue != ORDINARY:
            pool["work_queue_name"] = self.queue
        row: dict[str, object] = {
            "name": self.name,
            "entrypoint": self.entrypoint,
            "tags": list(self.tags),
            "parameters": dict(self.parameters),
            "work_pool": pool,
        }
        if self.collision is not None:
            row["concurrency_limit"] = {"limit": 1, "collision_strategy": str(self.collision)}
        row["schedules"] = [schedule.as_row() for schedule in self.schedules]
        if self.automations:
            row["triggers"] = [automation.as_trigger() for automation in self.automations]
        return row


def render_deployments(as_of: str | None = None, *, each_item: bool = False) -> str:
    """Return prefect.yaml; `as_of` pins every run to a day, `each_item` lets items run for themselves."""
    return rendered(deployments(as_of, each_item=each_item))


def rendered(chosen: Iterable[Deployment]) -> str:
    """Return deployments as a file that `prefect deploy` reads."""
    rows = {"name": "dondoc", "pull": [], "deployments": [deployment.as_row() for deployment in chosen]}
    written: str = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=LINE)
    return HEADER + written


def deployments(as_of: str | None = None, *, each_item: bool = False) -> list[Deployment]:
    """Return all deployments: round and delivery, then of every configured plan its items and the rest."""
    pinned = {"as_of": as_of} if as_of else {}
    found = load_configuration()
    return [
        *_daily(pinned, each_item=each_item),
        *_operations(),
        *_of_plans(found, pinned, each_item=each_item),
    ]


def _daily(pinned: dict[str, str], *, each_item: bool) -> Iterator[Deployment]:
    yield Deployment(
        name=ROUND_NAME,
        entrypoint="flows.round.round_flow",
        tags=round.TAGS,
        schedules=(Schedule(cron=ROUND_CRON, active=not each_item),),
        parameters=pinned,
        collision=Collision.ENQUEUE,
    )
    yield Deployment(
        name="gui-thu",
        entrypoint="flows.deliver.deliver_flow",
        tags=deliver.TAGS,
        schedules=tuple(Schedule(cron=cron) for cron in DELIVER_CRONS),
        parameters=pinned,
        collision=Collision.CANCEL_NEW,
        work_pool=MAIL_POOL,
    )
    yield Deployment(
        name="tu-kiem",
        entrypoint="flows.probe.probe_flow",
        tags=probe.TAGS,
        schedules=(Schedule(cron=PROBE_CRON),),
        parameters=pinned,
        collision=Collision.CANCEL_NEW,
        work_pool=MAIL_POOL,
    )


def _operations() -> Iterator[Deployment]:
    """What looks after the engine goes by the real clock, also where the plan's day is pinned."""
    yield Deployment(
        name="trong-coi",
        entrypoint="flows.tending.tending_flow",
        tags=tending.TAGS,
        schedules=(Schedule(cron=TEND_CRON),),
        collision=Collision.CANCEL_NEW,
        queue=FIRST,
        automations=AFTER_A_CRASH,
    )
    yield Deployment(
        name="bao-van-hanh",
        entrypoint="flows.reporting.reporting_flow",
        tags=reporting.TAGS,
        schedules=(),
        queue=FIRST,
        automations=TOLD,
    )


def _of_plans(found: Configuration, pinned: dict[str, str], *, each_item: bool) -> Iterator[Deployment]:
    minutes = _minutes(sum(len(plan.items) for plan in found.plans))
    for plan in found.plans:
        for subject in subjects(found, plan):
            yield Deployment(
                name=subject.deployment,
                entrypoint=subject.entrypoint,
                tags=subject.tags,
                schedules=(_schedule(plan, subject, minutes, each_item=each_item),),
                parameters=pinned,
                collision=_of_its_own(each_item),
            )


def _minutes(items: int) -> Iterator[int]:
    """Spread the items of all plans over the minutes they have."""
    return (FIRST_ITEM_MINUTE + number * ITEM_MINUTES // items for number in range(items))


def _schedule(plan: Plan, subject: Subject, minutes: Iterator[int], *, each_item: bool) -> Schedule:
    if subject.sort is Sort.ITEM:
        return Schedule(cron=f"{next(minutes)} 6 * * *", active=each_item)
    if (cycle := plan.cycle(subject.key)) is not None:
        return _cycle_schedule(plan, cycle)
    return Schedule(cron=CRONS[subject.sort], active=each_item)


def _of_its_own(each_item: bool) -> Collision | None:
    """Runs that start by themselves wait for one another; those of a round come in turn anyway."""
    return Collision.ENQUEUE if each_item else None


def _cycle_schedule(plan: Plan, cycle: Cycle) -> Schedule:
    over = cycle.off_from or (date(cycle.only, 12, 31) if cycle.only else None)
    until = f";UNTIL={over:%Y%m%d}T000000" if over else ""
    rule = f"FREQ=DAILY;BYMONTH={cycle.month};{CYCLE_AT}{until}"
    return Schedule(rrule=f"DTSTART:{plan.signed_on:%Y%m%d}T{CYCLES_AT:%H%M%S}\nRRULE:{rule}")


CRONS = {
    Sort.DUTY: "55 6 * * *",
    Sort.SHEET: "56 6 1-20 * *",
    Sort.OWN_PLAN: "57 6 * * *",
    Sort.REQUEST: "58 6 * * *",
    Sort.DESK: "59 6 * * 1-5",
}
"""Own schedules of what is neither item nor cycle."""
