"""The counts of Sở Nội vụ's Monday table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, case, func, or_, select

from obligations.model import Kind, WorkState
from obligations.period import Period
from obligations.reckoning import OUTSIDE, Reckoning
from store import clauses
from store.clauses import EVENT_TITLE, overdue
from store.door import all_of
from store.our_days import proposed
from store.outbox import BOUNCED, DEAD, HELD, SENT
from store.reckoning import dated, reckon_by
from store.schema import agencies, history, messages, obligations, proposals, weekly_lines


@dataclass(frozen=True, kw_only=True)
class NotSupplied:
    """What an invited body was asked for in a cycle and has not supplied."""

    agency_id: str
    period: Period
    last_day: date


@dataclass(frozen=True, kw_only=True)
class UnitReckoned:
    """How one agency stands with its dated work, and under which head it is shown."""

    level: str
    head: str
    reckoned: Reckoning


def units_reckoned(connection: Connection, plan: str, on: date) -> list[UnitReckoned]:
    """Reckon the dated work of each agency for itself."""
    columns = (agencies.c.id, agencies.c.tier, agencies.c.area_id)
    found = reckon_by(connection, plan, on, dated(plan), columns)
    return [
        UnitReckoned(level=level, head=area or key, reckoned=reckoned)
        for (key, level, area), reckoned in found.items()
    ]


def new_reasons(connection: Connection, plan: str, since: datetime) -> int:
    """Count the duties for whose delay a reason was stated since an instant."""
    query = (
        select(func.count(history.c.obligation_id.distinct()))
        .join(obligations, obligations.c.id == history.c.obligation_id)
        .where(obligations.c.plan == plan, history.c.what == "explain", history.c.at >= since)
    )
    return connection.scalar(query) or 0


def last_digest(connection: Connection, plan: str, focal: str) -> date | None:
    """Return the day of the last table the focal agency was sent."""
    query = (
        select(func.max(messages.c.mail_on))
        .join(weekly_lines, weekly_lines.c.message_id == messages.c.id)
        .where(messages.c.plan == plan, messages.c.recipient_id == focal, messages.c.state == SENT)
    )
    found: date | None = connection.scalar(query)
    return found


def extension_requests(connection: Connection, plan: str, since: datetime) -> int:
    """Count the requests for another last day since an instant."""
    query = (
        select(func.count())
        .select_from(history)
        .join(obligations, obligations.c.id == history.c.obligation_id)
        .where(obligations.c.plan == plan, history.c.what == "ask-extension", history.c.at >= since)
    )
    return connection.scalar(query) or 0


def proposed_units(connection: Connection, plan: str) -> int:
    """Count the units on the list of proposals that wait for a decision."""
    query = select(func.count(proposals.c.agency_id.distinct()))
    return connection.scalar(query.where(proposals.c.plan == plan, proposals.c.state == "listed")) or 0


@dataclass(frozen=True, kw_only=True, slots=True)
class FallsDue:
    """What falls due on a day, and how much of it has been reported."""

    item: str | None
    kind: Kind
    period: Period
    last_day: date
    event: str
    proposed: bool
    """Whether the day is only asked for, as things are on the first of the days."""
    level: str | None
    """The level all of whom it falls due for stand on, where it is one."""
    done: int
    total: int


def due_between(connection: Connection, plan: str, first: date, last: date) -> list[FallsDue]:
    """Return what falls due between two days: by item, kind and period with how many have reported."""
    query = (
        select(
            obligations.c.item,
            obligations.c.kind,
            obligations.c.period,
            obligations.c.last_day,
            EVENT_TITLE,
            proposed(plan, first).label("proposed"),
            case((func.min(agencies.c.tier) == func.max(agencies.c.tier), func.min(agencies.c.tier))).label(
                "level"
            ),
            func.count().filter(obligations.c.done_on.is_not(None)).label("done"),
            func.count().label("total"),
        )
        .join(agencies, agencies.c.id == obligations.c.agency_id)
        .where(
            *dated(plan),
            or_(obligations.c.work_state == WorkState.WAITING, obligations.c.work_state.not_in([*OUTSIDE])),
            obligations.c.last_day >= first,
            obligations.c.last_day <= last,
        )
        .group_by(
            obligations.c.item,
            obligations.c.kind,
            obligations.c.period,
            obligations.c.last_day,
            "event",
            "proposed",
        )
        .order_by(obligations.c.last_day, obligations.c.item)
    )
    return all_of(connection, FallsDue, query)


@dataclass(frozen=True, kw_only=True, slots=True)
class MissedSheet:
    """A sheet that its chairperson has not looked at."""

    agency_id: str
    period: Period


def missed_sheets(connection: Connection, plan: str, on: date, since: date) -> list[MissedSheet]:
    """Return the chairpersons' sheets missed since a day."""
    query = (
        select(obligations.c.agency_id, obligations.c.period)
        .where(overdue(plan, on), obligations.c.kind == Kind.SHEET, obligations.c.last_day >= since)
        .order_by(obligations.c.agency_id)
    )
    return all_of(connection, MissedSheet, query)


def not_supplied(connection: Connection, plan: str, on: date) -> list[NotSupplied]:
    """Return the rows of invited bodies whose cycle has passed without an answer."""
    query = (
        select(obligations.c.agency_id, obligations.c.period, obligations.c.last_day)
        .where(obligations.c.id.in_(clauses.not_supplied(plan, date.min, on)))
        .order_by(obligations.c.last_day, obligations.c.agency_id)
    )
    return [NotSupplied(**row) for row in connection.execute(query).mappings()]


@dataclass(frozen=True, kw_only=True, slots=True)
class Undelivered:
    """A message that could not be delivered."""

    recipient_id: str
    error: str | None


def undelivered(connection: Connection, plan: str) -> list[Undelivered]:
    """Return the messages that could not be delivered, with the reason."""
    query = (
        select(messages.c.recipient_id, messages.c.error)
        .where(messages.c.plan == plan, messages.c.state.in_([DEAD, HELD, BOUNCED]))
        .order_by(messages.c.id)
    )
    return all_of(connection, Undelivered, query)
