"""What a search asks the database: which items and agencies of a visitor's sight hold anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from obligations.board import Sight
from obligations.reckoning import Share
from store.clauses import DATED
from store.door import all_of
from store.reckoning import share
from store.schema import history, obligations
from tasks_lib.board.sql.board import NOT_OWED, Day, o, seen


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighted:
    """How much a visitor sees of an item and agency, and how much of it is late."""

    item: str | None
    agency_id: str
    total: int
    late: int


def held(connection: Connection, day: Day, sight: Sight) -> list[Sighted]:
    """Count by item and agency what a visitor sees of the units they may look for, and how much is late."""
    late = and_(o.kind.in_(DATED), share(day.plan, day.on) == Share.OVERDUE.value)
    query = (
        select(o.item, o.agency_id, func.count().label("total"), func.count().filter(late).label("late"))
        .where(o.plan == day.plan, o.work_state.not_in(NOT_OWED), *seen(sight))
        .group_by(o.item, o.agency_id)
    )
    return all_of(connection, Sighted, query)


@dataclass(frozen=True, kw_only=True, slots=True)
class RemarkRow:
    """A remark of a guide."""

    at: datetime
    by: str
    person: str | None
    why: str
    key: str
    agency_id: str


def remarks_on(connection: Connection, day: Day, sight: Sight, item: str, most: int) -> list[RemarkRow]:
    """Return the newest remarks of guides on an item's obligations."""
    query = (
        select(history.c.at, history.c.by, history.c.person, history.c.why, o.key, o.agency_id)
        .select_from(obligations.join(history, history.c.obligation_id == o.id))
        .where(o.plan == day.plan, o.item == item, history.c.what == "remark", *seen(sight))
        .order_by(history.c.id.desc())
        .limit(most)
    )
    return all_of(connection, RemarkRow, query)
