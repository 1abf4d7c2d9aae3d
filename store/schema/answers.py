"""What is answered and decided: reports and their proofs, days that move, the history of it all."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obligations.figures import Figures
from obligations.grading import GradeState
from obligations.model import WorkState
from obligations.period import Period
from store.schema.base import AgencyId, Base, Named, Number, ObligationId, PlanKey


class Documents(Base):
    """A document that travelled on paper or through the document system."""

    __tablename__ = "documents"

    id: Mapped[Number]
    plan: Mapped[PlanKey]
    number: Mapped[str] = mapped_column(String(80))
    signed_on: Mapped[date]
    signer: Mapped[str]
    summary: Mapped[str]
    recorded_by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]


class Reports(Base):
    """One version of an obligation's report."""

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("obligation_id", "version"),)

    id: Mapped[Number]
    obligation_id: Mapped[ObligationId]
    version: Mapped[int]
    entered_at: Mapped[datetime]
    entered_by: Mapped[str] = mapped_column(String(80))
    completed_on: Mapped[date | None]
    arrived_on: Mapped[date]
    counts_on: Mapped[date]
    text: Mapped[str]
    difficulty: Mapped[str]
    figures: Mapped[Figures] = mapped_column(JSON)
    # Figures as the unit expects them at the period's end; optional.
    estimates: Mapped[Figures | None] = mapped_column(JSON)
    # The units below that are named as not having reported, where a district signs off.
    missing: Mapped[list[str] | None] = mapped_column(JSON)
    # Who wrote it and who of the unit's leaders approved it, as they call themselves.
    drafted_by: Mapped[str | None]
    approved_by: Mapped[str | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))


class Evidence(Base):
    """A file that proves a report; its content stands in the store of files under its digest."""

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_sha256", "sha256"),)

    id: Mapped[Number]
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    media_type: Mapped[str | None]
    # A desk took the file away; the row stays as the trace of it.
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None] = mapped_column(String(80))
    removed_why: Mapped[str | None]


class History(Base):
    """What happened to an obligation, who did it and why; rows are only ever added."""

    __tablename__ = "history"

    id: Mapped[Number]
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    # The person of that agency who did it, as the portal knows them; null on the command line.
    person: Mapped[str | None]
    # The account of the operating system it was done under on the command line; null on the portal.
    os_user: Mapped[str | None]
    what: Mapped[str] = mapped_column(String(30))
    from_state: Mapped[WorkState | None] = mapped_column(Named(WorkState, 14))
    to_state: Mapped[WorkState | None] = mapped_column(Named(WorkState, 14))
    why: Mapped[str]


