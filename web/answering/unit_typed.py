"""What a unit's form shows besides what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from obligations.errors import DomainError
from tasks_lib.answering.look_over import Echo
from tasks_lib.answering.report_draft import ReportDraft


@dataclass(frozen=True)
class Typed:
    """What a form shows besides what is stored: what was typed and not taken, and why."""

    contents: dict[str, ReportDraft] = field(default_factory=dict)
    """By key."""
    faults: dict[str, DomainError] = field(default_factory=dict)
    """By key."""
    problem: DomainError | None = None
    """What is wrong beside the cards."""
    sent: Sequence[str] = ()
    """What was taken all the same."""
    status: int = 200
    look: Look | None = None


@dataclass(frozen=True)
class Look:
    """Figures as they were read, shown once more before they are sent."""

    echoes: Sequence[tuple[str, Sequence[Echo]]]
    """By what they belong to."""
    mark: str
    button: str
    """Which sends them."""
