"""Conditions that several queries share, so that "paused" and "overdue" mean one thing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    union,
)

from obligations.board import KINDS_OF_SORT, Sort
from obligations.model import Kind, WorkState
from store.schema import agencies, events, obligations, pauses, standing_over
from store.statements import THE_DAY, THE_PLAN, for_day, once

DATED = KINDS_OF_SORT[Sort.DATED]
"""Kinds with a day of their own and somebody who reviews them: what every total counts."""

OPENED_BY_EVENT = obligations.c.period.startswith("e-")

EVENT_TITLE = case(
    # Only tasks that an event opened look it up.
    (
        OPENED_BY_EVENT,
        func.coalesce(
            select(events.c.title).where(events.c.obligation_id == obligations.c.id).scalar_subquery(), ""
        ),
    ),
    else_="",
).label("event")
"""The title of the event that opened a task."""

awaited = obligations.alias("awaited")

PlanKey = str | ColumnElement[str]
OnDay = date | ColumnElement[date]


def stands_over(place: ColumnElement[str], agency: ColumnElement[str] = agencies.c.id) -> ColumnElement[bool]:
    """Whether a place stands over an agency, through however many levels; equal to `Agency.above`."""
    over = standing_over.c
    found = exists().where(over.agency_id == agency, over.over_id == place)
    return found.correlate_except(standing_over)


def paused_agencies(plan: PlanKey, on: OnDay) -> CompoundSelect[tuple[str]]:
    """Select the agencies paused on a day: a place and what lies below it, of the top body everybody.

    Equal to `obligations.pauses.covers`.
    """
    place, now = pauses.c.place_id, (pauses.c.plan == plan, *pausing(on))
    below = select(standing_over.c.agency_id).join(pauses, place == standing_over.c.over_id)
    everybody = select(agencies.c.id).join(pauses, pauses.c.everywhere)
    return union(select(place).where(*now), below.where(*now), everybody.where(*now))


def pausing(on: OnDay) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a pause stands on a day."""
    ends = or_(pauses.c.to_day.is_(None), pauses.c.to_day >= on)
    return pauses.c.withdrawn.is_(None), pauses.c.from_day <= on, ends


def kept_back(plan: PlanKey, since: ColumnElement[date], on: OnDay) -> ColumnElement[bool]:
    """Whether an obligation's holder was paused on any day from one on, up to a day.

    A pause that was withdrawn has kept back all the same.
    """
    place, holder = pauses.c.place_id, obligations.c.agency_id
    stopped = exists().where(
        pauses.c.plan == plan,
        or_(pauses.c.everywhere, place == holder, stands_over(place, holder)),
        pauses.c.from_day <= on,
        or_(pauses.c.to_day.is_(None), pauses.c.to_day >= since),
    )
    return stopped.correlate_except(pauses)


def any_pause_begun(connection: Connection, plan: str, on: date) -> bool:
    """Whether any pause has begun by a day, be it over or not; mostly none has."""
    return connection.scalar(once(_pause_begun), for_day(plan, on)) is not None


def _pause_begun() -> Select[tuple[int]]:
    return select(pauses.c.id).where(pauses.c.plan == THE_PLAN, pauses.c.from_day <= THE_DAY).limit(1)


def any_pause(connection: Connection, plan: str, on: date) -> bool:
    """Whether anything is paused on a day at all; mostly nothing is."""
    query = select(pauses.c.id).where(pauses.c.plan == plan, *pausing(on))
    return connection.scalar(query.limit(1)) is not None


def still_awaited(on: OnDay) -> ColumnElement[bool]:
    """Whether an obligation waits for another that is neither done nor past its day."""
    undone = exists().where(awaited.c.id == obligations.c.waits_for_id, awaited.c.done_on.is_(None))
    return and_(obligations.c.waits_for_id.is_not(None), obligations.c.waits_until >= on, undone)


def overdue(plan: PlanKey, on: OnDay) -> ColumnElement[bool]:
    """Whether an obligation is overdue on a day; equal to `obligations.states.time_state`."""
    return and_(
        obligations.c.plan == plan,
        obligations.c.work_state == WorkState.OPEN,
        obligations.c.kind != Kind.ROW,
        obligations.c.last_day < on,
        obligations.c.done_on.is_(None),
        obligations.c.agency_id.not_in(paused_agencies(plan, on)),
        ~still_awaited(on),
    )


def not_supplied(plan: str, since: date, until: date) -> Select[tuple[int]]:
    """Select what invited bodies were asked for by a day in a stretch and have not supplied."""
    return (
        select(obligations.c.id)
        .join(agencies, agencies.c.id == obligations.c.agency_id)
        .where(
            obligations.c.plan == plan,
            obligations.c.kind == Kind.ROW,
            agencies.c.invited,
            obligations.c.work_state == WorkState.OPEN,
            obligations.c.last_day >= since,
            obligations.c.last_day < until,
        )
    )
