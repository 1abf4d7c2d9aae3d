"""What is owed: plans, agencies, obligations and the ladders they climb."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from obligations.model import Judged, Kind, LegKind, Part, Rhythm, Role, StepRule, WorkState
from obligations.period import Period
from store.schema.base import AgencyId, Base, Named, Number, ObligationId, PlanKey


class Plans(Base):
    """A plan in this database, with what was read of it and how far it has run."""

    __tablename__ = "plans"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(80))
    fingerprint: Mapped[str] = mapped_column(String(64))
    started_on: Mapped[date | None]
    swept_on: Mapped[date | None]


class Facts(Base):
    """What is true of the database as a whole: which one it is, is mail held, when was a round last."""

    __tablename__ = "facts"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str]
    at: Mapped[datetime]


class Agencies(Base):
    """Whoever holds work, as the configuration that was loaded last says."""

    __tablename__ = "agencies"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str]
    # The key of its level.
    tier: Mapped[str] = mapped_column(String(10))
    superior_id: Mapped[str | None] = mapped_column(String(80))
    # The place of the chain it reports to; null where it reports to the collator at once.
    desk_id: Mapped[str | None] = mapped_column(String(80))
    # The place it is counted under: the same, a district itself; null for the others.
    area_id: Mapped[str | None] = mapped_column(String(80))
    # Who really receives its mail: itself, or the desk that is asked to pass it on.
    mail_to_id: Mapped[str] = mapped_column(String(80))
    invited: Mapped[bool]


class StandingOver(Base):
    """Who stands over whom, through however many levels: what a pause of a place or its document reaches."""

    __tablename__ = "standing_over"

    agency_id: Mapped[str] = mapped_column(String(80), ForeignKey("agencies.id"), primary_key=True)
    over_id: Mapped[str] = mapped_column(String(80), primary_key=True)


class Contacts(Base):
    """The people and addresses of an agency."""

    __tablename__ = "contacts"

    id: Mapped[Number]
    agency_id: Mapped[str] = mapped_column(String(80), ForeignKey("agencies.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str]
    # Entered from the ops list or by the unit itself; a new configuration does not overwrite it.
    imported: Mapped[bool]
    # When the unit last said that this still holds; asked for again in every cycle.
    confirmed_on: Mapped[date | None]


class Schedules(Base):
    """The dated steps of a ladder, shared by all obligations that have the same."""

    __tablename__ = "schedules"

    id: Mapped[Number]
    # Ladder, last day and opening day with a digest of the ladder's steps: what two schedules share.
    fingerprint: Mapped[str] = mapped_column(String(160), unique=True)


class ScheduleSteps(Base):
    """One dated step of a schedule."""

    __tablename__ = "schedule_steps"
    __table_args__ = ({"sqlite_with_rowid": False},)

    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedules.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12))
    fires_on: Mapped[date]
    rhythm: Mapped[Rhythm] = mapped_column(Named(Rhythm, 10))
    template: Mapped[str] = mapped_column(String(20))
    # Where the day came from, so that a calendar change can date the frozen ladder again.
    rule: Mapped[StepRule] = mapped_column(Named(StepRule, 16))
    days: Mapped[int]
    # The next step tells somebody else: a leg that goes in turn does not pass over this one.
    ends_turn: Mapped[bool] = mapped_column(server_default=true())


class ScheduleRoles(Base):
    """Who is told at a step of a schedule."""

    __tablename__ = "schedule_roles"
    __table_args__ = ({"sqlite_with_rowid": False},)

    schedule_id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(Named(Role, 10), primary_key=True)
    min_streak: Mapped[int]


def _of_those_with(name: str, column: str) -> Index:
    """Make an index of the rows alone that have a value there, on both databases."""
    there = text(f"{column} IS NOT NULL")
    return Index(name, column, sqlite_where=there, postgresql_where=there)


class Obligations(Base):
    """What one agency owes for one period, with a last day."""

    __tablename__ = "obligations"
    __table_args__ = (
        UniqueConstraint("plan", "key"),
        Index("ix_obligations_plan_state", "plan", "work_state", "opened_on"),
        Index("ix_obligations_overdue", "plan", "work_state", "last_day"),
        Index("ix_obligations_plan_item", "plan", "item", "work_state"),
        Index("ix_obligations_agency", "agency_id", "plan"),
        # All that the board counts a plan by, so that it need not read the rows.
        Index(
            "ix_obligations_board",
            "plan",
            "kind",
            "item",
            "period",
            "part",
            "work_state",
            "done_on",
            "last_day",
            "agency_id",
        ),
        # Whoever deletes a duty is asked whether another points to it: of the few that do.
        _of_those_with("ix_obligations_previous_id", "previous_id"),
        _of_those_with("ix_obligations_waits_for_id", "waits_for_id"),
    )

    id: Mapped[Number]
    plan: Mapped[PlanKey]
    key: Mapped[str] = mapped_column(String(160))
    kind: Mapped[Kind] = mapped_column(Named(Kind, 10))
    item: Mapped[str | None] = mapped_column(String(20))
    agency_id: Mapped[AgencyId]
    reviewer_id: Mapped[str] = mapped_column(String(80))
    period: Mapped[Period]
    part: Mapped[Part] = mapped_column(Named(Part, 12))
    opened_on: Mapped[date]
    last_day: Mapped[date]
    first_day: Mapped[date]
    plan_day: Mapped[date]
    target: Mapped[date]
    judged: Mapped[Judged] = mapped_column(Named(Judged, 12))
    why: Mapped[str]
    # Counted by a rule of the program's own: only proposed until a document sets it.
    ours: Mapped[bool] = mapped_column(server_default=false())
    ladder: Mapped[str | None] = mapped_column(String(60))
    schedule_id: Mapped[int | None] = mapped_column(ForeignKey("schedules.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("obligations.id"), index=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("obligations.id"))
    waits_for_id: Mapped[int | None] = mapped_column(ForeignKey("obligations.id"))
    waits_until: Mapped[date | None]
    work_state: Mapped[WorkState] = mapped_column(Named(WorkState, 14))
    version: Mapped[int]
    # The day that decides in time or late; set when first handed in.
    done_on: Mapped[date | None]
    # A day that was stated and lies before the duty began: it counts once the desk has confirmed it.
    doubted_on: Mapped[date | None]
    # The day it was first done by, kept when its desk opens it again: that takes "in time" from nobody.
    kept_on: Mapped[date | None]
    updated_late: Mapped[bool]
    # Until when a reviewer, or a unit asked for more, has time: then it counts as received.
    answer_by: Mapped[date | None]
    delay_reason: Mapped[str | None]


class Legs(Base):
    """A ladder that an obligation climbs, and how far it has come."""

    __tablename__ = "legs"
    __table_args__ = (
        UniqueConstraint("obligation_id", "name"),
        _of_those_with("ix_legs_next_on", "next_on"),
    )

    id: Mapped[Number]
    obligation_id: Mapped[ObligationId]
    kind: Mapped[LegKind] = mapped_column(Named(LegKind, 10))
    # As the mail log and scripts name it: its kind, numbered where another of that kind may follow.
    name: Mapped[str] = mapped_column(String(20))
    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedules.id"))
    starts_on: Mapped[date]
    last_seq: Mapped[int]
    # Born late, or kept back by a pause: steps due together go one a working day, the unit's first.
    in_turn: Mapped[bool] = mapped_column(server_default=false())
    # How often its last step, the one that repeats, has fired: "đôn đốc lần n".
    repeats: Mapped[int] = mapped_column(server_default=text("0"))
    # The day of the next step; null while the leg is asleep or at its end. The sweep reads nothing else.
    next_on: Mapped[date | None]


class HandOvers(Base):
    """A duty that was open when its holder ended: who holds it since, or which other says the same."""

    __tablename__ = "hand_overs"
    __table_args__ = (Index("ix_hand_overs_to", "plan", "to_id"),)

    id: Mapped[Number]
    plan: Mapped[PlanKey]
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"), index=True)
    from_id: Mapped[AgencyId]
    # Null where nobody took over: the duty ended with its holder; what was handed in counts as received.
    to_id: Mapped[str | None] = mapped_column(String(80), ForeignKey("agencies.id"))
    # The successor's duty that says the same; the duty itself ended in it.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("obligations.id"), index=True)
    # The day of the change, by the resolution; when it was written down says the history.
    on: Mapped[date]
    resolution: Mapped[str]
