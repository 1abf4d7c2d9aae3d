"""What waits at a desk: reports to look at, what was asked to be completed, what is late, what is open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    tuple_,
)

from obligations.board import WAITING_GROUPS, Group
from obligations.figures import Figures
from obligations.model import Kind, WorkState
from obligations.obligation import NamedObligation, ObligationOnDay
from obligations.period import Period
from obligations.states import CLOSED
from store.clauses import DATED, EVENT_TITLE, overdue
from store.door import all_of, whole
from store.duties import NAMED, on_day
from store.our_days import proposed
from store.rows import SignedDocument
from store.schema import documents, evidence, obligations, reports

o = obligations.c


SORTED: dict[str, tuple[ColumnElement[object], ...]] = {
    "unit": (o.agency_id.expression,),
    "item": (o.item.expression, o.last_day.expression),
    "entered": (reports.c.entered_at.expression,),
    "day": (o.last_day.expression,),
}
"""By which columns a queue can be sorted."""
STATES = (WorkState.SUBMITTED, WorkState.MORE_ASKED, WorkState.OPEN)


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Which rows of a queue are wanted; None or "" wants all."""

    plan: str
    on: date
    reviewer: str | None
    """Whose queue; None is the whole plan's, for the focal agency."""
    groups: Collection[Group] = WAITING_GROUPS
    kind: str = ""
    item: str = ""
    agency: str = ""
    late: bool | None = None
    """Reported, or still owed, after the last day; False wants the others."""
    asked: bool = False
    """The same after a day that is only proposed."""
    updated_late: bool = False
    by: str = ""
    """A column of `SORTED`; "" is as it waits."""
    falling: bool = False
    named: tuple[Collection[str], Collection[str]] | None = None
    """Agencies and items that a text means: one of either is enough."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueRow(ObligationOnDay):
    """An obligation in a desk's queue, with the report that waits."""

    group: str
    entered_at: datetime | None
    text: str | None
    document: SignedDocument | None
    """The document by which the report travelled."""
    files: int
    first_file: int | None
    """The number of its first file that is still there."""
    figures: Figures | None


def queue_rows(connection: Connection, sought: Sought, limit: int | None, offset: int) -> list[QueueRow]:
    """Return a stretch of a queue, what waits longest first, or by a column of `SORTED`."""
    group = _group(sought)
    first_by = [
        (column.desc() if sought.falling else column.asc()).nulls_last()
        for column in SORTED.get(sought.by, ())
    ]
    there = (evidence.c.report_id == reports.c.id, evidence.c.removed_at.is_(None))
    files = select(func.count()).where(*there)
    first = select(func.min(evidence.c.id)).where(*there)
    query = (
        select(
            *on_day(sought.plan, sought.on),
            group.label("group"),
            reports.c.entered_at,
            reports.c.text,
            *whole("document", documents),
            files.scalar_subquery().label("files"),
            first.scalar_subquery().label("first_file"),
            reports.c.figures,
        )
        .outerjoin(reports, and_(reports.c.obligation_id == o.id, reports.c.version == o.version))
        .outerjoin(documents, documents.c.id == reports.c.document_id)
        .where(*_chosen(sought))
        .order_by(*first_by, group, func.coalesce(o.answer_by, o.last_day), o.id)
        .offset(offset)
    )
    return all_of(connection, QueueRow, query.limit(limit) if limit is not None else query)


def queue_total(connection: Connection, sought: Sought) -> int:
    """Count the rows of a queue under its filters."""
    return connection.scalar(select(func.count()).select_from(obligations).where(*_chosen(sought))) or 0


def queue_groups(connection: Connection, sought: Sought) -> dict[Group, int]:
    """Count a whole queue by why something stands in it, whatever the filters."""
    group = _group(sought)
    query = select(group.label("group"), func.count().label("rows")).where(*_held(sought)).group_by(group)
    return {Group(row.group): row.rows for row in connection.execute(query)}


def _group(sought: Sought) -> ColumnElement[str]:
    past = overdue(sought.plan, sought.on)
    return case(
        (o.work_state == WorkState.SUBMITTED, Group.SUBMITTED.value),
        (o.work_state == WorkState.MORE_ASKED, Group.MORE_ASKED.value),
        (o.work_state == WorkState.NOTHING_AROSE, Group.NOTHING.value),
        (and_(past, ~proposed(sought.plan, sought.on)), Group.LATE.value),
        (past, Group.ASKED.value),
        else_=Group.OPEN.value,
    )


