"""What pages, papers and workbooks show of an obligation: said once here, and extended by each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypedDict

from obligations.kinds import OfKind
from obligations.model import Kind, TimeState, WorkState
from obligations.obligation import Titled
from obligations.reminders import Reminders
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import IN_A_LINE, head_of, name_of, title


class Told(Titled, Protocol):
    """What a view is made of: a row of an obligation, whole or a line of it."""

    @property
    def key(self) -> str:
        """Return its key."""

    @property
    def agency_id(self) -> str:
        """Return who owes it."""

    @property
    def delay_reason(self) -> str | None:
        """Return why it is late, as its unit says."""


@dataclass(frozen=True, kw_only=True)
class DutyView(OfKind):
    """An obligation as whoever lists it shows it."""

    key: str
    kind: Kind
    item: str | None
    title: str
    """In one line: the plan's wording is cut."""
    agency: str
    agency_name: str
    last_day: date
    reason: str
    """Of its delay, as the unit states it."""

    @property
    def name(self) -> str:
        """Its number and title."""
        return f"{self.item}. {self.title}" if self.item else self.title


@dataclass(frozen=True, kw_only=True)
class StandingView(DutyView):
    """An obligation with how it stands on the day it is shown."""

    state: WorkState
    stands: TimeState
    done_on: date | None
    updated_late: bool


@dataclass(frozen=True, kw_only=True)
class LateView(DutyView):
    """An obligation that is past its day, with what its unit has heard."""

    days_late: int
    """Working days."""
    reminded: Reminders


def reviewer_called(house: House, agency: str, reviewer: str) -> str:
    """Name who reviews what an agency owes: a desk, or for the collator's own its director."""
    if agency == house.plan.focal:
        return head_of(house.focal)
    known = house.configuration.agencies.get(reviewer)
    desk = known.desk if known is not None and reviewer != house.plan.focal else None
    return desk or name_of(house, reviewer)


class DutyFields(TypedDict):
    """The fields of a `DutyView`."""

    key: str
    kind: Kind
    item: str | None
    title: str
    agency: str
    agency_name: str
    last_day: date
    reason: str


def duty_fields(house: House, row: Told, last_day: date) -> DutyFields:
    """Return what every view of an obligation shows, with the day it is told with."""
    return {
        "key": row.key,
        "kind": row.kind,
        "item": row.item,
        "title": title(house, row.kind, row.item, row.period, row.event, width=IN_A_LINE),
        "agency": row.agency_id,
        "agency_name": name_of(house, row.agency_id),
        "last_day": last_day,
        "reason": row.delay_reason or "",
    }
