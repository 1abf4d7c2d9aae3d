"""A leg whose last day moves: its frozen steps are dated again, unless they are spent."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from obligations.calendar import ONE_DAY
from obligations.model import BESIDE_ITS_OWN, LegKind, StepRule
from obligations.obligation import Obligation
from store.door import all_of
from store.ledger import first_day
from store.rows import Leg
from store.schedules import Schedules
from store.schema import legs, notices, obligations, schedule_steps


def own_legs(connection: Connection, plan: str) -> dict[int, Leg]:
    """Return the newest own ladder of each of a plan's obligations, by their numbers."""
    mine = select(obligations.c.id).where(obligations.c.plan == plan)
    own = legs.c.obligation_id.in_(mine), legs.c.kind.not_in(BESIDE_ITS_OWN)
    newest = select(func.max(legs.c.id)).where(*own).group_by(legs.c.obligation_id)
    return {
        leg.obligation_id: leg for leg in all_of(connection, Leg, select(legs).where(legs.c.id.in_(newest)))
    }


def told_too_early(connection: Connection, leg: Leg, row: Obligation, last_day: date) -> bool:
    """Whether a leg has said "late" on a day that is in time by the new last day: its steps are spent."""
    if last_day <= row.last_day:
        return False
    said = select(notices.c.id).where(
        notices.c.leg_id == leg.id, notices.c.fires_on > row.last_day, notices.c.recorded_on <= last_day
    )
    return leg.kind is LegKind.REOPENED or connection.scalar(said.limit(1)) is not None


def redate(
    connection: Connection,
    leg: Leg,
    last_day: date,
    opening: date,
    schedules: Schedules,
    on: date,
) -> None:
    """Date a leg's frozen steps again; what has fired stays fired, by its code and not by its number.

    A leg whose next step is due by its new days, or lay before its beginning, goes in turn: as if born late.
    """
    new = schedules.again(leg.schedule_id, last_day, opening)
    if new == leg.schedule_id:
        return
    step = schedule_steps
    fired = select(step.c.code).where(step.c.schedule_id == leg.schedule_id, step.c.seq <= leg.last_seq)
    passed = (
        connection.scalar(
            select(func.max(step.c.seq)).where(step.c.schedule_id == new, step.c.code.in_(fired))
        )
        or 0
    )
    over = first_day(connection, new, passed, last_day + ONE_DAY) if last_day < on else None
    starts_on = last_day + ONE_DAY if over is not None and over < leg.starts_on else leg.starts_on
    following = first_day(connection, new, passed, starts_on)
    at_end = step.c.schedule_id == new, step.c.seq == passed + 1, step.c.rule == StepRule.REPEAT
    if connection.scalar(select(step.c.seq).where(*at_end)) is not None:
        following = leg.next_on  # what repeats has no day of its own
    next_on = following if leg.next_on is not None else None
    late = following is not None and following <= on
    values = {"schedule_id": new, "last_seq": passed, "next_on": next_on, "in_turn": leg.in_turn or late}
    connection.execute(legs.update().where(legs.c.id == leg.id).values(**values, starts_on=starts_on))
