"""What is answered and decided, as it comes out of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from obligations.figures import Figures
from obligations.grading import GradeState
from obligations.model import WorkState
from obligations.period import Period


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedDocument:
    """A document that travelled on paper or through the document system."""

    id: int
    plan: str
    number: str
    signed_on: date
    signer: str
    summary: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """One version of an obligation's report."""

    id: int
    obligation_id: int
    version: int
    entered_at: datetime
    entered_by: str
    completed_on: date | None
    arrived_on: date
    counts_on: date
    text: str
    difficulty: str
    figures: Figures
    estimates: Figures | None
    missing: list[str] | None
    drafted_by: str | None
    approved_by: str | None
    document_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryRow:
    """What happened to an obligation, who did it and why; rows are only ever added."""

    id: int
    obligation_id: int
    at: datetime
    by: str
    person: str | None
    os_user: str | None
    what: str
    from_state: WorkState | None
    to_state: WorkState | None
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalRow:
    """Every change of anything, in one chain: each row's hash is over its content and the hash before."""

    id: int
    at: datetime
    plan: str
    by: str
    person: str
    seat: str
    session: str
    os_user: str
    channel: str
    what: str
    subject: str
    details: str
    seals: str
    prev_hash: str
    hash: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordedEvent:
    """What happened in the world and opened a task by a rule."""

    id: int
    plan: str
    item: str
    number: int
    agency_id: str
    on: date
    title: str
    recorded_by: str
    recorded_at: datetime
    withdrawn: str | None
    obligation_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MovedDay:
    """A last day that was moved, by which document."""

    id: int
    obligation_id: int
    old_day: date
    new_day: date
    document_number: str
    document_on: date | None
    by: str
    at: datetime
    old_plan_day: date | None
    reason: str | None
    withdraws_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PauseRow:
    """Where and when work rests; last days stay, lateness is excused."""

    id: int
    plan: str
    place_id: str
    everywhere: bool
    from_day: date
    to_day: date | None
    reason: str
    by: str
    at: datetime
    withdrawn: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DayDocument:
    """A document that sets a day which the plan does not: from its signing the day is more than proposed."""

    id: int
    plan: str
    rule: str
    place_id: str
    everywhere: bool
    tier: str | None
    number: str
    signed_on: date
    issuer: str
    by: str
    at: datetime
    withdrawn: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Grade:
    """What is said of an agency's products in a quarter, and whether it has had its word on it."""

    id: int
    plan: str
    agency_id: str
    quarter: Period
    state: GradeState
    rule: str
    content: Figures
    as_of: date
    contest_until: date
    drafted_at: datetime
    drafted_by: str
    answered_at: datetime | None
    answered_by: str | None
    answer: str | None
    published_at: datetime | None
    published_by: str | None
    told_at: datetime | None
    reply: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """An entry of the list "Đề xuất báo cáo UBND tỉnh"."""

    id: int
    plan: str
    cause: str
    agency_id: str
    obligation_id: int | None
    episode: str
    entered_on: date
    state: str
    reason: str
    decided_by: str | None
    decided_at: datetime | None
    document_number: str | None
