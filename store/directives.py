"""What leaders told the units below, and the mails that carried it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from obligations.deeds import DIRECTIVE
from obligations.model import WorkState
from obligations.obligation import Obligation
from store.door import all_of
from store.schema import history, messages, notes, obligations


def named_for_change(connection: Connection, plan: str, keys: Collection[str]) -> list[Obligation]:
    """Return the obligations with these keys, locked where the database can, in one order for everybody."""
    query = select(obligations).where(obligations.c.plan == plan, obligations.c.key.in_(list(keys)))
    return all_of(connection, Obligation, query.order_by(obligations.c.id).with_for_update())


@dataclass(frozen=True, kw_only=True, slots=True)
class Directive:
    """What a leader told a unit about one duty."""

    obligation_id: int
    at: datetime
    by: str
    person: str | None
    why: str
    key: str
    agency_id: str
    work_state: WorkState


def told_since(
    connection: Connection, plan: str, by: str, agencies: Collection[str], since: datetime
) -> list[Directive]:
    """Return what an agency's leaders told some units since an instant, the newest first."""
    about = obligations.c.agency_id.in_(list(agencies))
    return _told(connection, obligations.c.plan == plan, about, history.c.by == by, history.c.at >= since)


def last_told(connection: Connection, obligation_ids: Collection[int]) -> dict[int, Directive]:
    """Return the newest directive of each obligation that has one."""
    newest = (
        select(func.max(history.c.id))
        .where(history.c.obligation_id.in_(list(obligation_ids)), history.c.what == DIRECTIVE)
        .group_by(history.c.obligation_id)
    )
    return {row.obligation_id: row for row in _told(connection, history.c.id.in_(newest))}


def _told(connection: Connection, *which: ColumnElement[bool]) -> list[Directive]:
    columns = (history.c.obligation_id, history.c.at, history.c.by, history.c.person, history.c.why)
    query = (
        select(*columns, obligations.c.key, obligations.c.agency_id, obligations.c.work_state)
        .join(obligations, obligations.c.id == history.c.obligation_id)
        .where(history.c.what == DIRECTIVE, *which)
        .order_by(history.c.id.desc())
    )
    return all_of(connection, Directive, query)


@dataclass(frozen=True, kw_only=True, slots=True)
class DirectiveMail:
    """A mail that carries a directive, and what became of it."""

    id: int
    recipient_id: str
    addresses: list[str]
    state: str


def mails_of(connection: Connection, plan: str, numbers: Iterable[int]) -> list[DirectiveMail]:
    """Return those of some messages that carry a directive: to whom, and what became of them."""
    query = (
        select(messages.c.id, messages.c.recipient_id, messages.c.addresses, messages.c.state)
        .join(notes, notes.c.message_id == messages.c.id)
        .where(messages.c.plan == plan, messages.c.id.in_(list(numbers)), notes.c.sort == DIRECTIVE)
        .order_by(messages.c.id)
    )
    return all_of(connection, DirectiveMail, query)
