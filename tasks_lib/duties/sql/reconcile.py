"""Brings the obligations in the database into line with the plan's data and calendar.

What is missing is written as waiting; what is no longer foreseen goes if nobody has touched it; open work
gets its new dates, with a line in its history; what is closed never moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, Select, bindparam, select

from obligations.calendar import ONE_DAY, ZONE, WorkingCalendar
from obligations.chain import reviewer_of
from obligations.deeds import PLANNED_AGAIN, UNPLANNED
from obligations.ladder import first_told
from obligations.model import Agency, LegKind, Plan, Planned, WorkState
from obligations.obligation import Obligation
from obligations.states import CLOSED
from obligations.words import day
from store.door import all_of
from store.engine import count_anew
from store.ledger import Entry, write_history
from store.rows import Leg
from store.schedules import Schedules
from store.schema import agencies, history, obligations, schedule_steps
from store.sealing import IDS_AT_ONCE, UNWATCHED, watch
from tasks_lib.duties.sql.moving import climb_to
from tasks_lib.duties.sql.opening import SYSTEM
from tasks_lib.duties.sql.redating import own_legs, redate, told_too_early

DATES = ("opened_on", "last_day", "plan_day", "target", "why", "ours")


@dataclass
class Changes:
    """What a reconciliation did, to be said to whoever asked for it."""

    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    moved: list[tuple[str, date, date]] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.added or self.removed or self.moved)


@dataclass(frozen=True)
class Foreseen:
    """What the plan's data says should be there."""

    plan: Plan
    agencies: Mapping[str, Agency]
    calendar: WorkingCalendar
    obligations: tuple[Planned, ...]


def reconcile(connection: Connection, foreseen: Foreseen, at: datetime) -> Changes:
    """Make the database hold what is foreseen; running it again changes nothing."""
    changes = Changes()
    schedules = Schedules(connection, foreseen.calendar)
    redating = Redating(connection=connection, foreseen=foreseen, schedules=schedules, at=at, changes=changes)
    present = {
        row.key: row
        for row in all_of(
            connection, Obligation, select(obligations).where(obligations.c.plan == foreseen.plan.key)
        )
    }
    wanted = {p.key: p for p in foreseen.obligations}
    _add(connection, foreseen, [p for k, p in wanted.items() if k not in present], schedules, changes)
    _remove(connection, [row for k, row in present.items() if k not in wanted], at, changes)
    left_out = _left_out(connection, foreseen.plan.key)
    own = own_legs(connection, foreseen.plan.key)
    for key, row in present.items():
        if key in wanted and (row.work_state not in CLOSED or row.id in left_out):
            if row.id in left_out:
                _plan_again(connection, row, at, changes)
            _update(redating, row, wanted[key], own.get(row.id))
    return changes


def _add(
    connection: Connection,
    foreseen: Foreseen,
    new: list[Planned],
    schedules: Schedules,
    changes: Changes,
) -> None:
    if not new:
        return
    rows = [_row(foreseen, planned, schedules) for planned in new]
    connection.execute(obligations.insert(), rows)
    _link(connection, foreseen)
    count_anew(connection, agencies, obligations, schedule_steps)
    changes.added.extend(p.key for p in new)


def _row(foreseen: Foreseen, planned: Planned, schedules: Schedules) -> dict[str, object]:
    agency = foreseen.agencies[planned.agency]
    return {
        "plan": foreseen.plan.key,
        "key": planned.key,
        "kind": planned.kind,
        "item": planned.item,
        "agency_id": planned.agency,
        "reviewer_id": reviewer_of(agency, foreseen.plan),
        "period": planned.period,
        "part": planned.part,
        "opened_on": planned.opened_on,
        "last_day": planned.last_day,
        "first_day": planned.last_day,
        "plan_day": planned.plan_day,
        "target": planned.target,
        "judged": planned.judged,
        "why": planned.why,
        "ours": planned.ours,
        "ladder": planned.ladder,
        "schedule_id": _schedule(foreseen, planned, schedules),
        "waits_until": planned.waits_until,
        "work_state": WorkState.WAITING,
        "version": 0,
        "updated_late": False,
    }