class Journal(Base):
    """Every change of anything, in one chain: each row's hash is over its content and the hash before."""

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_at", "at"),)

    # 1, 2, 3 …: given by whoever writes, under a lock, so that a gap is a row that somebody took away.
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    plan: Mapped[str] = mapped_column(String(40))
    # The agency that acts; "system" where nobody does.
    by: Mapped[str] = mapped_column(String(80))
    person: Mapped[str]
    seat: Mapped[str] = mapped_column(String(20))
    # A mark of the session, from which it cannot be taken over.
    session: Mapped[str] = mapped_column(String(16))
    os_user: Mapped[str]
    # portal, command or flow.
    channel: Mapped[str] = mapped_column(String(10))
    what: Mapped[str] = mapped_column(String(40))
    # What it was done to: an obligation's key, an agency, a mail's number.
    subject: Mapped[str]
    # What else is to be known, and the digests of the rows of other tables that changed with it: JSON.
    details: Mapped[str]
    seals: Mapped[str]
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Events(Base):
    """What happened in the world and opened a task by a rule."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("plan", "item", "number"),
        UniqueConstraint("plan", "item", "agency_id", "on", "title"),
    )

    id: Mapped[Number]
    plan: Mapped[PlanKey]
    item: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    agency_id: Mapped[AgencyId]
    on: Mapped[date]
    title: Mapped[str]
    recorded_by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    withdrawn: Mapped[str | None]
    obligation_id: Mapped[ObligationId] = mapped_column(index=True)


class Extensions(Base):
    """A last day that was moved, by which document."""

    __tablename__ = "extensions"

    id: Mapped[Number]
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"), index=True)
    old_day: Mapped[date]
    new_day: Mapped[date]
    document_number: Mapped[str] = mapped_column(String(80))
    document_on: Mapped[date | None]
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
    old_plan_day: Mapped[date | None]
    reason: Mapped[str | None]
    # The row of this table that this one takes back: rows are only added.
    withdraws_id: Mapped[int | None]


class Pauses(Base):
    """Where and when work rests; last days stay, lateness is excused."""

    __tablename__ = "pauses"

    id: Mapped[Number]
    plan: Mapped[PlanKey]
    # A district's pause holds for its communes too.
    place_id: Mapped[AgencyId]
    # One of the body at the top: everybody rests.
    everywhere: Mapped[bool]
    from_day: Mapped[date]
    # Null while nobody knows the end.
    to_day: Mapped[date | None]
    reason: Mapped[str]
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
    # Why it was withdrawn: then it is as if it had never been.
    withdrawn: Mapped[str | None]


class DayDocuments(Base):
    """A document that sets a day which the plan does not: from its signing the day is more than proposed."""

    __tablename__ = "day_documents"

    id: Mapped[Number]
    plan: Mapped[PlanKey]
    # Whose days: plan, sheet, report, or an item's key.
    rule: Mapped[str] = mapped_column(String(20))
    # Of a district: its communes'; of the body at the top: everybody's.
    place_id: Mapped[AgencyId]
    everywhere: Mapped[bool]
    # Null where it is for every level.
    tier: Mapped[str | None] = mapped_column(String(10))
    number: Mapped[str] = mapped_column(String(80))
    signed_on: Mapped[date]
    issuer: Mapped[str]
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
    # Why it was withdrawn: then it is as if it had never been.
    withdrawn: Mapped[str | None]


class Grades(Base):
    """What is said of an agency's products in a quarter, and whether it has had its word on it."""

    __tablename__ = "grades"
    __table_args__ = (UniqueConstraint("plan", "agency_id", "quarter"),)

    id: Mapped[Number]
    plan: Mapped[PlanKey]
    agency_id: Mapped[AgencyId]
    quarter: Mapped[Period]
    state: Mapped[GradeState] = mapped_column(Named(GradeState, 10))
    # The rule it was counted by: config/grading.toml.
    rule: Mapped[str] = mapped_column(String(40))
    # The numbers as they were drafted: what is contested and published does not move.
    content: Mapped[Figures] = mapped_column(JSON)
    as_of: Mapped[date]
    contest_until: Mapped[date]
    drafted_at: Mapped[datetime]
    drafted_by: Mapped[str] = mapped_column(String(80))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(80))
    answer: Mapped[str | None]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None] = mapped_column(String(80))
    # When the mail with this draft was written; null where its unit has no address of its own.
    told_at: Mapped[datetime | None]
    # What the collator answered to the unit's word on the draft before.
    reply: Mapped[str | None]


class Proposals(Base):
    """An entry of the list "Đề xuất báo cáo UBND tỉnh"."""

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("plan", "episode"),)

    id: Mapped[Number]
    plan: Mapped[PlanKey]
    # "list": an obligation ten working days late; "chronic": an agency with several overdue at once.
    cause: Mapped[str] = mapped_column(String(10))
    agency_id: Mapped[AgencyId]
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligations.id"), index=True)
    # What makes the entry unique: the obligation's leg, or the month of a chronic case.
    episode: Mapped[str] = mapped_column(String(200))
    entered_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str]
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]
    document_number: Mapped[str | None] = mapped_column(String(80))
