"""What the board counts and lists: one way to say how things stand, and one to choose among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, literal, null, or_, select

from obligations.board import KINDS_OF_SORT, NEW, PART_OF_SORT, Holder, Only, Sight, Sort
from obligations.model import Kind, Role, TimeState, WorkState
from obligations.obligation import DutyLine
from obligations.period import Period
from obligations.reasons import REASON_WORDS, DelayReason
from obligations.reckoning import Share
from obligations.states import CLOSED, NO_LONGER_OWED, NOT_JUDGED, WITH_THE_UNIT
from store.clauses import paused_agencies, still_awaited
from store.door import AnyColumn, all_of
from store.duties import LINE
from store.our_days import binding_day, proposed
from store.reckoning import share
from store.schema import history, notices, obligations

o = obligations.c

NOT_OWED = (WorkState.WAITING, *sorted(NO_LONGER_OWED))
DONE = CLOSED - NO_LONGER_OWED
REPORTED = ("submit", "nothing-arose")
"""What the history calls an answer of the unit, or of the desk in its stead."""
SAID_OF = {Only.NEWLY_EXPLAINED: ("explain",), Only.NEWLY_ASKED: ("ask-extension",)}


@dataclass(frozen=True, kw_only=True)
class Day:
    """The day a board is looked at, and what the configuration knows of its plan."""

    plan: str
    on: date
    soon: date
    """The last of the days called soon."""
    focal: str
    districts: tuple[str, ...]
    invited: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which obligations are counted or listed; None and () want all."""

    day: Day
    sight: Sight
    sort: Sort | None = None
    items: tuple[str, ...] | None = None
    no_item: bool = False
    """Also what belongs to no item: cycle reports, own plans, sheets."""
    agencies: tuple[str, ...] | None = None
    period: Period | None = None
    state: WorkState | None = None
    """None wants all that has opened and was not assigned by mistake."""
    times: tuple[TimeState, ...] = ()
    shares: tuple[Share, ...] = ()
    """Columns of the one reckoning."""
    holder: Holder | None = None
    only: Only | None = None
    since: date = date.min
    since_at: datetime | None = None
    due_from: date | None = None
    due_to: date | None = None
    ids: tuple[int, ...] | None = field(default=None)


def standing(day: Day) -> ColumnElement[str]:
    """Say how an obligation stands against its last day; equal to `obligations.states.time_state`."""
    awaited = still_awaited(day.on)
    late_as_asked = proposed(day.plan, day.on)
    soon = and_(o.last_day <= day.soon, or_(~awaited, o.waits_until <= day.soon))
    return case(
        (or_(o.kind == Kind.ROW, o.work_state.in_([*NOT_JUDGED])), literal(TimeState.NO_DEADLINE.value)),
        (o.done_on <= o.last_day, literal(TimeState.DONE_IN_TIME.value)),
        (and_(o.done_on.is_not(None), late_as_asked), literal(TimeState.DONE_PAST_ASKED.value)),
        (o.done_on.is_not(None), literal(TimeState.DONE_LATE.value)),
        (o.work_state == WorkState.WAITING, literal(TimeState.IN_TIME.value)),
        (o.agency_id.in_(paused_agencies(day.plan, day.on)), literal(TimeState.PAUSED.value)),
        (and_(o.last_day < day.on, ~awaited, late_as_asked), literal(TimeState.PAST_ASKED.value)),
        (and_(o.last_day < day.on, ~awaited), literal(TimeState.OVERDUE.value)),
        (soon, literal(TimeState.DUE_SOON.value)),
        else_=literal(TimeState.IN_TIME.value),
    )


def holder(day: Day) -> ColumnElement[str]:
    """Say who holds the ball: the unit until it reports, then its reviewer, then nobody.

    What the focal agency owes itself is confirmed by its director.
    """
    submitted = o.work_state == WorkState.SUBMITTED
    return case(
        (o.work_state.in_(WITH_THE_UNIT), literal(Holder.UNIT.value)),
        (and_(submitted, o.agency_id == day.focal), literal(Holder.DIRECTOR.value)),
        (and_(submitted, o.reviewer_id == day.focal), literal(Holder.FOCAL.value)),
        (submitted, literal(Holder.DESK.value)),
        else_=null(),
    )


def seen(sight: Sight) -> list[ColumnElement[bool]]:
    """Keep to what a visitor may see."""
    if sight.agencies is None:
        return []
    guided = [o.item.in_(sight.items)]
    if sight.items_of is not None:
        guided.append(o.agency_id.in_(sight.items_of))
    return [or_(o.agency_id.in_(sight.agencies), and_(*guided))]


