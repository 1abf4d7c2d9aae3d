"""What a unit has open on a day: one query for the duties with their newest report, draft and officer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from obligations.model import Kind, WorkState
from store.clauses import paused_agencies, still_awaited
from store.ledger import AnyRow
from store.portal_schema import assignments, drafts
from store.schema import contacts, documents, obligations, reports

ON_FORM = (Kind.TASK, Kind.REPORT, Kind.SHEET, Kind.PLAN)
"""A row is answered inside its cycle report."""
HELD = (WorkState.OPEN, WorkState.MORE_ASKED)
SHOWN = (*HELD, WorkState.SUBMITTED)


def owed_by(
    connection: Connection, plan: str, agency: str, on: date, also: Collection[str] = ()
) -> list[AnyRow]:
    """Return what an agency has open or waiting for its reviewer, and the named keys in whatever state."""
    return list(connection.execute(_owed(plan, on), {"of_agency": agency, "of_keys": list(also)}))


@lru_cache(maxsize=4)
def _owed(plan: str, on: date) -> Select[Any]:
    """Every unit opens its form many times a day; putting the query together costs more than running it."""
    o = obligations.c
    opened = and_(o.work_state == WorkState.WAITING, o.opened_on <= on)
    named = o.key.in_(bindparam("of_keys", expanding=True))
    return (
        _with_all()
        .add_columns(o.agency_id.in_(paused_agencies(plan, on)).label("paused"))
        .add_columns(still_awaited(on).label("awaited"))
        .where(o.plan == plan, o.agency_id == bindparam("of_agency"))
        .where(o.kind.in_(ON_FORM), or_(o.work_state.in_(SHOWN), opened, named))
        .order_by(o.last_day, o.id)
    )


@cache
def _with_all() -> Select[Any]:
    newest: ColumnElement[bool] = and_(
        reports.c.obligation_id == obligations.c.id, reports.c.version == obligations.c.version
    )
    return (
        select(
            obligations,
            reports.c.id.label("report_id"), reports.c.entered_at, reports.c.entered_by,
            reports.c.completed_on, reports.c.arrived_on, reports.c.text, reports.c.difficulty,
            reports.c.figures, reports.c.drafted_by, reports.c.approved_by,
            documents.c.number.label("document_number"), documents.c.signed_on.label("document_on"),
            drafts.c.content.label("draft"), drafts.c.version.label("draft_version"),
            drafts.c.state.label("draft_state"), drafts.c.drafted_by.label("draft_by"),
            drafts.c.drafted_at.label("draft_at"), drafts.c.presented_to, drafts.c.note.label("draft_note"),
            assignments.c.officer, assignments.c.inner_day,
        )
        .outerjoin(reports, newest)
        .outerjoin(documents, documents.c.id == reports.c.document_id)
        .outerjoin(drafts, drafts.c.obligation_id == obligations.c.id)
        .outerjoin(assignments, assignments.c.obligation_id == obligations.c.id)
    )  # fmt: skip


def presented(connection: Connection, plan: str, agency: str) -> list[AnyRow]:
    """Return what has been presented to an agency's leader and waits for an approval."""
    o = obligations.c
    query = (
        _with_all()
        .where(
            obligations.c.plan == plan,
            o.agency_id == agency,
            drafts.c.state == "presented",
            o.work_state.in_(HELD),
        )
        .order_by(o.last_day, o.id)
    )
    return list(connection.execute(query))


# Read each time a form is opened, so they are put together once.
_BEFORE = (
    select(obligations.c.item, obligations.c.last_day, obligations.c.period, reports.c.figures)
    .join(reports, reports.c.obligation_id == obligations.c.id)
    .where(
        obligations.c.plan == bindparam("of_plan"),
        obligations.c.agency_id == bindparam("of_agency"),
        obligations.c.kind == Kind.TASK,
        obligations.c.item.in_(bindparam("of_items", expanding=True)),
    )
    .order_by(obligations.c.last_day, reports.c.version)
)
_OPENED = select(func.max(obligations.c.opened_on)).where(
    obligations.c.plan == bindparam("of_plan"),
    obligations.c.agency_id == bindparam("of_agency"),
    obligations.c.kind == Kind.REPORT,
    obligations.c.opened_on <= bindparam("of_day"),
)
_CONFIRMED = select(func.min(contacts.c.confirmed_on)).where(contacts.c.agency_id == bindparam("of_agency"))
_SINCE = select(_OPENED.scalar_subquery().label("opened"), _CONFIRMED.scalar_subquery().label("confirmed"))


def figures_before(connection: Connection, agency: str, plan: str, items: Collection[str]) -> list[AnyRow]:
    """Return the figures an agency gave for its tasks of some items, the latest last."""
    values = {"of_plan": plan, "of_agency": agency, "of_items": list(items)}
    return list(connection.execute(_BEFORE, values))


def rows_of(connection: Connection, reports_: Collection[int]) -> dict[str, AnyRow]:
    """Return the rows of some cycle reports by key."""
    query = (
        select(obligations.c.key, obligations.c.item, obligations.c.part, obligations.c.parent_id)
        .where(obligations.c.parent_id.in_(list(reports_)))
        .order_by(obligations.c.id)
    )
    return {row.key: row for row in connection.execute(query)}


def confirmed_since(
    connection: Connection, plan: str, agency: str, on: date
) -> tuple[date | None, date | None]:
    """Return since when the current cycle runs, and when the agency's contacts were last confirmed."""
    values = {"of_plan": plan, "of_agency": agency, "of_day": on}
    row = connection.execute(_SINCE, values).one()
    return row.opened, row.confirmed
