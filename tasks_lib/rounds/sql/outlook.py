"""How items, cycles and the plan's other duties stand on a day, counted by place in a few statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    cast,
    func,
    or_,
    select,
    tuple_,
)

from obligations.kinds import OfKind
from obligations.model import Kind, Part, Role, WorkState
from obligations.period import Period
from obligations.reckoning import COUNTED, DONE, FIELDS, Share
from obligations.states import NO_LONGER_OWED
from store.clauses import DATED
from store.door import Query, all_of
from store.reckoning import share
from store.schema import agencies, notices, obligations

HANDED_IN = (
    WorkState.SUBMITTED,
    WorkState.RECEIVED,
    WorkState.MORE_ASKED,
    WorkState.ACCEPTED,
    WorkState.NOTHING_AROSE,
    WorkState.NOT_COMPETENT,
)
UNOPENED = (WorkState.WAITING, *sorted(NO_LONGER_OWED))
TOLD = (Part.LEAD, Part.ASKED)
"""The parts of a row that are told of: a lead's, and what an invited body is asked for beside it."""
AWAITED = (WorkState.WAITING, WorkState.OPEN)

# Only cycle reports are told apart by period: an item's or the sheets' periods stand together.
_cycle = case((obligations.c.kind == Kind.REPORT, obligations.c.period))


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally(OfKind):
    """How many duties of a kind, item, cycle, place and level stand how."""

    kind: Kind
    item: str | None
    part: Part
    cycle: Period | None
    area: str
    tier: str
    invited: bool
    opened: int
    reported: int
    in_time: int
    late: int
    overdue: int
    excused: int
    asked_in_time: int
    asked_late: int
    asked_open: int
    running: int
    ahead: int
    nothing_arose: int
    not_competent: int
    late_units: int
    waiting: int
    with_focal: int
    next_last_day: date | None


def tallies(connection: Connection, plan: str, on: date, item: str | None = None) -> list[Tally]:
    """Count obligations by kind, item, part, cycle, place and level; of rows only what is told of now."""
    return all_of(connection, Tally, _tally_query(plan, on, item))


def _tally_query(plan: str, on: date, item: str | None) -> Query:
    row, column = obligations.c.kind == Kind.ROW, share(plan, on)
    late = and_(~row, column == Share.OVERDUE.value)
    opened = or_(and_(row, obligations.c.work_state.not_in(UNOPENED)), and_(~row, _in(column, COUNTED)))
    done = or_(and_(row, obligations.c.work_state.in_(HANDED_IN)), and_(~row, _in(column, DONE)))
    ahead = and_(obligations.c.work_state.in_(AWAITED), obligations.c.last_day >= on)
    query = (
        select(
            obligations.c.kind,
            obligations.c.item,
            obligations.c.part,
            _cycle.label("cycle"),
            _area().label("area"),
            agencies.c.tier,
            cast(agencies.c.invited, Boolean).label("invited"),
            _count(opened).label("opened"),
            _count(done).label("reported"),
            *(_count(and_(~row, column == s.value)).label(FIELDS[s]) for s in FIELDS),
            func.count(case((late, obligations.c.agency_id)).distinct()).label("late_units"),
            _count(obligations.c.work_state == WorkState.WAITING).label("waiting"),
            _count(and_(late, obligations.c.id.in_(_told_focal(plan, on)))).label("with_focal"),
            func.min(case((ahead, obligations.c.last_day))).label("next_last_day"),
        )
        .join(agencies, agencies.c.id == obligations.c.agency_id)
        .where(obligations.c.plan == plan, or_(obligations.c.kind != Kind.ROW, _current_row(plan, on)))
        .group_by("kind", obligations.c.item, obligations.c.part, "cycle", "area", agencies.c.tier, "invited")
    )
    return query if item is None else query.where(obligations.c.item == item)


def _in(column: ColumnElement[str], shares: Sequence[Share]) -> ColumnElement[bool]:
    return column.in_([share.value for share in shares])


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _area() -> ColumnElement[str]:
    """The district of a commune, a district itself, or all that stand under none at their level together."""
    return func.coalesce(agencies.c.area_id, agencies.c.tier)


def _told_focal(plan: str, on: date) -> Select[tuple[int]]:
    """Select what Sở Nội vụ has been told of; of its own work its director is told."""
    return select(notices.c.obligation_id).where(
        notices.c.plan == plan,
        notices.c.role.in_((Role.FOCAL, Role.DIRECTOR)),
        notices.c.recorded_on <= on,
    )


def _current_row(plan: str, on: date) -> ColumnElement[bool]:
    row = obligations.alias("row")
    latest = (
        select(row.c.item, row.c.agency_id, func.max(row.c.opened_on))
        .where(row.c.plan == plan, row.c.kind == Kind.ROW, row.c.part.in_(TOLD), row.c.opened_on <= on)
        .group_by(row.c.item, row.c.agency_id)
    )
    identity = tuple_(obligations.c.item, obligations.c.agency_id, obligations.c.opened_on)
    return and_(obligations.c.part.in_(TOLD), identity.in_(latest))


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticedRow(OfKind):
    """How many notices of one step somebody was told about one kind, item and cycle."""

    kind: Kind
    item: str | None
    cycle: Period | None
    step: str
    template: str
    role: Role
    recipient_id: str
    notices: int


def noticed(connection: Connection, plan: str, on: date) -> list[NoticedRow]:
    """Count the notices recorded on a day by kind, item, cycle, step and who was told."""
    step = (notices.c.step, notices.c.template, notices.c.role, notices.c.recipient_id)
    query = (
        select(
            obligations.c.kind,
            obligations.c.item,
            _cycle.label("cycle"),
            *step,
            func.count().label("notices"),
        )
        .join(notices, notices.c.obligation_id == obligations.c.id)
        .where(notices.c.plan == plan, notices.c.recorded_on == on)
        .group_by(obligations.c.kind, obligations.c.item, "cycle", *step)
        .order_by(notices.c.recipient_id)
    )
    return all_of(connection, NoticedRow, query)


@dataclass(frozen=True, kw_only=True, slots=True)
class Awaiting:
    """How many reports wait for a desk's answer."""

    reviewer_id: str
    reports: int


def awaiting_review(connection: Connection, plan: str) -> list[Awaiting]:
    """Count by reviewer the reports that wait for a desk's answer."""
    query = (
        select(obligations.c.reviewer_id, func.count().label("reports"))
        .where(
            obligations.c.plan == plan,
            obligations.c.work_state == WorkState.SUBMITTED,
            obligations.c.kind.in_(DATED),
        )
        .group_by(obligations.c.reviewer_id)
        .order_by(obligations.c.reviewer_id)
    )
    return all_of(connection, Awaiting, query)
