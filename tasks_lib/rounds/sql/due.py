"""Which legs have a step due on a day, and which of their steps fires: what the sweep begins with."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Insert,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.schema import CreateTable

from obligations.model import StepRule
from store.clauses import any_pause, any_pause_begun, kept_back, paused_agencies, still_awaited
from store.schema import legs, obligations, schedule_steps
from store.statements import THE_DAY, THE_ITEM, THE_PLAN, for_day, once
from tasks_lib.duties.sql.opening import Day

due_legs = Table(
    "sweep_due",
    MetaData(),
    Column("leg_id", Integer),
    Column("obligation_id", Integer),
    Column("schedule_id", Integer),
    Column("starts_on", Date),
    Column("last_seq", Integer),
    Column("in_turn", Boolean),
    Column("next_on", Date),
    Column("repeats", Integer),
    Column("top", Integer),
    prefixes=["TEMPORARY"],
)

FOCAL, TOP = bindparam("of_focal", type_=String), bindparam("of_top", type_=String)
MONDAY, AGAIN = bindparam("mondays_mail", type_=Date), bindparam("repeat_on", type_=Date)
TOMORROW = bindparam("tomorrow", type_=Date)


def given(day: Day) -> dict[str, object]:
    """Return what the statements leave open."""
    return {
        **for_day(day.plan, day.on),
        THE_ITEM.key: day.item,
        FOCAL.key: day.focal,
        TOP.key: day.top,
        MONDAY.key: day.mondays_mail,
        AGAIN.key: day.repeat_on,
        TOMORROW.key: day.on + timedelta(days=1),
    }


def find_due(connection: Connection, day: Day) -> int:
    """Write down the legs with a step due, and which of their steps fires; return how many.

    The statement reads legs alone and asks of the rest, so that a database begins with the few legs whose day
    has come, however many sleep.
    """
    connection.execute(once(_made))
    connection.execute(once(due_legs.delete))
    begun = any_pause_begun(connection, day.plan, day.on)
    paused = begun and any_pause(connection, day.plan, day.on)
    find = once(_legs_due, begun, paused, day.item is None)
    return connection.execute(find, given(day)).rowcount


def _made() -> CreateTable:
    return CreateTable(due_legs, if_not_exists=True)


def _legs_due(begun: bool, paused: bool, whole: bool) -> Insert:
    step = schedule_steps
    in_turn = _in_turn() if begun else legs.c.in_turn
    first_turn = func.min(case((step.c.ends_turn, step.c.seq)))
    highest = func.max(step.c.seq)
    top = (
        select(case((in_turn, func.coalesce(first_turn, highest)), else_=highest))
        .where(
            step.c.schedule_id == legs.c.schedule_id,
            step.c.seq > legs.c.last_seq,
            or_(
                and_(~repeats(), step.c.fires_on >= legs.c.starts_on, step.c.fires_on <= THE_DAY),
                and_(repeats(), step.c.seq == legs.c.last_seq + 1),
            ),
        )
        .scalar_subquery()
    )
    found = select(
        legs.c.id,
        legs.c.obligation_id,
        legs.c.schedule_id,
        legs.c.starts_on,
        legs.c.last_seq,
        in_turn,
        legs.c.next_on,
        legs.c.repeats,
        top,
    ).where(legs.c.next_on <= THE_DAY, _may_fire(paused=paused, whole=whole))
    columns = [c.name for c in due_legs.c]
    # In a fixed order; a sum, for by the bare number SQLite would walk through all legs to save the sorting.
    return due_legs.insert().from_select(columns, found.order_by(legs.c.id + 0))


def _may_fire(*, paused: bool, whole: bool) -> ColumnElement[bool]:
    """Whether a leg's obligation is this plan's, not paused, and waits for nothing."""
    conditions = [
        obligations.c.id == legs.c.obligation_id,
        obligations.c.plan == THE_PLAN,
        ~still_awaited(THE_DAY),
    ]
    if not whole:
        conditions.append(obligations.c.item == THE_ITEM)
    if paused:
        conditions.append(obligations.c.agency_id.not_in(paused_agencies(THE_PLAN, THE_DAY)))
    return exists().where(*conditions)


def _in_turn() -> ColumnElement[bool]:
    """Whether a leg's steps go in turn: it does already, or a pause keeps its first step due back."""
    mine = obligations.c.id == legs.c.obligation_id
    held = exists().where(mine, kept_back(THE_PLAN, legs.c.next_on, THE_DAY))
    return or_(legs.c.in_turn, held.correlate_except(obligations))


def repeats() -> ColumnElement[bool]:
    """Whether a step is the one that comes again and again after all others."""
    return schedule_steps.c.rule == StepRule.REPEAT


def is_top_step() -> ColumnElement[bool]:
    """Whether a step is the one that fires of its leg."""
    return and_(
        schedule_steps.c.schedule_id == due_legs.c.schedule_id, schedule_steps.c.seq == due_legs.c.top
    )
