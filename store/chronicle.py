"""What happened, read back in order: openings, entries, reviews, notices and mails; and counts by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, case, func, or_, select

from obligations.model import Kind, Role, WorkState
from obligations.reckoning import OUTSIDE
from store.clauses import overdue
from store.door import all_of
from store.reckoning import dated
from store.schema import agencies, history, messages, notices, obligations, reports


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """How many duties of an item opened at once."""

    at: datetime
    kind: Kind
    item: str | None
    opened: int


def openings(connection: Connection, plan: str) -> list[Opening]:
    """Count what opened by day, kind and item: six thousand lines would tell no more."""
    return all_of(
        connection,
        Opening,
        select(history.c.at, obligations.c.kind, obligations.c.item, func.count().label("opened"))
        .join(obligations, obligations.c.id == history.c.obligation_id)
        .where(obligations.c.plan == plan, history.c.what == "open")
        .group_by(history.c.at, obligations.c.kind, obligations.c.item),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What somebody did to a duty."""

    at: datetime
    what: str
    key: str
    agency_id: str
    by: str
    to_state: WorkState | None
    why: str


def deeds(connection: Connection, plan: str) -> list[Done]:
    """Return who did what; the rows of a cycle report follow it and are left out."""
    return all_of(
        connection,
        Done,
        select(
            history.c.at,
            history.c.what,
            obligations.c.key,
            obligations.c.agency_id,
            history.c.by,
            history.c.to_state,
            history.c.why,
        )
        .join(obligations, obligations.c.id == history.c.obligation_id)
        .where(obligations.c.plan == plan, obligations.c.parent_id.is_(None), history.c.what != "open"),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldOf:
    """A notice, and whom it was for."""

    recorded_on: date
    key: str
    agency_id: str
    recipient_id: str
    role: Role
    step: str
    template: str
    mail_on: date
    state: str


def told(connection: Connection, plan: str) -> list[ToldOf]:
    """Return every notice."""
    return all_of(
        connection,
        ToldOf,
        select(
            notices.c.recorded_on,
            obligations.c.key,
            obligations.c.agency_id,
            notices.c.recipient_id,
            notices.c.role,
            notices.c.step,
            notices.c.template,
            notices.c.mail_on,
            notices.c.state,
        )
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .where(notices.c.plan == plan),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailed:
    """A message."""

    mail_on: date
    message_id: str
    recipient_id: str
    subject: str | None
    state: str


def mailed(connection: Connection, plan: str) -> list[Mailed]:
    """Return every message."""
    query = select(
        messages.c.mail_on,
        messages.c.message_id,
        messages.c.recipient_id,
        messages.c.subject,
        messages.c.state,
    )
    return all_of(connection, Mailed, query.where(messages.c.plan == plan))


@dataclass(frozen=True, kw_only=True, slots=True)
class Entered:
    """When a duty was first answered, and whether late."""

    tier: str
    at: datetime
    late: int


def entered(connection: Connection, plan: str) -> list[Entered]:
    """Return for each obligation handed in: the level, when it was first entered, and whether in time."""
    late = case((obligations.c.done_on > obligations.c.last_day, 1), else_=0)
    return all_of(
        connection,
        Entered,
        select(agencies.c.tier, func.min(reports.c.entered_at).label("at"), late.label("late"))
        .select_from(obligations)
        .join(agencies, agencies.c.id == obligations.c.agency_id)
        .join(reports, reports.c.obligation_id == obligations.c.id)
        .where(*dated(plan), obligations.c.work_state.not_in([*OUTSIDE]))
        .group_by(obligations.c.id, agencies.c.tier, late),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedAt:
    """How many duties of a level opened at once."""

    tier: str
    at: datetime
    opened: int


def opened_by_level(connection: Connection, plan: str) -> list[OpenedAt]:
    """Return when each dated obligation opened, counted by level."""
    return all_of(
        connection,
        OpenedAt,
        select(agencies.c.tier, history.c.at, func.count().label("opened"))
        .select_from(history)
        .join(obligations, obligations.c.id == history.c.obligation_id)
        .join(agencies, agencies.c.id == obligations.c.agency_id)
        .where(*dated(plan), history.c.what == "open")
        .group_by(agencies.c.tier, history.c.at),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldAt:
    """How many notices a day brought about a level's duties."""

    tier: str
    on: date
    notices: int
    focal: int


def told_by_level(connection: Connection, plan: str) -> list[ToldAt]:
    """Count notices by the day and the level of whoever owes; `focal` are those Sở Nội vụ got."""
    focal = case((notices.c.role.in_((Role.FOCAL, Role.DIRECTOR)), 1), else_=0)
    return all_of(
        connection,
        ToldAt,
        select(
            agencies.c.tier,
            notices.c.recorded_on.label("on"),
            func.count().label("notices"),
            func.sum(focal).label("focal"),
        )
        .select_from(notices)
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .join(agencies, agencies.c.id == obligations.c.agency_id)
        .where(notices.c.plan == plan)
        .group_by(agencies.c.tier, notices.c.recorded_on),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class MailedAt:
    """How many mails left on a day to a level."""

    tier: str
    on: date
    mails: int


def mailed_by_level(connection: Connection, plan: str) -> list[MailedAt]:
    """Count sent mails by day and level of the recipient."""
    return all_of(
        connection,
        MailedAt,
        select(agencies.c.tier, messages.c.mail_on.label("on"), func.count().label("mails"))
        .join(agencies, agencies.c.id == messages.c.recipient_id)
        .where(messages.c.plan == plan, messages.c.state == "sent")
        .group_by(agencies.c.tier, messages.c.mail_on),
    )


def overdue_by_level(connection: Connection, plan: str, on: date) -> dict[str, int]:
    """Count what is overdue on a day by the level of whoever owes."""
    query = (
        select(agencies.c.tier, func.count().label("late"))
        .select_from(obligations)
        .join(agencies, agencies.c.id == obligations.c.agency_id)
        .where(*dated(plan), overdue(plan, on))
        .group_by(agencies.c.tier)
    )
    return {row.tier: row.late for row in connection.execute(query)}


def late_and_untold(connection: Connection, plan: str, on: date) -> list[str]:
    """Return the keys of what is overdue and has not reached Sở Nội vụ."""
    reached = (
        select(notices.c.id)
        .where(
            notices.c.obligation_id == obligations.c.id,
            or_(notices.c.role == Role.FOCAL, notices.c.role == Role.DIRECTOR),
        )
        .exists()
    )
    query = select(obligations.c.key).where(overdue(plan, on), ~reached).order_by(obligations.c.key)
    return list(connection.scalars(query))
