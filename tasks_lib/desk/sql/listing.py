"""Lists for the command line: obligations, notices, messages, one obligation's history."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, or_, select

from obligations.obligation import ObligationOnDay
from store.door import all_of
from store.duties import on_day
from store.our_days import proposed
from store.outbox import HELD
from store.rows import HistoryRow, Message, Notice, Report
from store.schema import (
    agencies,
    history,
    legs,
    messages,
    notices,
    obligations,
    reports,
)
from store.telling import tells_of


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which rows of a list are wanted; None wants all."""

    plan: str
    item: str | None = None
    agency: str | None = None
    kind: str | None = None
    recipient: str | None = None
    from_day: date | None = None
    to_day: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedObligation(ObligationOnDay):
    """An obligation as scripts list it."""

    superior_id: str | None


def list_obligations(connection: Connection, wanted: Wanted, on: date) -> list[ListedObligation]:
    """Return obligations with what their time state on a day is derived from."""
    query = (
        select(*on_day(wanted.plan, on), agencies.c.superior_id)
        .join(agencies, agencies.c.id == obligations.c.agency_id)
        .where(obligations.c.plan == wanted.plan, *_chosen(wanted))
        .order_by(obligations.c.id)
    )
    return all_of(connection, ListedObligation, query)


def _chosen(wanted: Wanted) -> list[ColumnElement[bool]]:
    pairs = [
        (obligations.c.item, wanted.item),
        (obligations.c.agency_id, wanted.agency),
        (obligations.c.kind, wanted.kind),
    ]
    return [column == value for column, value in pairs if value is not None]


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeRow(Notice):
    """A recorded notice with what it is about and the mail that carries it."""

    key: str
    agency_id: str
    leg: str
    proposed: bool
    """Whether its duty's day was only proposed when it was recorded."""
    mail_id: str | None


def list_notices(connection: Connection, wanted: Wanted) -> list[NoticeRow]:
    """Return recorded notices with their obligation and leg, oldest first."""
    query = (
        select(
            notices,
            obligations.c.key,
            obligations.c.agency_id,
            legs.c.name.label("leg"),
            proposed(wanted.plan, notices.c.recorded_on).label("proposed"),
            messages.c.message_id.label("mail_id"),
        )
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .join(legs, legs.c.id == notices.c.leg_id)
        .outerjoin(messages, messages.c.id == notices.c.message_id)
        .where(notices.c.plan == wanted.plan, *_chosen(wanted))
        .order_by(notices.c.recorded_on, notices.c.id)
    )
    if wanted.recipient is not None:
        query = query.where(notices.c.recipient_id == wanted.recipient)
    if wanted.from_day is not None:
        query = query.where(notices.c.recorded_on >= wanted.from_day)
    if wanted.to_day is not None:
        query = query.where(notices.c.recorded_on <= wanted.to_day)
    return all_of(connection, NoticeRow, query)


def list_messages(connection: Connection, plan: str, state: str | None) -> list[Message]:
    """Return messages, oldest first; also another plan's that carry something of this one."""
    query = select(messages).where(tells_of(plan)).order_by(messages.c.id)
    return all_of(connection, Message, query.where(messages.c.state == state) if state else query)


def held_about(connection: Connection, plan: str) -> dict[int, str]:
    """Return by obligation why a notice about it, or the mail that carries it, could not be put together."""
    query = (
        select(notices.c.obligation_id, func.coalesce(notices.c.error, messages.c.error, "").label("why"))
        .outerjoin(messages, messages.c.id == notices.c.message_id)
        .where(notices.c.plan == plan, or_(notices.c.state == HELD, messages.c.state == HELD))
        .order_by(notices.c.id)
    )
    return {row.obligation_id: row.why for row in connection.execute(query)}


def notices_by_message(connection: Connection, plan: str) -> dict[int, list[dict[str, str]]]:
    """Return the obligation and step of the notices in each message."""
    query = (
        select(notices.c.message_id, obligations.c.key, notices.c.step)
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .where(notices.c.plan == plan, notices.c.message_id.is_not(None))
        .order_by(notices.c.id)
    )
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.message_id].append({"obligation": row.key, "step": row.step})
    return found


def history_of(connection: Connection, obligation: int) -> list[HistoryRow]:
    """Return one obligation's history, oldest first."""
    query = select(history).where(history.c.obligation_id == obligation).order_by(history.c.id)
    return all_of(connection, HistoryRow, query)


def versions_of(connection: Connection, obligation: int) -> list[Report]:
    """Return the versions of one obligation's report."""
    query = select(reports).where(reports.c.obligation_id == obligation).order_by(reports.c.version)
    return all_of(connection, Report, query)
