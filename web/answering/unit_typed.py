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
class Seen:
    """What will be sent for one card."""

    name: str
    lines: Sequence[tuple[str, str]]
    """What was typed beside figures, by the words of its field."""
    figures: Sequence[Echo]
    files: Sequence[str]

    @property
    def said(self) -> str:
        """Return all of it in one line, to tell whether it is the same later."""
        lines = [f"{label}={' '.join(value.split())}" for label, value in self.lines]
        return "|".join(
            (self.name, *lines, *(f"{e.name}={e.value}" for e in self.figures), *sorted(self.files))
        )


@dataclass(frozen=True)
class Look:
    """All that is about to be sent, shown once more as it was read."""

    seen: Sequence[Seen]
    mark: str
    button: str
    """Which sends it."""