def _schedule(foreseen: Foreseen, planned: Planned, schedules: Schedules) -> int | None:
    ladder = next((x for x in foreseen.plan.ladders if x.key == planned.ladder), None)
    if ladder is None:
        return None
    return schedules.ensure(ladder, planned.last_day, first_told(foreseen.plan, planned, foreseen.calendar))


def _link(connection: Connection, foreseen: Foreseen) -> None:
    """Turn the keys that obligations name each other by into ids, also where only the named one is new."""
    plan = foreseen.obligations
    named = [
        (obligations.c.parent_id, {p.key: p.parent for p in plan if p.parent}),
        (obligations.c.previous_id, {p.key: p.previous for p in plan if p.previous}),
        (obligations.c.waits_for_id, {p.key: p.waits_for for p in plan if p.waits_for}),
    ]
    here = obligations.c.plan == foreseen.plan.key
    pairs = select(obligations.c.key, obligations.c.id).where(here)
    ids = {row.key: row.id for row in connection.execute(pairs)}
    watch(connection, obligations, here)
    for column, others in named:
        known = [(ids[key], ids[other]) for key, other in others.items() if key in ids and other in ids]
        if known:
            one = obligations.update().where(obligations.c.id == bindparam("of"))
            values = [{"of": of, "other": other} for of, other in known]
            connection.execute(one.values({column: bindparam("other")}), values, execution_options=UNWATCHED)


def _remove(connection: Connection, gone: list[Obligation], at: datetime, changes: Changes) -> None:
    """Take out what is no longer foreseen and nobody has touched; what has a history stays, cancelled."""
    untouched = [row for row in gone if row.work_state == WorkState.WAITING and row.version == 0]
    told = set(connection.scalars(_with_history(untouched))) if untouched else set()
    rows_first = sorted(untouched, key=lambda r: not r.is_row)
    for row in rows_first:
        if row.id in told:
            _turn(connection, row, WorkState.CANCELLED, UNPLANNED, at)
    _take_out(connection, [row.id for row in rows_first if row.id not in told])
    changes.removed.extend(row.key for row in rows_first)


def _take_out(connection: Connection, ids: list[int]) -> None:
    """Delete obligations in their order, what names others before what is named."""
    for start in range(0, len(ids), IDS_AT_ONCE):
        some = ids[start : start + IDS_AT_ONCE]
        connection.execute(
            obligations.update().where(obligations.c.previous_id.in_(some)).values(previous_id=None)
        )
        connection.execute(obligations.delete().where(obligations.c.id.in_(some)))


def _with_history(rows: list[Obligation]) -> Select[int]:
    """Return which obligations of a plan that still wait have a line of history."""
    waiting = select(obligations.c.id).where(
        obligations.c.plan == rows[0].plan, obligations.c.work_state == WorkState.WAITING
    )
    return select(history.c.obligation_id).where(history.c.obligation_id.in_(waiting)).distinct()


