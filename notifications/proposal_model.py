"""What the report to UBND tỉnh says, before it has a form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from obligations.reckoning import Reckoning
from obligations.reminders import NONE, Reminders


@dataclass(frozen=True, kw_only=True)
class ProposalRow:
    """One obligation of the released list, as the report's annex shows it."""

    unit: str
    """"UBND xã A Mú Sung"."""
    item: str
    """The item's key; empty where there is no item."""
    title: str
    subject: str
    """As a sentence counts it: "nhiệm vụ 2.3", "báo cáo Quý III/2022"."""
    deadline_text: str
    """The plan's own wording; empty where it has none."""
    last_day: date
    paper: str = ""
    """The document that sets the last day, where the plan does not."""
    working_days_late: int
    reminders: Reminders = NONE
    reason: str | None = None
    proposal: str = ""
    hard: bool = False
    """Whether a person chose the hard form for it."""

    @property
    def name(self) -> str:
        """The item with its title, or the title alone; nothing is said twice."""
        return f"{self.item}. {self.title}" if self.item else self.title


@dataclass(frozen=True, kw_only=True)
class ProposalGroup:
    """The rows under one heading: a district with its communes, or a department with its own."""

    name: str
    """"UBND huyện Bát Xát"."""
    units: int = 0
    """How many communes it has."""
    rows: tuple[ProposalRow, ...]


@dataclass(frozen=True, kw_only=True)
class ProposalReport:
    """All that the report to UBND tỉnh says."""

    plan_number: str
    plan_signed_on: date
    plan_issuer: str
    """"UBND tỉnh Lào Cai"."""
    bodies: str
    """Who stands over the places that report to the issuer: "UBND các huyện, thị xã, thành phố"."""
    recipient: str
    """"Ủy ban nhân dân tỉnh Lào Cai"."""
    issuer: str
    """"Sở Nội vụ"."""
    as_of: date
    due_items: int
    """Different tasks of the plan, or kinds of report, among what fell due."""
    reckoned: Reckoning
    """Of all that the plan gives a day: who had to do what."""
    groups: tuple[ProposalGroup, ...]
    excused: tuple[ProposalRow, ...] = ()
    """What a pause excuses: named apart, proposed against nobody."""
    outside: tuple[ProposalRow, ...] = ()
    """Bodies not under UBND tỉnh: asked to cooperate, never ranked."""
    act_before: date | None = None
    journal_mark: str = ""
    """The end of the journal, by which anybody who holds the paper can have it proven."""
