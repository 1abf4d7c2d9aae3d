"""The noun of the house: what one agency owes for one period, and what is true of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from obligations.model import Judged, Kind, TimeState, WorkState
from obligations.states import CLOSED, Standing, time_state

WITH_THE_UNIT = (WorkState.OPEN, WorkState.MORE_ASKED)
"""The unit itself has the next word: it writes, or completes what it wrote."""


class Titled(Protocol):
    """Whatever has a title: an obligation, or what is said of one or of many alike."""

    @property
    def kind(self) -> Kind:
        """Return what sort of obligation it is."""

    @property
    def item(self) -> str | None:
        """Return the item of the plan, where it belongs to one."""

    @property
    def period(self) -> str:
        """Return the period it is for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Obligation:
    """One obligation as it stands in the database."""

    id: int
    plan: str
    key: str
    kind: Kind
    item: str | None
    agency_id: str
    reviewer_id: str
    period: str
    part: str
    opened_on: date
    last_day: date
    first_day: date
    """The last day as it was first set; an extension keeps it."""
    plan_day: date
    """The plan's own day; later than `last_day` where that is an inner one."""
    target: date
    judged: Judged
    why: str
    ladder: str | None
    schedule_id: int | None
    parent_id: int | None
    previous_id: int | None
    waits_for_id: int | None
    waits_until: date | None
    work_state: WorkState
    version: int
    done_on: date | None
    doubted_on: date | None
    """A stated day that waits for the desk's word."""
    kept_on: date | None
    updated_late: bool
    answer_by: date | None
    delay_reason: str | None

    @property
    def is_with_the_unit(self) -> bool:
        """Whether the unit itself has the next word."""
        return self.work_state in WITH_THE_UNIT

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is expected of anybody."""
        return self.work_state in CLOSED

    @property
    def is_task(self) -> bool:
        """Whether it is dated work of the appendix."""
        return self.kind is Kind.TASK

    @property
    def is_cycle_report(self) -> bool:
        """Whether it is a report of a cycle, whose rows follow it."""
        return self.kind is Kind.REPORT

    @property
    def is_row(self) -> bool:
        """Whether it is answered inside a cycle report and has no ladder of its own."""
        return self.kind is Kind.ROW

    @property
    def is_sheet(self) -> bool:
        """Whether it is a chairperson's monthly sheet."""
        return self.kind is Kind.SHEET

    @property
    def is_own_plan(self) -> bool:
        """Whether it is the agency's own implementing plan."""
        return self.kind is Kind.PLAN


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationOnDay(Obligation):
    """An obligation as every list shows it: with what its time state on a day is derived from."""

    paused: bool
    """Its place rests on the day."""
    awaited: bool
    """It waits for another that is neither done nor past its day."""

    def standing(self, on: date) -> Standing:
        """Return what its time state is derived from; looking back, what was done later was not done yet."""
        return Standing(
            kind=self.kind,
            work_state=self.work_state,
            last_day=self.last_day,
            done_on=self.done_on if self.done_on and self.done_on <= on else None,
            paused=self.paused,
            waits_until=self.waits_until if self.awaited else None,
        )

    def stands(self, on: date, due_soon: date) -> TimeState:
        """Return how it stands on the day it was looked up for."""
        return time_state(self.standing(on), on, due_soon)
