"""The counts of Sở Nội vụ's Monday table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, or_, select

from obligations.model import Kind, WorkState
from store import clauses
from store.clauses import DATED, overdue, paused_agencies, still_awaited
from store.ledger import AnyRow
from store.outbox import BOUNCED, DEAD, HELD, SENT
from store.schema import history, messages, obligations, proposals, weekly_lines

NOT_OWED = (WorkState.WAITING, WorkState.CANCELLED)
OUTSIDE = (*NOT_OWED, WorkState.NOTHING_AROSE, WorkState.NOT_COMPETENT)
"""What no rate counts."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """Dated work whose day has passed: due = in time + late + missing; what was done ahead is not due yet."""

    items: int
    """Different tasks of the plan, or kinds of report, among it."""
    due: int
    in_time: int
    late: int
    missing: int
    excused: int
    """Of the missing, where a place is paused."""


@dataclass(frozen=True, kw_only=True)
class NotSupplied:
    """What an invited body was asked for in a cycle and has not supplied."""

    agency_id: str
    period: str
    last_day: date


def past_due(connection: Connection, plan: str, on: date) -> Due:
    """Return what has fallen due before a day and how it was done."""
    done, in_time = obligations.c.done_on.is_not(None), obligations.c.done_on <= obligations.c.last_day
    paused = obligations.c.agency_id.in_(paused_agencies(plan, on))
    query = select(
        func.count(func.coalesce(obligations.c.item, obligations.c.kind).distinct()).label("items"),
        func.count().label("due"),
        func.count().filter(done, in_time).label("in_time"),
        func.count().filter(done, ~in_time).label("late"),
        func.count().filter(~done).label("missing"),
        func.count().filter(~done, paused).label("excused"),
    ).where(
        obligations.c.plan == plan,
        obligations.c.kind.in_(DATED),
        obligations.c.work_state.not_in(OUTSIDE),
        obligations.c.last_day < on,
        ~still_awaited(on),
    )
    return Due(**connection.execute(query).mappings().one())


def totals(connection: Connection, plan: str, on: date) -> AnyRow:
    """Return the four totals of dated work that has opened, and the count of continuous rows."""
    dated = obligations.c.kind.in_(DATED)
    done = obligations.c.done_on.is_not(None)
    in_time = obligations.c.done_on <= obligations.c.last_day
    late = overdue(plan, on)
    query = select(
        func.count().filter(dated, obligations.c.last_day < on).label("due"),
        func.count().filter(dated, done, in_time).label("done_in_time"),
        func.count().filter(dated, done, ~in_time).label("done_late"),
        func.count().filter(dated, ~done, ~late).label("running_in_time"),
        func.count().filter(dated, late).label("running_late"),
        func.count().filter(obligations.c.kind == Kind.ROW, obligations.c.part == "lead").label("rows"),
    ).where(obligations.c.plan == plan, obligations.c.work_state.not_in(NOT_OWED))
    return connection.execute(query).one()


def became_overdue(connection: Connection, plan: str, since: date, until: date) -> int:
    """Count what became overdue between two days, whether it has been done since or not."""
    late = or_(obligations.c.done_on.is_(None), obligations.c.done_on > obligations.c.last_day)
    query = (
        select(func.count())
        .select_from(obligations)
        .where(
            obligations.c.plan == plan,
            obligations.c.kind.in_(DATED),
            obligations.c.work_state != WorkState.CANCELLED,
            obligations.c.last_day >= since,
            obligations.c.last_day < until,
            late,
        )
    )
    return connection.scalar(query) or 0


def new_reasons(connection: Connection, plan: str, since: date, until: date) -> int:
    """Count the reasons for delay stated for what became overdue between two days."""
    query = (
        select(func.count())
        .select_from(obligations)
        .where(
            obligations.c.plan == plan,
            obligations.c.delay_reason.is_not(None),
            obligations.c.last_day >= since,
            obligations.c.last_day < until,
        )
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


def listed(connection: Connection, plan: str) -> int:
    """Count the entries of the list of proposals that are not yet released."""
    query = (
        select(func.count())
        .select_from(proposals)
        .where(proposals.c.plan == plan, proposals.c.state == "listed")
    )
    return connection.scalar(query) or 0


def due_between(connection: Connection, plan: str, first: date, last: date) -> list[AnyRow]:
    """Return what falls due between two days: by item, kind and period with how many have reported."""
    query = (
        select(
            obligations.c.item,
            obligations.c.kind,
            obligations.c.period,
            obligations.c.last_day,
            func.count().filter(obligations.c.done_on.is_not(None)).label("done"),
            func.count().label("total"),
        )
        .where(
            obligations.c.plan == plan,
            obligations.c.kind.in_(DATED),
            obligations.c.work_state != WorkState.CANCELLED,
            obligations.c.last_day >= first,
            obligations.c.last_day <= last,
        )
        .group_by(obligations.c.item, obligations.c.kind, obligations.c.period, obligations.c.last_day)
        .order_by(obligations.c.last_day, obligations.c.item)
    )
    return list(connection.execute(query))


def missed_sheets(connection: Connection, plan: str, on: date, since: date) -> list[AnyRow]:
    """Return the chairpersons' sheets missed since a day."""
    query = (
        select(obligations.c.agency_id, obligations.c.period)
        .where(overdue(plan, on), obligations.c.kind == Kind.SHEET, obligations.c.last_day >= since)
        .order_by(obligations.c.agency_id)
    )
    return list(connection.execute(query))


def not_supplied(connection: Connection, plan: str, on: date) -> list[NotSupplied]:
    """Return the rows of invited bodies whose cycle has passed without an answer."""
    query = (
        select(obligations.c.agency_id, obligations.c.period, obligations.c.last_day)
        .where(obligations.c.id.in_(clauses.not_supplied(plan, date.min, on)))
        .order_by(obligations.c.last_day, obligations.c.agency_id)
    )
    return [NotSupplied(**row) for row in connection.execute(query).mappings()]


def undelivered(connection: Connection, plan: str) -> list[AnyRow]:
    """Return the messages that could not be delivered, with the reason."""
    query = (
        select(messages.c.recipient_id, messages.c.error)
        .where(messages.c.plan == plan, messages.c.state.in_([DEAD, HELD, BOUNCED]))
        .order_by(messages.c.id)
    )
    return list(connection.execute(query))
