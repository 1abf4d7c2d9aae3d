"""Days of ours in SQL: which are only proposed, and the documents that set the others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)

from obligations.days_of_ours import BEYOND, OF_A_CYCLE, OUR_KINDS, Paper
from obligations.model import Kind
from store.clauses import OnDay, PlanKey, stands_over
from store.door import all_of
from store.schema import agencies, day_documents, extensions, obligations

o = obligations.c
_moved, _taken_back = extensions.alias("moved"), extensions.alias("taken_back")


@dataclass(frozen=True, kw_only=True)
class AsItWas:
    """A duty's day as it was at some time, and what was known of it then."""

    then: ColumnElement[date]
    last_day: ColumnElement[date]
    plan_day: ColumnElement[date]
    known_at: datetime | None = None
    """Documents entered later were not known; None knows all."""


def binding_day(plan: PlanKey, on: date) -> ColumnElement[date]:
    """Return the day lateness is counted from; equal to `obligations.days_of_ours.binding_day`."""
    then = _then(on)
    gave_way = and_(
        o.last_day < o.plan_day,
        then > o.plan_day,
        ~_never_set(),
        ~_set(plan, _now(then)),
    )
    return case((gave_way, o.plan_day), else_=o.last_day)


def proposed(plan: PlanKey, on: OnDay) -> ColumnElement[bool]:
    """Whether an obligation's day is only proposed; equal to `obligations.days_of_ours.is_proposed`.

    What is done is looked at as things were on the day it was done; looking back, as they were on that day.
    """
    return proposed_then(plan, _now(_then(on)))


def still_proposed(plan: PlanKey, on: date) -> ColumnElement[bool]:
    """Whether an obligation's day is only proposed on a day, whenever it was done."""
    return proposed_then(plan, _now(literal(on, Date)))


def _then(on: OnDay) -> ColumnElement[date]:
    return case((o.done_on < on, o.done_on), else_=literal(on, Date) if isinstance(on, date) else on)


def _now(then: ColumnElement[date]) -> AsItWas:
    return AsItWas(then=then, last_day=o.last_day, plan_day=o.plan_day)


def proposed_then(plan: PlanKey, day: AsItWas) -> ColumnElement[bool]:
    """Whether an obligation's day was only proposed at some time."""
    inner = and_(day.last_day < day.plan_day, day.then <= day.plan_day)
    return and_(or_(_never_set(), inner), ~_set(plan, day))


def _never_set() -> ColumnElement[bool]:
    return or_(
        o.ours,
        o.kind.in_(OUR_KINDS),
        and_(o.kind == Kind.TASK, func.coalesce(o.item, "").startswith(BEYOND)),
        # Who reviews its own report of a cycle is the collator.
        and_(o.kind.in_(OF_A_CYCLE), o.reviewer_id == o.agency_id),
    )


def _set(plan: PlanKey, day: AsItWas) -> ColumnElement[bool]:
    moved = exists().where(*_moved_to(day.last_day), *_by(_moved.c.at, day)).correlate_except(_moved)
    return or_(_set_by_a_document(plan, day), moved)


def _moved_to(last_day: ColumnElement[date]) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a document having moved a day to where it is."""
    taken_back = exists().where(_taken_back.c.withdraws_id == _moved.c.id).correlate_except(_taken_back)
    return (
        _moved.c.obligation_id == o.id,
        _moved.c.new_day == last_day,
        _moved.c.document_number != "",
        ~taken_back,
    )


def _by(at: ColumnElement[datetime], day: AsItWas) -> tuple[ColumnElement[bool], ...]:
    return () if day.known_at is None else (at <= day.known_at,)


def _set_by_a_document(plan: PlanKey, day: AsItWas) -> ColumnElement[bool]:
    paper = day_documents.c
    rule = case((o.kind == Kind.ROW, literal(Kind.REPORT.value)), else_=func.coalesce(o.item, o.kind))
    # Asked only where there is a paper: joined, PostgreSQL goes through all agencies for each duty.
    tier = select(agencies.c.tier).where(agencies.c.id == o.agency_id).correlate_except(agencies)
    return (
        exists()
        .where(
            paper.plan == plan,
            paper.withdrawn.is_(None),
            paper.signed_on <= day.then,
            paper.rule == rule,
            or_(paper.everywhere, stands_over(paper.place_id, o.agency_id)),
            or_(paper.tier.is_(None), paper.tier == tier.scalar_subquery()),
            *_by(paper.at, day),
        )
        .correlate_except(day_documents)
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class MovedBy:
    """The document that moved an obligation's day to where it is now."""

    id: int
    document_number: str
    document_on: date
    by: str


def papers_moving(connection: Connection, ids: Collection[int]) -> dict[int, MovedBy]:
    """Return by obligation the document that moved its day to where it is now."""
    query = (
        select(o.id, _moved.c.document_number, _moved.c.document_on, _moved.c.by)
        .select_from(obligations.join(_moved, and_(*_moved_to(o.last_day))))
        .where(o.id.in_(ids), _moved.c.document_on.is_not(None))
        .order_by(_moved.c.id)
    )
    return {row.id: row for row in all_of(connection, MovedBy, query)}


def papers(connection: Connection, plan: str) -> list[Paper]:
    """Return the documents that set days, in the order in which they were entered."""
    paper = day_documents.c
    query = (
        select(
            paper.rule,
            paper.place_id.label("place"),
            paper.everywhere,
            paper.tier,
            paper.number,
            paper.signed_on,
            paper.issuer,
        )
        .where(paper.plan == plan, paper.withdrawn.is_(None))
        .order_by(paper.id)
    )
    return all_of(connection, Paper, query)
