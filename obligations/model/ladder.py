"""A ladder as configured: its steps, whom they tell, and what a climb of it is for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from obligations.model.deadline import Wording
from obligations.model.duty import Kind


class Role(StrEnum):
    """In what capacity somebody gets a notice."""

    SELF = "self"
    SUPERIOR = "superior"
    UPPER = "upper"
    """The place over the superior, in chains that have one before the collator."""
    DESK = "desk"
    FOCAL = "focal"
    DIRECTOR = "director"
    REVIEWER = "reviewer"


class Rhythm(StrEnum):
    """When a recorded notice's mail leaves: the same day, or on the week's first working day."""

    DAILY = "daily"
    MONDAY = "monday"


class StepRule(StrEnum):
    """How the day of a ladder step is found from the obligation's last day."""

    OFFSET = "offset"
    """`days` working days after the last day; if negative, before the target: the last day a worker has."""
    OPENING = "opening"
    """The opening letter: `days` working days after signing (domain part 6)."""
    UP_TO_DAY = "up_to_day"
    """The last working day up to day `days` of the last day's month."""
    AFTER_LAST_DAY = "after_last_day"
    """The first working day after the last day."""
    REPEAT = "repeat"
    """After all other steps, again and again until there is an answer: "đôn đốc lần n"."""


class LegKind(StrEnum):
    """What a climb of a ladder is for."""

    LEAD = "lead"
    """What an obligation began with."""
    REQUEST = "request"
    """The same of what an invited body is asked for."""
    CORRECTION = "correction"
    """What was asked to be completed."""
    REVIEW = "review"
    """A report that waits for its reviewer."""
    EXTENSION = "extension"
    """To a day that people moved."""
    MOVED = "moved"
    """To a day that a changed plan or calendar moved after its lateness had been told."""
    REOPENED = "reopened"
    """What was opened again past its day."""


BESIDE_ITS_OWN = (LegKind.REVIEW, LegKind.CORRECTION)
"""Legs that do not lead to an obligation's own last day."""


@dataclass(frozen=True, kw_only=True)
class LadderRole:
    """A recipient of a step; `min_streak` is how many misses in a row it takes."""

    role: Role
    min_streak: int = 0


@dataclass(frozen=True, kw_only=True)
class LadderStep:
    """One step of a ladder as configured."""

    code: str
    """As scripts see it: opening, -5, +2, list."""
    rule: StepRule
    days: int
    to: tuple[LadderRole, ...]
    rhythm: Rhythm
    template: str


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """The steps for one sort of obligation; the first ladder of the file that fits is used."""

    key: str
    kind: Kind
    steps: tuple[LadderStep, ...]
    leg: LegKind = LegKind.LEAD
    """Which legs climb it."""
    level: str | None = None
    """Only for holders of this level."""
    desks: int = 0
    """Only for holders whose reports climb through at least so many places before the collator."""
    focal: bool = False
    """Only for the focal agency's own obligations."""
    wording: Wording | None = None
    """Only for items so worded."""
