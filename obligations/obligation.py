"""The noun of the house: what one agency owes for one period, and what is true of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from obligations.kinds import OfKind
from obligations.model import Judged, Kind, Part, TimeState, WorkState
from obligations.period import Period
from obligations.states import CLOSED, NOT_HANDED_IN, WITH_THE_UNIT, Standing, time_state


class Titled(Protocol):
    """Whatever has a title: an obligation, or what is said of one or of many alike."""

    @property
    def kind(self) -> Kind:
        """Return what sort of obligation it is."""

    @property
    def item(self) -> str | None:
        """Return the item of the plan, where it belongs to one."""

    @property
    def period(self) -> Period:
        """Return the period it is for."""

    @property
    def event(self) -> str:
        """Return the title of the event that opened it; empty where none did."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Obligation(OfKind):
    """One obligation as it stands in the database."""

    id: int
    plan: str
    key: str
    kind: Kind
    item: str | None
    agency_id: str
    reviewer_id: str
    period: Period
    part: Part
    opened_on: date
    last_day: date
    first_day: date
    """The last day as it was first set; an extension keeps it."""
    plan_day: date
    """The plan's own day; later than `last_day` where that is an inner one."""
    target: date
    judged: Judged
    why: str
    ours: bool
    """Whether its day is counted by a rule that is the program's own."""
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
    def is_with_its_reviewer(self) -> bool:
        """Whether whoever reviews it has the next word."""
        return self.work_state is WorkState.SUBMITTED

    @property
    def whose_word(self) -> str | None:
        """Who has the next word: the unit until it reports, then its reviewer, then nobody."""
        if self.work_state in NOT_HANDED_IN:
            return self.agency_id
        return self.reviewer_id if self.is_with_its_reviewer else None

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is expected of anybody."""
        return self.work_state in CLOSED


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyLine(OfKind):
    """What every list, mail and paper tells of an obligation, whatever else it tells."""

    obligation_id: int
    key: str
    kind: Kind
    item: str | None
    agency_id: str
    period: Period
    last_day: date
    delay_reason: str | None
    event: str
    """The title of the event that opened it; empty where none did."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DatedLine(DutyLine):
    """A duty as it is told with its day: whose day it is, and why that one."""

    opened_on: date
    plan_day: date
    """The plan's own last day; later than `last_day` where an inner day is set."""
    ours: bool
    """Whether its day is counted by a rule that is the program's own."""
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedObligation(Obligation):
    """An obligation with what it is told apart by from another of the same item and agency."""

    event: str
    """The title of the event that opened it; empty where none did."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationOnDay(NamedObligation):
    """An obligation as every list shows it: with what its time state on a day is derived from."""

    paused: bool
    """Its place rests on the day."""
    awaited: bool
    """It waits for another that is neither done nor past its day."""
    proposed: bool
    """Its day is only proposed: set neither by the plan nor by a document (`obligations.days_of_ours`)."""

    def standing(self, on: date) -> Standing:
        """Return what its time state is derived from; looking back, what was done later was not done yet."""
        return Standing(
            kind=self.kind,
            work_state=self.work_state,
            last_day=self.last_day,
            done_on=self.done_on if self.done_on and self.done_on <= on else None,
            paused=self.paused,
            waits_until=self.waits_until if self.awaited else None,
            proposed=bool(self.proposed),
        )

    def stands(self, on: date, due_soon: date) -> TimeState:
        """Return how it stands on the day it was looked up for."""
        return time_state(self.standing(on), on, due_soon)
