"""What a unit has open on a day: one query for the duties with their newest report, draft and officer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select

from obligations.figures import Figures
from obligations.model import Kind, Part, WorkState
from obligations.obligation import NamedObligation, ObligationOnDay
from obligations.period import Period
from obligations.states import WITH_THE_UNIT
from store.door import Query, all_of, whole
from store.duties import NAMED, on_day
from store.rows import Draft, Report, SignedDocument
from store.schema import assignments, contacts, documents, drafts, obligations, reports

ON_FORM = (Kind.TASK, Kind.REPORT, Kind.SHEET, Kind.PLAN)
"""A row is answered inside its cycle report."""
SHOWN = (*WITH_THE_UNIT, WorkState.SUBMITTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed(ObligationOnDay):
    """An obligation with its newest report, its draft and its officer."""

    report: Report | None
    document: SignedDocument | None
    """The document by which the report travelled."""
    draft: Draft | None
    officer: str | None
    inner_day: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Drafted(NamedObligation):
    """An obligation of which something has been written."""

    draft: Draft


def owed_by(
    connection: Connection, plan: str, agency: str, on: date, also: Collection[str] = ()
) -> list[Owed]:
    """Return what an agency has open or waiting for its reviewer, and the named keys in whatever state."""
    return all_of(connection, Owed, _owed(plan, on), {"of_agency": agency, "of_keys": list(also)})


@lru_cache(maxsize=4)
def _owed(plan: str, on: date) -> Query:
    """Every unit opens its form many times a day; putting the query together costs more than running it."""
    o = obligations.c
    opened = and_(o.work_state == WorkState.WAITING, o.opened_on <= on)
    named = o.key.in_(bindparam("of_keys", expanding=True))
    return (
        _with_all(plan, on)
        .where(o.plan == plan, o.agency_id == bindparam("of_agency"))
        .where(o.kind.in_(ON_FORM), or_(o.work_state.in_(SHOWN), opened, named))
        .order_by(o.last_day, o.id)
    )


def _with_all(plan: str, on: date) -> Query:
    newest: ColumnElement[bool] = and_(
        reports.c.obligation_id == obligations.c.id, reports.c.version == obligations.c.version
    )
    return (
        select(
            *on_day(plan, on),
            *whole("report", reports),
            *whole("document", documents),
            *whole("draft", drafts),
            assignments.c.officer,
            assignments.c.inner_day,
        )
        .outerjoin(reports, newest)
        .outerjoin(documents, documents.c.id == reports.c.document_id)
        .outerjoin(drafts, drafts.c.obligation_id == obligations.c.id)
        .outerjoin(assignments, assignments.c.obligation_id == obligations.c.id)
    )


def presented(connection: Connection, plan: str, agency: str) -> list[Drafted]:
    """Return what has been presented to an agency's leader and waits for an approval."""
    o = obligations.c
    query = (
        select(*NAMED, *whole("draft", drafts))
        .join(drafts, drafts.c.obligation_id == o.id)
        .where(
            obligations.c.plan == plan,
            o.agency_id == agency,
            drafts.c.state == "presented",
            o.work_state.in_(WITH_THE_UNIT),
        )
        .order_by(o.last_day, o.id)
    )
    return all_of(connection, Drafted, query)


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


@dataclass(frozen=True, kw_only=True, slots=True)
class FiguresBefore:
    """The figures a unit gave for a task."""

    item: str
    last_day: date
    period: Period
    figures: Figures


def figures_before(
    connection: Connection, agency: str, plan: str, items: Collection[str]
) -> list[FiguresBefore]:
    """Return the figures an agency gave for its tasks of some items, the latest last."""
    values = {"of_plan": plan, "of_agency": agency, "of_items": list(items)}
    return all_of(connection, FiguresBefore, _BEFORE, values)


@dataclass(frozen=True, kw_only=True, slots=True)
class RowOf:
    """A row of a cycle report."""

    key: str
    item: str
    part: Part
    parent_id: int | None


def rows_of(connection: Connection, reports_: Collection[int]) -> dict[str, RowOf]:
    """Return the rows of some cycle reports by key."""
    query = (
        select(obligations.c.key, obligations.c.item, obligations.c.part, obligations.c.parent_id)
        .where(obligations.c.parent_id.in_(list(reports_)))
        .order_by(obligations.c.id)
    )
    return {row.key: row for row in all_of(connection, RowOf, query)}


def confirmed_since(
    connection: Connection, plan: str, agency: str, on: date
) -> tuple[date | None, date | None]:
    """Return since when the current cycle runs, and when the agency's contacts were last confirmed."""
    values = {"of_plan": plan, "of_agency": agency, "of_day": on}
    row = connection.execute(_SINCE, values).one()
    return row.opened, row.confirmed
