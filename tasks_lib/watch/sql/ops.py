"""What whoever runs the system looks at: how far the engine came, the outbox, links, what comes next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, func, or_, select

from obligations.model import Kind, Plan
from obligations.period import Period
from obligations.states import NO_LONGER_OWED
from store.clauses import EVENT_TITLE
from store.door import all_of, sole, whole
from store.marks import standing_marks
from store.outbox import BOUNCED, DEAD, HELD, RETRY, SENDING
from store.rows import AddressMark, StoredPlan
from store.schema import (
    address_marks,
    agencies,
    link_uses,
    links,
    messages,
    notes,
    notices,
    obligations,
    plans,
    sessions,
)

TROUBLED = (DEAD, HELD, BOUNCED, RETRY, SENDING)
MOST_TROUBLED = 500


def plan_row(connection: Connection, plan: str) -> StoredPlan:
    """Return since when the real clock runs a plan and the last day swept."""
    return sole(connection, StoredPlan, select(plans).where(plans.c.key == plan))


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxCount:
    """How many messages are in a state: in all, and of one day."""

    state: str
    total: int
    today: int


def outbox_counts(connection: Connection, plan: str, on: date) -> list[OutboxCount]:
    """Count a plan's messages by state: all, and those of one day."""
    query = (
        select(
            messages.c.state,
            func.count().label("total"),
            func.count().filter(messages.c.mail_on == on).label("today"),
        )
        .where(messages.c.plan == plan)
        .group_by(messages.c.state)
    )
    return all_of(connection, OutboxCount, query)


def known_messages(connection: Connection, plan: str, numbers: Collection[int]) -> set[int]:
    """Return those of some numbers that are messages of a plan."""
    query = select(messages.c.id).where(messages.c.plan == plan, messages.c.id.in_(list(numbers)))
    return set(connection.scalars(query))


def last_message(connection: Connection, plan: str) -> int | None:
    """Return the highest number of a plan's messages."""
    last: int | None = connection.scalar(select(func.max(messages.c.id)).where(messages.c.plan == plan))
    return last


@dataclass(frozen=True, kw_only=True, slots=True)
class Troubled:
    """A message that is given up, parked, or tried again."""

    id: int
    recipient_id: str
    addresses: list[str]
    subject: str | None
    state: str
    mail_on: date
    attempts: int
    next_try_at: datetime
    error: str | None
    note: str | None


def troubled_messages(connection: Connection, plan: str) -> list[Troubled]:
    """Return the messages that are given up, parked, or tried again, the newest first."""
    columns = (
        messages.c.id,
        messages.c.recipient_id,
        messages.c.addresses,
        messages.c.subject,
        messages.c.state,
        messages.c.mail_on,
        messages.c.attempts,
        messages.c.next_try_at,
        messages.c.error,
    )
    query = (
        select(*columns, notes.c.sort.label("note"))
        .outerjoin(notes, notes.c.message_id == messages.c.id)
        .where(messages.c.plan == plan, messages.c.state.in_(TROUBLED))
        .order_by(messages.c.id.desc())
    )
    return all_of(connection, Troubled, query.limit(MOST_TROUBLED))


@dataclass(frozen=True, kw_only=True, slots=True)
class ParkedNotice:
    """A notice that could not be worded."""

    recipient_id: str
    step: str
    error: str | None
    key: str


def parked_notices(connection: Connection, plan: str) -> list[ParkedNotice]:
    """Return the notices that could not be worded, each with its fault; the rest of its mail has left."""
    query = (
        select(notices.c.recipient_id, notices.c.step, notices.c.error, obligations.c.key)
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .where(notices.c.plan == plan, notices.c.state == HELD)
        .order_by(notices.c.id.desc())
    )
    return all_of(connection, ParkedNotice, query.limit(MOST_TROUBLED))


@dataclass(frozen=True, kw_only=True, slots=True)
class Coming:
    """What falls due on a day at a level, and how much of it is done."""

    last_day: date
    kind: Kind
    item: str | None
    period: Period
    tier: str
    event: str
    total: int
    done: int


