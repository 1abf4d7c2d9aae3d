"""Prefect's automations of the engine, as data: written into prefect.yaml, laid down by `prefect deploy`.

All of them react to something that happened. What has *not* happened (a round missing, a run without a
heartbeat) is found by the tending flow and by /readyz: Prefect's own "proactive" triggers live in windows
that a server which was away throws out unread.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.factory import BROKEN, NEWLY_RED
from flows.reporting import RED, TROUBLE
from flows.stuck import LOST
from flows.tending import ROUND_MISSING

STATE = "prefect.flow-run."
KILLED = (f"{STATE}Crashed", f"{STATE}{BROKEN}")
"""A process was killed, or a flow broke down."""
UNFORESEEN = (*KILLED, f"{STATE}{LOST}", f"{STATE}Failed", f"{STATE}TimedOut")
"""All ways in which a run can break; work that is late ends otherwise."""


@dataclass(frozen=True, kw_only=True)
class Automation:
    """One automation: on which events, how often at most, with what its deployment is run."""

    name: str
    description: str
    events: tuple[str, ...]
    resource: str
    at_most_every: int
    """Seconds in which it fires once, however much happens."""
    after: int = 0
    """Seconds it waits, so that what belongs together has come in."""
    parameters: dict[str, str] = field(default_factory=dict, hash=False)

    def as_trigger(self) -> dict[str, object]:
        """Return it as a trigger of the deployment it runs, as prefect.yaml has it."""
        return {
            "name": self.name,
            "description": self.description,
            "expect": list(self.events),
            "match": {"prefect.resource.id": self.resource},
            "posture": "Reactive",
            "threshold": 1,
            "within": self.at_most_every,
            "schedule_after": self.after,
            "parameters": dict(self.parameters),
        }


AFTER_A_CRASH = (
    Automation(
        name="Chạy lại lượt bị ngắt",
        description="Khi một lượt chạy bị ngắt hoặc bị lỗi: gọi ngay luồng trông coi để chạy lại một lần.",
        events=KILLED,
        resource=f"{STATE}*",
        at_most_every=120,
        after=30,
    ),
)

TOLD = (
    Automation(
        name="Sự cố bộ máy",
        description="Khi một lượt chạy bị lỗi (không phải công việc quá hạn): ghi sự cố cho người vận hành.",
        events=UNFORESEEN,
        resource=f"{STATE}*",
        at_most_every=600,
        parameters={
            "what": TROUBLE,
            "subject": "{{ event.resource.name }}",
            "said": "{{ event.payload.validated_state.message }}",
        },
    ),
    Automation(
        name="Nhiệm vụ mới quá hạn",
        description="Khi một nhiệm vụ chuyển sang quá hạn: lập danh sách nhiệm vụ mới quá hạn trong ngày.",
        events=(f"dondoc.{NEWLY_RED}",),
        resource="dondoc.item.*",
        at_most_every=3600,
        after=60,
        parameters={"what": RED, "as_of": "{{ event.payload.day }}"},
    ),
    Automation(
        name="Thiếu lượt theo dõi",
        description="Khi lượt theo dõi của ngày làm việc chưa chạy: ghi sự cố cho người vận hành.",
        events=(ROUND_MISSING,),
        resource="dondoc.plan.*",
        at_most_every=43200,
        parameters={"what": TROUBLE, "subject": "{{ event.payload.said }}"},
    ),
)