def chosen(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the conditions of what is wanted: counts and lists share them, so that they agree."""
    day = wanted.day
    conditions = [o.plan == day.plan, *seen(wanted.sight)]
    conditions.append(o.work_state == wanted.state if wanted.state else o.work_state.not_in(NOT_OWED))
    if wanted.sort is not None:
        conditions.append(o.kind.in_(KINDS_OF_SORT[wanted.sort]))
        if wanted.sort in PART_OF_SORT:
            conditions.append(o.part == PART_OF_SORT[wanted.sort])
    if wanted.items is not None:
        mine = o.item.in_(wanted.items)
        conditions.append(or_(mine, o.item.is_(None)) if wanted.no_item else mine)
    if wanted.agencies is not None:
        conditions.append(o.agency_id.in_(wanted.agencies))
    if wanted.period:
        conditions.append(o.period == wanted.period)
    if wanted.times:
        conditions.append(standing(day).in_([str(time) for time in wanted.times]))
    if wanted.shares:
        conditions.append(share(day.plan, day.on).in_([str(one) for one in wanted.shares]))
    if wanted.holder is not None:
        conditions.append(holder(day) == str(wanted.holder))
    if wanted.due_from is not None:
        conditions.append(o.last_day >= wanted.due_from)
    if wanted.due_to is not None:
        conditions.append(o.last_day <= wanted.due_to)
    if wanted.ids is not None:
        conditions.append(o.id.in_(wanted.ids))
    return [*conditions, *_only(wanted)]


def became_late(day: Day, since: date) -> ColumnElement[bool]:
    """Whether its last day went by in a stretch; whether it was late is told by how it stands."""
    went_by = binding_day(day.plan, day.on)
    return and_(went_by >= since, went_by < day.on)


def not_supplied(day: Day) -> ColumnElement[bool]:
    """Whether an invited body was asked for this by a day and has not supplied it; equal to the digest's."""
    return and_(
        o.kind == Kind.ROW, o.agency_id.in_(day.invited), o.work_state == WorkState.OPEN, o.last_day < day.on
    )


def waits_for_guidance() -> ColumnElement[bool]:
    """Whether the unit says that it waits for guidance, and has not handed in."""
    words = REASON_WORDS[DelayReason.GUIDANCE]
    return and_(o.work_state.in_(WITH_THE_UNIT), o.delay_reason.startswith(words, autoescape=True))


def _only(wanted: Wanted) -> list[ColumnElement[bool]]:
    day, only = wanted.day, wanted.only
    if only is Only.NEWLY_LATE:
        late = [str(Share.OVERDUE), str(Share.LATE)]
        return [became_late(day, wanted.since), share(day.plan, day.on).in_(late)]
    if only is Only.NEWLY_TOLD:
        return [o.id.in_(told_focal(day, wanted.since))]
    if only in NEW:
        of_mine = history.c.obligation_id == o.id
        return [exists().where(of_mine, history.c.at >= wanted.since_at, happened(only))]
    if only is Only.NOT_SUPPLIED:
        return [not_supplied(day)]
    return [waits_for_guidance()] if only is Only.WAITS_GUIDANCE else []


def happened(only: Only) -> ColumnElement[bool]:
    """Say which rows of the history make an obligation newly reported, closed, explained or asked for."""
    if only is Only.NEWLY_REPORTED:
        return history.c.what.in_(REPORTED)
    if only is Only.NEWLY_CLOSED:
        return and_(
            history.c.to_state.in_(DONE), history.c.from_state != history.c.to_state, o.work_state.in_(DONE)
        )
    return history.c.what.in_(SAID_OF[only])


def told_focal(day: Day, since: date) -> Select[tuple[int]]:
    """Select what Sở Nội vụ, or of its own work its director, has been told of since a day."""
    return select(notices.c.obligation_id).where(
        notices.c.plan == day.plan,
        notices.c.role.in_((Role.FOCAL, Role.DIRECTOR)),
        notices.c.recorded_on >= since,
        notices.c.recorded_on <= day.on,
    )


SORTED: dict[str, tuple[AnyColumn, ...]] = {
    "unit": (o.agency_id.expression,),
    "item": (o.item.expression, o.last_day.expression),
    "day": (o.last_day.expression,),
    "state": (o.work_state.expression,),
}
"""By which columns a whole list can be sorted, beside its own order."""


def order(day: Day) -> tuple[ColumnElement[object], ...]:
    """Sort the late ones first, then by day."""
    first = {
        TimeState.OVERDUE: 0,
        TimeState.PAST_ASKED: 1,
        TimeState.DUE_SOON: 2,
        TimeState.IN_TIME: 3,
        TimeState.PAUSED: 3,
    }
    rank = case({str(state): number for state, number in first.items()}, value=standing(day), else_=4)
    return rank, o.last_day, o.agency_id, o.id


def count_by_standing(connection: Connection, wanted: Wanted) -> dict[TimeState, int]:
    """Count what is wanted by how it stands."""
    query = select(standing(wanted.day).label("standing"), func.count()).where(*chosen(wanted))
    return {TimeState(row[0]): row[1] for row in connection.execute(query.group_by("standing"))}


def count_ahead(connection: Connection, wanted: Wanted) -> int:
    """Count what is wanted and was done ahead of its day, so that it is not due yet."""
    ahead = and_(o.kind != Kind.ROW, share(wanted.day.plan, wanted.day.on) == Share.AHEAD.value)
    return connection.scalar(select(func.count()).where(*chosen(wanted), ahead)) or 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedRow(DutyLine):
    """One line of a list, with how it stands and who holds it."""

    reviewer_id: str
    work_state: WorkState
    done_on: date | None
    updated_late: bool
    standing: str
    holder: str


def listed(
    connection: Connection,
    wanted: Wanted,
    limit: int | None = None,
    offset: int = 0,
    *,
    by: str = "",
    falling: bool = False,
) -> list[ListedRow]:
    """Return a stretch of what is wanted, the late ones first, or by a column of `SORTED`."""
    first = [column.desc() if falling else column for column in SORTED.get(by, ())]
    query = (
        select(
            *LINE,
            o.reviewer_id,
            o.work_state,
            o.done_on,
            o.updated_late,
            standing(wanted.day).label("standing"),
            holder(wanted.day).label("holder"),
        )
        .where(*chosen(wanted))
        .order_by(*first, *order(wanted.day))
    )
    return all_of(connection, ListedRow, query.limit(limit).offset(offset) if limit else query)