def coming(connection: Connection, plan: str, on: date, until: date) -> list[Coming]:
    """Return the last days between two days: what falls due, at which level, how much of it is done."""
    query = (
        select(
            obligations.c.last_day,
            obligations.c.kind,
            obligations.c.item,
            obligations.c.period,
            agencies.c.tier,
            EVENT_TITLE,
            func.count().label("total"),
            func.count().filter(obligations.c.done_on.is_not(None)).label("done"),
        )
        .join(agencies, agencies.c.id == obligations.c.agency_id)
        .where(
            obligations.c.plan == plan,
            obligations.c.kind != Kind.ROW,
            obligations.c.work_state.not_in(NO_LONGER_OWED),
            obligations.c.last_day.between(on, until),
        )
        .group_by(
            obligations.c.last_day,
            obligations.c.kind,
            obligations.c.item,
            obligations.c.period,
            agencies.c.tier,
            "event",
        )
        .order_by(obligations.c.last_day, obligations.c.kind, obligations.c.item, agencies.c.tier)
    )
    return all_of(connection, Coming, query)


@dataclass(frozen=True, kw_only=True, slots=True)
class Forwarded:
    """An agency that mail cannot reach, and an address of it that takes none."""

    id: str
    mail_to_id: str
    closed: AddressMark | None


def forwarded(connection: Connection, plan: Plan) -> list[Forwarded]:
    """Return the agencies that mail cannot reach, and who passes it on; the addresses that take none."""
    marked = and_(address_marks.c.agency_id == agencies.c.id, address_marks.c.id.in_(standing_marks()))
    query = (
        select(agencies.c.id, agencies.c.mail_to_id, *whole("closed", address_marks))
        .select_from(agencies)
        .outerjoin(address_marks, marked)
        .where(
            or_(agencies.c.mail_to_id != agencies.c.id, address_marks.c.id.is_not(None)),
            agencies.c.id != plan.top,
        )
    )
    return all_of(connection, Forwarded, query.order_by(agencies.c.id, address_marks.c.id))


@dataclass(frozen=True, kw_only=True, slots=True)
class LinksOpen:
    """How many links open one thing, and how often they were used."""

    purpose: str
    total: int
    valid: int
    ended: int
    revoked: int
    uses: int


def links_by_purpose(connection: Connection, plan: str, at: datetime, since: datetime) -> list[LinksOpen]:
    """Count links by what they open: how many open something now, how many have ended, uses since a day."""
    ended = or_(links.c.expires_at <= at, links.c.used_at.is_not(None))
    revoked = links.c.revoked_at.is_not(None)
    used = (
        select(link_uses.c.link_id, func.count().label("uses"))
        .where(link_uses.c.at >= since)
        .group_by(link_uses.c.link_id)
        .subquery()
    )
    query = (
        select(
            links.c.purpose,
            func.count().label("total"),
            func.count().filter(and_(~ended, ~revoked)).label("valid"),
            func.count().filter(and_(ended, ~revoked)).label("ended"),
            func.count().filter(revoked).label("revoked"),
            func.coalesce(func.sum(used.c.uses), 0).label("uses"),
        )
        .outerjoin(used, used.c.link_id == links.c.id)
        .where(links.c.plan == plan)
        .group_by(links.c.purpose)
        .order_by(links.c.purpose)
    )
    return all_of(connection, LinksOpen, query)


def open_sessions(connection: Connection, plan: str, at: datetime) -> int:
    """Count who is signed in."""
    query = (
        select(func.count())
        .select_from(sessions)
        .where(sessions.c.plan == plan, sessions.c.ended_at.is_(None), sessions.c.expires_at > at)
    )
    return connection.scalar(query) or 0


def valid_links(connection: Connection, plan: str, agency: str, at: datetime) -> int:
    """Count the links of an agency that open something."""
    query = (
        select(func.count())
        .select_from(links)
        .where(
            links.c.plan == plan,
            links.c.agency_id == agency,
            links.c.revoked_at.is_(None),
            links.c.used_at.is_(None),
            links.c.expires_at > at,
        )
    )
    return connection.scalar(query) or 0
