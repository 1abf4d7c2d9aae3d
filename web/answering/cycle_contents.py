"""The contents list of a cycle report's form: the plan's contents, and which of their rows are wanting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from obligations.figures import EVENTS
from obligations.model import Content, Plan
from tasks_lib.answering.cycle_page import PageRow


@dataclass(frozen=True)
class Line:
    """A row of the form, as the list leads to it."""

    anchor: str
    item: str
    answered: bool


@dataclass(frozen=True)
class Chapter:
    """One of the plan's contents, with the rows the form has of it."""

    anchor: str
    name: str
    lines: tuple[Line, ...]

    @property
    def wanting(self) -> tuple[Line, ...]:
        """Return the rows that are still to be answered."""
        return tuple(line for line in self.lines if not line.answered)


def chapters(rows: Iterable[PageRow]) -> tuple[Chapter, ...]:
    """Return the contents list of a form's rows, in the form's order."""
    numbered = enumerate(rows, start=1)
    grouped = groupby(numbered, key=lambda it: (it[1].plan, None if it[1].plan else it[1].content))
    return tuple(
        Chapter(
            anchor=_anchor(plan, heading),
            name=_name(plan, heading),
            lines=tuple(Line(f"dong-{number}", row.beside.item.key, row.answered) for number, row in found),
        )
        for (plan, heading), found in grouped
    )


def _anchor(plan: Plan | None, heading: Content | None) -> str:
    if plan is not None:
        return f"kh-{plan.key}"
    return anchor_of(heading.number) if heading else ""


def _name(plan: Plan | None, heading: Content | None) -> str:
    if plan is not None:
        return f"Kế hoạch số {plan.number}"
    return f"{heading.number}. {heading.name}" if heading else "Nhiệm vụ khác"


def anchor_of(content: int) -> str:
    """Return where a content's heading stands on the page."""
    return f"nd-{content}"


def says_only_no_event(row: PageRow) -> bool:
    """Whether all that a row says is that nothing arose."""
    others = [f.figure.key for f in row.beside.fields if f.figure.key != EVENTS]
    figures = any(row.value(key, name) for key in others for name in ("figures", "estimates"))
    return row.value(EVENTS).strip() == "0" and not figures and not row.fields.text