def _held(sought: Sought) -> list[ColumnElement[bool]]:
    unseen = and_(o.work_state == WorkState.NOTHING_AROSE, o.answer_by.is_not(None))
    held = [o.plan == sought.plan, or_(o.work_state.in_(STATES), unseen), o.kind.in_(DATED)]
    return held if sought.reviewer is None else [*held, o.reviewer_id == sought.reviewer]


def _chosen(sought: Sought) -> list[ColumnElement[bool]]:
    pairs = ((o.kind, sought.kind), (o.item, sought.item), (o.agency_id, sought.agency))
    chosen = [*_held(sought), *(column == value for column, value in pairs if value)]
    if set(sought.groups) != set(Group):
        chosen.append(_group(sought).in_([group.value for group in sought.groups]))
    after = func.coalesce(o.done_on, sought.on) > o.last_day
    if sought.late is not None:
        chosen.append(and_(after, ~proposed(sought.plan, sought.on)) if sought.late else ~after)
    if sought.asked:
        chosen += [after, proposed(sought.plan, sought.on)]
    if sought.updated_late:
        chosen.append(o.updated_late)
    if sought.named is not None:
        units, items = sought.named
        chosen.append(or_(o.agency_id.in_(list(units)), o.item.in_(list(items))))
    return chosen


_WAITING = (
    select(o.key)
    .where(
        o.plan == bindparam("of_plan"),
        o.reviewer_id == bindparam("of_reviewer"),
        o.work_state == WorkState.SUBMITTED,
        o.kind.in_(DATED),
    )
    .limit(1)
)
_HERE = tuple_(o.answer_by, o.id)
_PLACE = tuple_(bindparam("of_day", type_=Date), bindparam("of_id", type_=Integer))
_FIRST = _WAITING.order_by(o.answer_by, o.id)
_BESIDE = select(
    _WAITING.where(_HERE < _PLACE).order_by(o.answer_by.desc(), o.id.desc()).scalar_subquery(),
    _FIRST.where(_HERE > _PLACE).scalar_subquery(),
)


def neighbours(
    connection: Connection, plan: str, reviewer: str, place: tuple[date, int] | None
) -> tuple[str | None, str | None]:
    """Return the reports before and behind a place in a queue; without a place, nothing and the first."""
    whose = {"of_plan": plan, "of_reviewer": reviewer}
    if place is None:
        return None, connection.scalar(_FIRST, whose)
    row = connection.execute(_BESIDE, {**whose, "of_day": place[0], "of_id": place[1]}).one()
    return row[0], row[1]


def rows_of(connection: Connection, plan: str, keys: Collection[str]) -> list[NamedObligation]:
    """Return some obligations by their keys."""
    query = select(*NAMED).where(o.plan == plan, o.key.in_(list(keys)))
    return all_of(connection, NamedObligation, query)


def key_of(connection: Connection, plan: str, number: int) -> str | None:
    """Return the key of an obligation of a plan."""
    found: str | None = connection.scalar(select(o.key).where(o.plan == plan, o.id == number))
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Movable:
    """A subject whose day can still be moved."""

    kind: Kind
    item: str | None
    period: Period
    event: str
    units: int
    last_day: date


def movable_subjects(connection: Connection, plan: str) -> list[Movable]:
    """Return what still has a day that can be moved: kind, item, period, and how many units."""
    query = (
        select(
            o.kind,
            o.item,
            o.period,
            EVENT_TITLE,
            func.count().label("units"),
            func.min(o.last_day).label("last_day"),
        )
        .where(o.plan == plan, *_movable())
        .group_by(o.kind, o.item, o.period, "event")
    )
    return all_of(connection, Movable, query)


def movable_rows(
    connection: Connection, plan: str, kind: str, item: str, period: str
) -> list[NamedObligation]:
    """Return the obligations of one subject whose day can still be moved."""
    subject = (o.kind == kind, o.item == item if item else o.item.is_(None), o.period == period)
    query = select(*NAMED).where(o.plan == plan, *_movable(), *subject)
    return all_of(connection, NamedObligation, query.order_by(o.id))


def _movable() -> tuple[ColumnElement[bool], ...]:
    return o.kind.in_(DATED), o.work_state.not_in([*CLOSED, WorkState.SUBMITTED])