def _left_out(connection: Connection, plan: str) -> set[int]:
    """Return which cancelled obligations the plan had left out; all others that are closed stay so."""
    newest = (
        select(history.c.what)
        .where(history.c.obligation_id == obligations.c.id)
        .order_by(history.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    cancelled = obligations.c.plan == plan, obligations.c.work_state == WorkState.CANCELLED
    return set(connection.scalars(select(obligations.c.id).where(*cancelled, newest == UNPLANNED)))


def _plan_again(connection: Connection, row: Obligation, at: datetime, changes: Changes) -> None:
    """Let what the plan had left out and has again wait once more."""
    _turn(connection, row, WorkState.WAITING, PLANNED_AGAIN, at)
    changes.added.append(row.key)


def _turn(connection: Connection, row: Obligation, state: WorkState, what: str, at: datetime) -> None:
    connection.execute(obligations.update().where(obligations.c.id == row.id).values(work_state=state))
    entry = Entry(at=at, by=SYSTEM, what=what)
    write_history(connection, row.id, entry, row.work_state, state)


@dataclass(frozen=True, kw_only=True)
class Redating:
    """What the days of a plan's duties are brought up to, and when."""

    connection: Connection
    foreseen: Foreseen
    schedules: Schedules
    at: datetime
    changes: Changes


def _update(to: Redating, row: Obligation, planned: Planned, leg: Leg | None) -> None:
    connection = to.connection
    new = {name: getattr(planned, name) for name in DATES}
    waiting = row.work_state in (WorkState.WAITING, WorkState.CANCELLED)  # the latter: planned again
    if waiting and row.last_day != row.first_day:
        return  # its day has been moved by a document before it opened
    schedule = _schedule(to.foreseen, planned, to.schedules) if waiting else row.schedule_id
    dated = all(getattr(row, name) == value for name, value in new.items())
    if waiting and not (dated and schedule == row.schedule_id and row.ladder == planned.ladder):
        values = {**new, "first_day": planned.last_day, "ladder": planned.ladder, "schedule_id": schedule}
        connection.execute(obligations.update().where(obligations.c.id == row.id).values(values))
        _say_moved(to, row, planned)
    elif not waiting and not row.is_row:
        _move_open(to, row, planned, leg)
    elif not waiting and not dated:
        values = {**new, "first_day": planned.last_day, "opened_on": row.opened_on}
        connection.execute(obligations.update().where(obligations.c.id == row.id).values(values))


def _move_open(to: Redating, row: Obligation, planned: Planned, leg: Leg | None) -> None:
    """Move open work to its new day; an extended day stays, and so do the steps the ladder froze with.

    The days of those steps follow the calendar also where the day itself stays.
    """
    connection, schedules = to.connection, to.schedules
    extended = row.last_day != row.first_day
    last_day = row.last_day if extended else planned.last_day
    values = {
        "last_day": last_day,
        "first_day": planned.last_day,
        # UBND tỉnh's document has moved the plan's own day too.
        "plan_day": max(row.plan_day, planned.plan_day) if extended else planned.plan_day,
        "target": row.target if extended else planned.target,
        "why": row.why if extended else planned.why,
        "ours": planned.ours,
    }
    if any(getattr(row, name) != value for name, value in values.items()):
        connection.execute(obligations.update().where(obligations.c.id == row.id).values(values))
        _say_moved(to, row, planned)
    if leg is None:
        return
    on = to.at.astimezone(ZONE).date()
    if extended:
        redate(connection, leg, last_day, leg.starts_on - ONE_DAY, schedules, on)
    elif told_too_early(connection, leg, row, last_day):
        climb_to(connection, schedules, row, LegKind.MOVED, last_day, on)
    elif leg.kind is not LegKind.REOPENED:  # that one counts from its own reopening
        opening = first_told(to.foreseen.plan, planned, to.foreseen.calendar)
        redate(connection, leg, last_day, opening, schedules, on)


def _say_moved(to: Redating, row: Obligation, planned: Planned) -> None:
    if row.first_day == planned.last_day:
        return
    to.changes.moved.append((row.key, row.first_day, planned.last_day))
    why = f"tính lại hạn cuối: {day(row.first_day)} → {day(planned.last_day)}; {planned.why}"
    entry = Entry(at=to.at, by=SYSTEM, what="recompute", why=why)
    write_history(to.connection, row.id, entry, row.work_state, row.work_state)


def add_one(connection: Connection, foreseen: Foreseen, planned: Planned) -> int:
    """Write one obligation that nobody could foresee (an event's) as waiting and return its id."""
    row = _row(foreseen, planned, Schedules(connection, foreseen.calendar))
    written = connection.execute(obligations.insert().values(row))
    (key,) = written.inserted_primary_key or (0,)
    return int(key)
