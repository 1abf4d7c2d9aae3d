"""The one reckoning in SQL: the column of each duty, sums by whatever is asked, and a week looked back on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Date, and_, case, func, literal, select

from obligations.model import Kind, Part, WorkState
from obligations.reckoning import DUE, OUTSIDE, Compared, Reckoning, Share, reckoned
from store.clauses import DATED, PlanKey, paused_agencies, still_awaited
from store.door import AnyColumn, Key, Query
from store.our_days import AsItWas, binding_day, proposed, proposed_then, still_proposed
from store.schema import agencies, extensions, history, obligations

o = obligations.c
Conditions = Sequence[ColumnElement[bool]]


def share(plan: str, on: date) -> ColumnElement[str]:
    """Say in which column a duty is counted; equal to `obligations.reckoning.share`."""
    gone_by = and_(o.last_day < on, ~still_awaited(on))
    paused = o.agency_id.in_(paused_agencies(plan, on))
    states = [(o.work_state == state, literal(found.value)) for state, found in OUTSIDE.items()]
    return case(
        *states,
        (
            o.done_on > o.last_day,
            case((proposed(plan, on), literal(Share.ASKED_LATE.value)), else_=literal(Share.LATE.value)),
        ),
        (
            and_(o.done_on.is_not(None), gone_by),
            case(
                (still_proposed(plan, on), literal(Share.ASKED_IN_TIME.value)),
                else_=literal(Share.IN_TIME.value),
            ),
        ),
        (o.done_on.is_not(None), literal(Share.AHEAD.value)),
        (~gone_by, literal(Share.RUNNING.value)),
        (and_(paused, proposed(plan, on)), literal(Share.RUNNING.value)),
        (paused, literal(Share.EXCUSED.value)),
        (proposed(plan, on), literal(Share.ASKED_OPEN.value)),
        else_=literal(Share.OVERDUE.value),
    )


def dated(plan: PlanKey) -> Conditions:
    """Return the conditions of what every total counts: tasks, cycle reports, own plans."""
    return o.plan == plan, o.kind.in_(DATED)


def sheets(plan: PlanKey) -> Conditions:
    """Return the conditions of chairpersons' sheets: counted apart, by the same rule."""
    return o.plan == plan, o.kind == Kind.SHEET


def reckon(connection: Connection, plan: str, on: date, of: Conditions) -> Reckoning:
    """Reckon the duties that meet some conditions."""
    return reckon_by(connection, plan, on, of, ()).get((), Reckoning())


def reckon_by(
    connection: Connection, plan: str, on: date, of: Conditions, by: Sequence[AnyColumn]
) -> dict[Key, Reckoning]:
    """Reckon duties by the values of some columns of theirs and of the agency that owes them."""
    column = share(plan, on).label("share")
    query = (
        select(*by, column, func.count())
        .select_from(obligations.join(agencies, agencies.c.id == o.agency_id))
        .where(*of)
        .group_by(*by, "share")
    )
    counts: dict[Key, Counter[Share]] = defaultdict(Counter)
    for row in connection.execute(query):
        counts[tuple(row[:-2])][Share(row[-2])] += row[-1]
    return {key: reckoned(found) for key, found in counts.items()}


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far what has fallen due reaches."""

    items: int
    """Different tasks of the plan, or kinds of report, among what has fallen due."""
    long: int
    """Of what is overdue, what has been so since a day or longer."""


def reach(connection: Connection, plan: str, on: date, long_since: date) -> Reach:
    """Count the different things that have fallen due, and what is overdue since a day or an earlier one."""
    column = share(plan, on)
    late = and_(column == Share.OVERDUE.value, binding_day(plan, on) <= long_since)
    subject = case((column.in_([s.value for s in DUE]), func.coalesce(o.item, o.kind)))
    query = select(func.count(subject.distinct()), func.count().filter(late)).where(*dated(plan))
    items, long = connection.execute(query).one()
    return Reach(items=items, long=long)


def continuous(connection: Connection, plan: str) -> int:
    """Count the leads' rows of continuous work: a column of its own, in no rate."""
    rows = (o.plan == plan, o.kind == Kind.ROW, o.part == Part.LEAD, o.work_state.not_in([*OUTSIDE]))
    return connection.scalar(select(func.count()).select_from(obligations).where(*rows)) or 0


def compared(connection: Connection, plan: str, on: date, then: datetime, day: date) -> Compared:
    """Compare what is overdue with what was known to be overdue at an instant of an earlier day."""
    late = share(plan, on) == Share.OVERDUE.value
    now = set(connection.scalars(select(o.id).where(*dated(plan), o.last_day < on, late)))
    before = {row.id: row.done for row in connection.execute(_overdue_then(plan, then, day))}
    gone = [done for key, done in before.items() if key not in now]
    return Compared(
        since=day,
        now=len(now),
        then=len(before),
        fresh=len(now - before.keys()),
        done=sum(gone),
        otherwise=len(gone) - sum(gone),
    )


def _overdue_then(plan: str, then: datetime, day: date) -> Query:
    """Select what was overdue as the history and the extensions tell it, whatever has been entered since."""
    entry, moved, later = history.c, extensions.c, extensions.alias("later").c
    state = (
        select(entry.to_state)
        .where(entry.obligation_id == o.id, entry.at <= then, entry.to_state.is_not(None))
        .order_by(entry.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    since = (
        select(later.id)
        .where(later.obligation_id == o.id, later.at > then)
        .order_by(later.id)
        .limit(1)
        .correlate(obligations)
        .scalar_subquery()
    )

    def before(old: ColumnElement[date], now: ColumnElement[date]) -> ColumnElement[date]:
        return func.coalesce(select(old).where(moved.id == since).scalar_subquery(), now)

    was = AsItWas(
        then=literal(day, Date),
        last_day=before(moved.old_day, o.last_day),
        plan_day=before(moved.old_plan_day, o.plan_day),
        known_at=then,
    )
    done = and_(o.done_on.is_not(None), o.work_state.not_in([*OUTSIDE]))
    return select(o.id, case((done, 1), else_=0).label("done")).where(
        *dated(plan),
        was.last_day < day,
        ~proposed_then(plan, was),
        state == WorkState.OPEN.value,
        o.agency_id.not_in(paused_agencies(plan, day)),
        ~still_awaited(day),
    )
