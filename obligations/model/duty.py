"""What one agency owes: its kind, where it stands, and how the plan foresees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from obligations.period import Period


class Kind(StrEnum):
    """What sort of obligation it is (domain part 3)."""

    TASK = "task"
    ROW = "row"
    REPORT = "report"
    SHEET = "sheet"
    PLAN = "plan"


class Part(StrEnum):
    """What part a unit has in the item that it answers for."""

    LEAD = "lead"
    IMPLEMENTS = "implements"
    ASKED = "asked"
    """Of an invited body that neither leads nor implements."""

    @property
    def leads(self) -> bool:
        """Whether the unit leads the item: it is asked for the lead's figures, and its events."""
        return self is Part.LEAD

    @property
    def implements(self) -> bool:
        """Whether the unit is the lead's hands."""
        return self is Part.IMPLEMENTS


PART_WORDS: dict[Part, str] = {Part.LEAD: "chủ trì", Part.IMPLEMENTS: "thực hiện", Part.ASKED: "thực hiện"}
"""What a unit does in an item, as tables say it."""


class WorkState(StrEnum):
    """Where an obligation stands; the moves between states are in `obligations.states`."""

    WAITING = "waiting"
    OPEN = "open"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    MORE_ASKED = "more_asked"
    ACCEPTED = "accepted"
    NOTHING_AROSE = "nothing_arose"
    NOT_COMPETENT = "not_competent"
    CANCELLED = "cancelled"
    ENDED = "ended"
    """Its holder is no more: the successor's own duty says the same, or nobody takes over."""


class TimeState(StrEnum):
    """How an obligation stands against its last day; always derived, never stored."""

    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    NO_DEADLINE = "no_deadline"
    PAUSED = "paused"
    PAST_ASKED = "past_asked"
    """Past a day that is only proposed: told apart where people read; for commands it is overdue."""
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    DONE_PAST_ASKED = "done_past_asked"
    """Done after a day that is only proposed; for commands it is done late."""


class Judged(StrEnum):
    """Which day of a report decides whether it was in time."""

    COMPLETION = "completion"
    ARRIVAL = "arrival"


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An obligation as the plan foresees it, before anything has happened to it."""

    key: str
    """Identity within the plan, as scripts write it: 1.2/x02719-2022/once."""
    kind: Kind
    item: str | None
    agency: str
    period: Period
    opened_on: date
    last_day: date
    plan_day: date
    """The plan's own last day; later than `last_day` where a lower level has an inner day."""
    target: date
    """The working day aimed at: `last_day`, or the working day before if that is a day off."""
    judged: Judged
    why: str
    """The rule in words a user can check against the paper."""
    ladder: str | None = None
    parent: str | None = None
    """For a row: the key of the cycle report that answers it."""
    previous: str | None = None
    """For a sheet: the key of the month before."""
    waits_for: str | None = None
    waits_until: date | None = None
    part: Part = Part.LEAD
    """For a row."""
    ours: bool = False
    """Whether its day is counted by a rule that is the program's own, and no law's."""
