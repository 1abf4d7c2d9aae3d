"""Days of ours in SQL: which are only proposed, and the documents that set the others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Date, and_, case, exists, func, literal, or_, select

from obligations.days_of_ours import BEYOND, OF_A_CYCLE, OUR_KINDS, Paper
from obligations.model import Kind
from store.clauses import OnDay, PlanKey
from store.door import all_of
from store.schema import agencies, day_documents, extensions, obligations

o = obligations.c
_moved, _taken_back = extensions.alias("moved"), extensions.alias("taken_back")
_EXTENDS = and_(
    _moved.c.obligation_id == o.id,
    _moved.c.new_day == o.last_day,
    _moved.c.document_number != "",
    ~exists().where(_taken_back.c.withdraws_id == _moved.c.id).correlate_except(_taken_back),
)
"""Whether a moved day is the one that holds, and a document moved it there."""


def proposed(plan: PlanKey, on: OnDay) -> ColumnElement[bool]:
    """Whether an obligation's day is only proposed; equal to `obligations.days_of_ours.is_proposed`.

    What is done is looked at as things were on the day it was done.
    """
    then = func.coalesce(o.done_on, literal(on, Date) if isinstance(on, date) else on)
    never_set = or_(
        o.kind.in_(OUR_KINDS),
        and_(o.kind == Kind.TASK, func.coalesce(o.item, "").startswith(BEYOND)),
        # Who reviews its own report of a cycle is the collator.
        and_(o.kind.in_(OF_A_CYCLE), o.reviewer_id == o.agency_id),
    )
    return and_(
        or_(never_set, and_(o.last_day < o.plan_day, then <= o.plan_day)),
        ~_set_by_a_document(plan, then),
        ~exists().where(_EXTENDS).correlate_except(_moved),
    )


def _set_by_a_document(plan: PlanKey, then: ColumnElement[date]) -> ColumnElement[bool]:
    paper = day_documents.c
    rule = case((o.kind == Kind.ROW, literal(Kind.REPORT.value)), else_=func.coalesce(o.item, o.kind))
    return (
        exists()
        .where(
            agencies.c.id == o.agency_id,
            paper.plan == plan,
            paper.withdrawn.is_(None),
            paper.signed_on <= then,
            paper.rule == rule,
            or_(paper.everywhere, paper.place_id == agencies.c.superior_id),
            or_(paper.tier.is_(None), paper.tier == agencies.c.tier),
        )
        .correlate_except(agencies, day_documents)
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
        .select_from(obligations.join(_moved, _EXTENDS))
        .where(o.id.in_(ids), _moved.c.document_on.is_not(None))
        .order_by(_moved.c.id)
    )
    return {row.id: row for row in all_of(connection, MovedBy, query)}


def papers(connection: Connection, plan: str) -> list[Paper]:
    """Return the documents that set days, in the order in which they were entered."""
    paper = day_documents.c
    query = (
        select(
            paper.rule, paper.place_id.label("place"), paper.everywhere, paper.tier, paper.number,
            paper.signed_on, paper.issuer,
        )
        .where(paper.plan == plan, paper.withdrawn.is_(None))
        .order_by(paper.id)
    )  # fmt: skip
    return all_of(connection, Paper, query)
