"""The counts of the board: a few grouped statements for each page, whatever the number of obligations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, null, or_, select

from obligations.board import Only, Sight
from obligations.kinds import OfKind
from obligations.model import Kind, Part
from obligations.period import Period
from obligations.reckoning import OUTSIDE, PAST, Reckoning, Share, reckoned
from obligations.states import WITH_THE_UNIT
from store.clauses import DATED
from store.door import AnyColumn, Query, all_of
from store.outbox import BOUNCED, DEAD, HELD
from store.reckoning import share
from store.schema import history, messages, obligations
from tasks_lib.board.sql.board import (
    NOT_OWED,
    Day,
    became_late,
    happened,
    holder,
    not_supplied,
    o,
    seen,
    standing,
    told_focal,
    waits_for_guidance,
)
from tasks_lib.rollup.sql.rollup import SigningOff

# Putting a statement of the home page together costs as much as some of them take to run; one day's are the
# same for everybody who sees the same.
_once = lru_cache(maxsize=64)
FROM_HISTORY = (Only.NEWLY_REPORTED, Only.NEWLY_CLOSED, Only.NEWLY_EXPLAINED, Only.NEWLY_ASKED)


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """The week the home page looks back on, the one before it, and the rest of this one."""

    before: date
    since: date
    sunday: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted(OfKind):
    """How many duties of a kind, item, period and column there are, and what is new of them."""

    kind: Kind
    item: str | None
    period: Period
    share: str
    holder: str
    due: date | None
    total: int
    done: int
    fresh: int
    fresh_both: int
    unguided: int


def cube(connection: Connection, day: Day, sight: Sight, stretch: Stretch) -> list[Counted]:
    """Count what has a day of its own by kind, item, period and column: most of the home page."""
    return all_of(connection, Counted, _cube_query(day, sight, stretch))


@_once
def _cube_query(day: Day, sight: Sight, stretch: Stretch) -> Query:
    soon_due = and_(o.last_day >= day.on, o.last_day <= stretch.sunday)
    return (
        select(
            o.kind,
            o.item,
            o.period,
            share(day.plan, day.on).label("share"),
            holder(day).label("holder"),
            case((soon_due, o.last_day), else_=null()).label("due"),
            func.count().label("total"),
            _count(o.done_on.is_not(None), "done"),
            _count(became_late(day, stretch.since), "fresh"),
            _count(became_late(day, stretch.before), "fresh_both"),
            _count(waits_for_guidance(), "unguided"),
        )
        .where(
            o.plan == day.plan, o.kind.in_((*DATED, Kind.SHEET)), o.work_state.not_in(NOT_OWED), *seen(sight)
        )
        .group_by(o.kind, o.item, o.period, "share", "holder", "due")
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Continuous:
    """How much of the continuous work of an item and cycle has been handed in."""

    item: str | None
    period: Period
    part: Part
    total: int
    done: int
    unsupplied: int


def rows_by_cycle(connection: Connection, day: Day, sight: Sight) -> list[Continuous]:
    """Count the continuous work by item, cycle and part: handed in, and not supplied by invited bodies."""
    return all_of(connection, Continuous, _rows_query(day, sight))


@_once
def _rows_query(day: Day, sight: Sight) -> Query:
    return (
        select(
            o.item,
            o.period,
            o.part,
            func.count().label("total"),
            _count(o.done_on.is_not(None), "done"),
            _count(not_supplied(day), "unsupplied"),
        )
        .where(o.plan == day.plan, o.kind == Kind.ROW, o.work_state.not_in(NOT_OWED), *seen(sight))
        .group_by(o.item, o.period, o.part)
    )


def _count(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return func.count().filter(condition).label(name)


def late_by_agency(connection: Connection, day: Day, sight: Sight) -> dict[str, Reckoning]:
    """Reckon the dated duties past their day of each agency that has any, by the plan or as asked."""
    found: dict[str, dict[Share, int]] = defaultdict(dict)
    for agency, column, number in connection.execute(_late_query(day, sight)):
        found[agency][Share(column)] = number
    return {agency: reckoned(counts) for agency, counts in found.items()}


@_once
def _late_query(day: Day, sight: Sight) -> Query:
    column = share(day.plan, day.on)
    return (
        select(o.agency_id, column.label("share"), func.count())
        .where(
            o.plan == day.plan,
            o.work_state.in_(WITH_THE_UNIT),
            o.last_day < day.on,
            o.kind.in_(DATED),
            column.in_([one.value for one in PAST]),
            *seen(sight),
        )
        .group_by(o.agency_id, "share")
    )


def news(connection: Connection, day: Day, sight: Sight, since: datetime) -> dict[Only, int]:
    """Count the dated duties to which something has happened since an instant, by what it was."""
    row = connection.execute(_news_query(day, sight, since)).one()
    return {only: getattr(row, only.name) for only in FROM_HISTORY}


@_once
def _news_query(day: Day, sight: Sight, since: datetime) -> Query:
    columns: list[AnyColumn] = [
        func.count(case((happened(only), o.id)).distinct()).label(only.name) for only in FROM_HISTORY
    ]
    return (
        select(*columns)
        .select_from(obligations.join(history, history.c.obligation_id == o.id))
        .where(
            o.plan == day.plan,
            o.kind.in_(DATED),
            o.work_state.not_in(NOT_OWED),
            history.c.at >= since,
            *seen(sight),
        )
    )


def count_told(connection: Connection, day: Day, sight: Sight, since: date) -> int:
    """Count the duties Sở Nội vụ, or of its own work its director, has been told of since a day."""
    return connection.scalar(_told_query(day, sight, since)) or 0


@_once
def _told_query(day: Day, sight: Sight, since: date) -> Select[int]:
    told = told_focal(day, since).subquery()
    return (
        select(func.count(told.c.obligation_id.distinct()))
        .join(obligations, o.id == told.c.obligation_id)
        .where(o.work_state.not_in(NOT_OWED), *seen(sight))
    )


def failed_mail(connection: Connection, plan: str) -> int:
    """Count the messages that could not be delivered."""
    query = (
        select(func.count())
        .select_from(messages)
        .where(messages.c.plan == plan, messages.c.state.in_((DEAD, HELD, BOUNCED)))
    )
    return connection.scalar(query) or 0


def signing_off(connection: Connection, day: Day, sight: Sight, items: Collection[str]) -> list[SigningOff]:
    """Return the reports at hand of who consolidates the units below: each may wait for them."""
    consolidators = (*day.districts, day.focal)
    query = select(o.id, o.agency_id, o.kind, o.item, o.period, o.work_state).where(
        o.plan == day.plan,
        o.work_state.in_(WITH_THE_UNIT),
        o.agency_id.in_(consolidators),
        or_(o.kind == Kind.REPORT, and_(o.kind == Kind.TASK, o.item.in_(items))),
        *seen(sight),
    )
    return all_of(connection, SigningOff, query)


@dataclass(frozen=True, kw_only=True, slots=True)
class Square(OfKind):
    """A part of a cell of the matrix: a unit, an item, and how it stands."""

    unit: str
    kind: Kind
    item: str | None
    cycle: Period | None
    standing: str
    share: str
    total: int
    done: int


def matrix(
    connection: Connection, wanted: Sequence[ColumnElement[bool]], day: Day, unit: ColumnElement[str]
) -> list[Square]:
    """Count what is wanted by unit, item and how it stands; of continuous rows by cycle.

    What is outside the reckoning is outside both counts of a cell.
    """
    continuous = o.kind == Kind.ROW
    dated = and_(o.kind.in_(DATED), o.work_state.not_in([*OUTSIDE]))
    query = (
        select(
            unit.label("unit"),
            o.kind,
            o.item,
            case((continuous, o.period)).label("cycle"),
            standing(day).label("standing"),
            share(day.plan, day.on).label("share"),
            func.count().label("total"),
            func.count().filter(o.done_on.is_not(None)).label("done"),
        )
        .where(*wanted, or_(dated, and_(continuous, o.part == Part.LEAD)))
        .group_by("unit", o.kind, o.item, "cycle", "standing", "share")
    )
    return all_of(connection, Square, query)


def area(day: Day) -> ColumnElement[str]:
    """Say under which unit of the province an obligation stands: the district of a commune, else its own."""
    return case((o.reviewer_id.in_(day.districts), o.reviewer_id), else_=o.agency_id)
