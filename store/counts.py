"""Small counts that a sweep reports, and the mark of how far it came."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, Update, func, not_, or_, select

from obligations.model import WorkState
from obligations.states import CLOSED
from store import outbox
from store.clauses import overdue
from store.our_days import proposed
from store.reckoning import dated, sheets
from store.schema import messages, obligations, plans
from store.statements import THE_DAY, THE_ITEM, THE_PLAN, for_day, once


@dataclass(frozen=True, kw_only=True, slots=True)
class PastDay:
    """Dated duties not done by their last day, by item; None holds reports and own plans."""

    overdue: Counter[str | None]
    """Past a day that the plan, a law or a document sets: what boards, mails and papers call overdue."""
    asked: Counter[str | None]
    """Past a day that is only proposed."""


def past_by_item(connection: Connection, plan: str, on: date) -> PastDay:
    """Count the dated duties that are past their day, by item; sheets are counted apart."""
    found = connection.execute(once(_past_by_item), for_day(plan, on)).all()
    return PastDay(
        overdue=Counter({row.item: row.late for row in found}),
        asked=Counter({row.item: row.asked for row in found}),
    )


def _past_by_item() -> Select[tuple[str, int, int]]:
    asked = proposed(THE_PLAN, THE_DAY)
    return (
        select(
            obligations.c.item,
            func.count().filter(not_(asked)).label("late"),
            func.count().filter(asked).label("asked"),
        )
        .where(*dated(THE_PLAN), overdue(THE_PLAN, THE_DAY))
        .group_by(obligations.c.item)
    )


def sheets_overdue(connection: Connection, plan: str, on: date) -> int:
    """Count the chairpersons' sheets that nobody has looked over by their day."""
    return connection.scalar(once(_sheets_overdue), for_day(plan, on)) or 0


def _sheets_overdue() -> Select[int]:
    query = select(func.count()).select_from(obligations)
    return query.where(*sheets(THE_PLAN), overdue(THE_PLAN, THE_DAY))


def waiting_count(connection: Connection, plan: str, item: str | None) -> int:
    """Count the obligations whose time has not come."""
    given = {THE_PLAN.key: plan} if item is None else {THE_PLAN.key: plan, THE_ITEM.key: item}
    return connection.scalar(once(_waiting, item is None), given) or 0


def _waiting(whole: bool) -> Select[int]:
    o = obligations.c
    query = select(func.count()).select_from(obligations)
    query = query.where(o.plan == THE_PLAN, o.work_state == WorkState.WAITING)
    return query if whole else query.where(o.item == THE_ITEM)


def swept(connection: Connection, plan: str, on: date) -> None:
    """Remember the latest day that was swept as a whole."""
    connection.execute(once(_swept), for_day(plan, on))


def _swept() -> Update:
    later = or_(plans.c.swept_on.is_(None), plans.c.swept_on < THE_DAY)
    return plans.update().where(plans.c.key == THE_PLAN, later).values(swept_on=THE_DAY)


def swept_on(connection: Connection, plan: str) -> date | None:
    """Return the latest day that was swept as a whole."""
    return connection.scalar(select(plans.c.swept_on).where(plans.c.key == plan))


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOpen:
    """What of a plan nobody has finished."""

    open: int
    mails: int


def open_counts(connection: Connection, plan: str) -> LeftOpen:
    """Count the duties that are not closed and the mails that wait."""
    o, m = obligations.c, messages.c
    duties = select(func.count()).where(o.plan == plan, o.work_state.not_in([*CLOSED, WorkState.WAITING]))
    mails = select(func.count()).where(m.plan == plan, m.state.in_([outbox.WAITING, outbox.RETRY]))
    return LeftOpen(open=connection.scalar(duties) or 0, mails=connection.scalar(mails) or 0)
