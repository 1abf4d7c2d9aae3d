"""The documents that set days which the plan does not: written, withdrawn, and what they put on the list."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Insert, Select, String, and_, cast, literal, select, true

from obligations.days_of_ours import Paper
from obligations.ladder import LIST
from store.clauses import overdue
from store.door import all_of
from store.journal import Happening, write
from store.our_days import proposed
from store.proposed import LISTED, WITHDRAWN
from store.rows import DayDocument
from store.schema import day_documents, legs, notices, obligations, proposals
from store.statements import THE_DAY, THE_PLAN, for_day, once
from store.upsert import insert_new_in

NO_DOCUMENT = "đã rút văn bản ấn định thời hạn"
"""Why an entry is off the list until a document sets its day again."""


def write_document(connection: Connection, plan: str, given: Paper, by: str, at: datetime) -> int:
    """Write a document down and return its row's number."""
    written = connection.execute(
        day_documents.insert().values(
            plan=plan,
            rule=given.rule,
            place_id=given.place,
            everywhere=given.everywhere,
            tier=given.tier,
            number=given.number,
            signed_on=given.signed_on,
            issuer=given.issuer,
            by=by,
            at=at,
        )
    )
    (key,) = written.inserted_primary_key or (0,)
    details = {"rule": given.rule, "number": given.number, "signed_on": given.signed_on.isoformat()}
    write(
        connection,
        Happening(at=at, plan=plan, what="day-document", subject=given.place, by=by, details=details),
    )
    return int(key)


def withdraw_document(connection: Connection, row: DayDocument, reason: str, by: str, at: datetime) -> None:
    """Take a document back as if it had never been; the row stays with the reason."""
    connection.execute(day_documents.update().where(day_documents.c.id == row.id).values(withdrawn=reason))
    what, details = "day-document-withdraw", {"rule": row.rule, "number": row.number, "why": reason}
    write(
        connection,
        Happening(at=at, plan=row.plan, what=what, subject=row.place_id, by=by, details=details),
    )


def documents_of(connection: Connection, plan: str) -> list[DayDocument]:
    """Return the documents in the order they were entered, the withdrawn ones too."""
    query = select(day_documents).where(day_documents.c.plan == plan).order_by(day_documents.c.id)
    return all_of(connection, DayDocument, query)


def settle_list(connection: Connection, plan: str, on: date) -> None:
    """Let the list follow the documents: what they set goes on it, what they set no longer goes off."""
    mine = and_(proposals.c.plan == plan, proposals.c.cause == LIST)
    asked = select(obligations.c.id).where(obligations.c.plan == plan, proposed(plan, on))
    connection.execute(
        proposals.update()
        .where(mine, proposals.c.state == LISTED, proposals.c.obligation_id.in_(asked))
        .values(state=WITHDRAWN, reason=NO_DOCUMENT)
    )
    again = select(obligations.c.id).where(overdue(plan, on), ~proposed(plan, on))
    taken_off = and_(proposals.c.state == WITHDRAWN, proposals.c.reason == NO_DOCUMENT)
    connection.execute(
        proposals.update()
        .where(mine, taken_off, proposals.c.obligation_id.in_(again))
        .values(state=LISTED, reason="")
    )
    list_what_waited(connection, plan, on)


def list_what_passed(connection: Connection, plan: str, on: date) -> None:
    """Enter on the list what an inner day kept off it, once the plan's own day has passed; mostly nothing."""
    if connection.scalar(once(_passed), for_day(plan, on)) is not None:
        connection.execute(once(_list_what_waited, connection.dialect.name, True), for_day(plan, on))


def list_what_waited(connection: Connection, plan: str, on: date) -> None:
    """Enter on the list of proposals what a proposed day kept off it when its step for the list came."""
    connection.execute(once(_list_what_waited, connection.dialect.name, False), for_day(plan, on))


def _inner_day_passed() -> ColumnElement[bool]:
    o = obligations.c
    return and_(o.last_day < o.plan_day, o.plan_day < THE_DAY)


def _passed() -> Select[tuple[int]]:
    return select(obligations.c.id).where(overdue(THE_PLAN, THE_DAY), _inner_day_passed()).limit(1)


def _list_what_waited(dialect: str, passed: bool) -> Insert:
    o = obligations.c
    which = _inner_day_passed() if passed else true()
    # Found once, before what was told is looked at: else PostgreSQL asks of each line about each duty.
    late = (
        select(o.id)
        .where(overdue(THE_PLAN, THE_DAY), which, ~proposed(THE_PLAN, THE_DAY))
        .cte("late")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    duty = obligations.alias("duty")
    rows = (
        select(
            duty.c.plan,
            literal(LIST),
            duty.c.agency_id,
            duty.c.id,
            literal("leg:") + cast(legs.c.id, String),
            THE_DAY,
            literal(LISTED),
            literal(""),
        )
        .distinct()
        .select_from(notices)
        .join(legs, legs.c.id == notices.c.leg_id)
        .join(duty, duty.c.id == legs.c.obligation_id)
        .where(
            notices.c.plan == THE_PLAN,
            notices.c.step == LIST,
            notices.c.fires_on > duty.c.last_day,
            duty.c.id.in_(select(late.c.id)),
        )
    )
    columns = ["plan", "cause", "agency_id", "obligation_id", "episode", "entered_on", "state", "reason"]
    return insert_new_in(dialect, proposals).from_select(columns, rows)
