"""What a sweep does beside the ladder: silence becomes receipt, chronic cases are listed, weekly mail."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import (
    Connection,
    Executable,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
)

from obligations.model import Kind, Role, WorkState
from store.clauses import DATED, not_supplied, overdue
from store.our_days import proposed
from store.schema import address_marks, history, legs, messages, notices, obligations, proposals, weekly_lines
from store.statements import THE_DAY, THE_PLAN, for_day, once
from store.upsert import insert_new, insert_new_in
from tasks_lib.duties.sql.opening import SYSTEM, Day

_MONTH, _AT_ONCE = bindparam("of_month", type_=String), bindparam("at_once", type_=Integer)
UNANSWERED = (WorkState.SUBMITTED, WorkState.MORE_ASKED)


def receive_unanswered(connection: Connection, day: Day) -> int:
    """Count as received what nobody answered in time: a report by its desk, a question by its unit."""
    found = connection.execute(once(_unanswered), for_day(day.plan, day.on)).all()
    if not found:
        return 0
    connection.execute(
        history.insert(),
        [
            {
                "obligation_id": row.id,
                "at": day.at,
                "by": SYSTEM,
                "what": "receive",
                "from_state": row.work_state,
                "to_state": WorkState.RECEIVED,
                "why": _why_received(row.work_state),
            }
            for row in found
        ],
    )
    ids = [row.id for row in found]
    received = {"work_state": WorkState.RECEIVED, "answer_by": None}
    rows = and_(obligations.c.parent_id.in_(ids), obligations.c.work_state.in_(UNANSWERED))
    connection.execute(obligations.update().where(or_(obligations.c.id.in_(ids), rows)).values(received))
    connection.execute(legs.update().where(legs.c.obligation_id.in_(ids)).values(next_on=None))
    return len(ids)


def _unanswered() -> Select[tuple[int, str]]:
    return select(obligations.c.id, obligations.c.work_state).where(
        obligations.c.plan == THE_PLAN,
        obligations.c.work_state.in_(UNANSWERED),
        obligations.c.answer_by < THE_DAY,
        obligations.c.kind != Kind.ROW,
    )


def _why_received(state: str) -> str:
    if state == WorkState.MORE_ASKED:
        return "đơn vị chưa bổ sung trong thời hạn; tiếp nhận như đã gửi"
    return "không có ý kiến trong thời hạn xem xét; coi như đã tiếp nhận"


def list_chronic(connection: Connection, day: Day, at_once: int) -> None:
    """Enter agencies with so many obligations overdue at once in the list of proposals, once a month.

    Looked at on days on which one of an agency's duties is told of as late: so it is no matter which others
    were swept. A day that is no more than proposed puts nobody on it.
    """
    given = {
        **for_day(day.plan, day.on),
        _MONTH.key: f":{day.on:%Y-%m}",
        _AT_ONCE.key: at_once,
    }
    connection.execute(once(_list_chronic, connection.dialect.name), given)


def _list_chronic(dialect: str) -> Executable:
    late = obligations.alias("told_late")
    told = (
        select(late.c.agency_id)
        .join(notices, notices.c.obligation_id == late.c.id)
        .where(
            notices.c.plan == THE_PLAN,
            notices.c.recorded_on == THE_DAY,
            notices.c.fires_on > late.c.last_day,
            late.c.kind != Kind.SHEET,
        )
        .distinct()
        # Found once: else PostgreSQL goes through the day's lines again for each duty.
        .cte("told")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    rows = (
        select(
            THE_PLAN,
            literal("chronic"),
            obligations.c.agency_id,
            literal(None, obligations.c.id.type),
            literal("chronic:") + obligations.c.agency_id + _MONTH,
            THE_DAY,
            literal("listed"),
            cast(func.count(), String) + literal(" nhiệm vụ quá hạn cùng lúc"),
        )
        .where(
            overdue(THE_PLAN, THE_DAY),
            obligations.c.kind != Kind.SHEET,
            obligations.c.agency_id.in_(select(told.c.agency_id)),
            ~proposed(THE_PLAN, THE_DAY),
        )
        .group_by(obligations.c.agency_id)
        .having(func.count() >= _AT_ONCE)
    )
    columns = ["plan", "cause", "agency_id", "obligation_id", "episode", "entered_on", "state", "reason"]
    return insert_new_in(dialect, proposals).from_select(columns, rows)


def weekly_lines_due(connection: Connection, day: Day, week_before: date) -> None:
    """In a week's first sweep: a line to each desk with reports waiting, and the focal agency's digest."""
    waiting = (
        select(obligations.c.reviewer_id)
        .where(
            obligations.c.plan == day.plan,
            obligations.c.work_state == WorkState.SUBMITTED,
            obligations.c.kind.in_(DATED),
        )
        .distinct()
    )
    recipients = set(connection.scalars(waiting))
    if _digest_is_due(connection, day, week_before):
        recipients.add(day.focal)
    for recipient in sorted(recipients):
        connection.execute(
            insert_new(connection, weekly_lines).values(
                plan=day.plan, recipient_id=recipient, mail_on=day.on, message_id=None
            )
        )


def _digest_is_due(connection: Connection, day: Day, week_before: date) -> bool:
    """Whether the digest has news: a line recorded for it, or last week a sheet missed, a mail undelivered,
    a contribution not supplied. The focal agency's own duties are no news of others.
    """
    lines = select(notices.c.id).where(
        notices.c.plan == day.plan,
        notices.c.recipient_id == day.focal,
        notices.c.role == Role.FOCAL,
        notices.c.mail_on <= day.on,
        notices.c.message_id.is_(None),
        notices.c.state == "waiting",
    )
    missed_sheets = select(obligations.c.id).where(
        overdue(day.plan, day.on),
        obligations.c.kind == Kind.SHEET,
        obligations.c.last_day >= week_before,
    )
    undelivered = select(messages.c.id).where(
        messages.c.plan == day.plan,
        messages.c.state.in_(["dead", "held", "bounced"]),
        messages.c.mail_on >= week_before,
    )
    marked = select(address_marks.c.id).where(
        address_marks.c.lifted_at.is_(None), address_marks.c.since >= day.at - timedelta(days=7)
    )
    queries = (lines, missed_sheets, undelivered, marked, not_supplied(day.plan, week_before, day.on))
    return any(connection.scalar(query.limit(1)) is not None for query in queries)
