"""The day of a sweep, and what opens on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, case, false, func, literal, or_, select

from obligations.model import Kind, LegKind, WorkState
from store.schema import history, legs, obligations, plans, schedule_steps

SYSTEM = "system"


@dataclass(frozen=True, kw_only=True)
class Day:
    """What a sweep must know of its day; `mondays_mail` is when a weekly mail recorded today leaves.

    `repeat_on` is when whoever has been told all today is told again.
    """

    plan: str
    focal: str
    top: str
    at: datetime
    on: date
    working: bool
    mondays_mail: date
    repeat_on: date
    item: str | None = None


def open_due(connection: Connection, day: Day) -> Counter[str | None]:
    """Open what waits and whose day has come; return how many by item."""
    due = and_(
        obligations.c.plan == day.plan,
        obligations.c.work_state == WorkState.WAITING,
        obligations.c.opened_on <= day.on,
        *of_item(day),
    )
    by_item = select(obligations.c.item, func.count().label("opened")).where(due).group_by(obligations.c.item)
    opened = Counter({row.item: row.opened for row in connection.execute(by_item)})
    if opened:
        _say_opened(connection, day, due)
        _begin_ladders(connection, day, due)
        connection.execute(obligations.update().where(due).values(work_state=WorkState.OPEN))
    return opened


def _say_opened(connection: Connection, day: Day, due: ColumnElement[bool]) -> None:
    connection.execute(
        history.insert().from_select(
            ["obligation_id", "at", "by", "what", "from_state", "to_state", "why"],
            select(
                obligations.c.id,
                literal(day.at, history.c.at.type),
                literal(SYSTEM),
                literal("open"),
                literal(WorkState.WAITING.value),
                literal(WorkState.OPEN.value),
                obligations.c.why,
            ).where(due),
        )
    )


def _begin_ladders(connection: Connection, day: Day, due: ColumnElement[bool]) -> None:
    first = (
        select(func.min(schedule_steps.c.fires_on))
        .where(
            schedule_steps.c.schedule_id == obligations.c.schedule_id,
            schedule_steps.c.fires_on >= obligations.c.opened_on,
        )
        .scalar_subquery()
    )
    kind = case(
        (obligations.c.kind == Kind.ROW, literal(LegKind.REQUEST.value)), else_=literal(LegKind.LEAD.value)
    )
    # Its day had been swept and it was not there, or it waits for another beyond its own steps.
    swept = select(plans.c.swept_on).where(plans.c.key == day.plan).scalar_subquery()
    late = or_(
        obligations.c.waits_for_id.is_not(None), func.coalesce(obligations.c.opened_on < swept, false())
    )
    connection.execute(
        legs.insert().from_select(
            ["obligation_id", "kind", "name", "schedule_id", "starts_on", "last_seq", "in_turn", "next_on"],
            select(
                obligations.c.id,
                kind.label("kind"),
                kind.label("name"),
                obligations.c.schedule_id,
                obligations.c.opened_on,
                literal(0),
                late,
                first,
            ).where(due, obligations.c.schedule_id.is_not(None)),
        )
    )


def of_item(day: Day) -> list[ColumnElement[bool]]:
    """Return the condition that keeps a sweep to one item, if it is to be."""
    return [] if day.item is None else [obligations.c.item == day.item]
