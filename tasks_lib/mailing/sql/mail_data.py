"""What mails are made of, read for a whole batch of messages in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, case, func, select, tuple_, union

from obligations.deeds import ASK_MORE
from obligations.model import Part, Role, StepRule, WorkState
from obligations.obligation import DatedLine
from obligations.reckoning import NOTHING, Reckoning, added
from store.clauses import DATED
from store.door import all_of
from store.duties import DATED_LINE
from store.outbox import SENT
from store.reckoning import reckon_by
from store.rows import PauseRow
from store.schema import (
    agencies,
    history,
    legs,
    messages,
    notices,
    obligations,
    pauses,
    reports,
    schedule_roles,
    schedule_steps,
    weekly_lines,
)

LINE_COLUMNS = (
    *DATED_LINE,
    obligations.c.reviewer_id,
    obligations.c.work_state,
    obligations.c.answer_by,
    obligations.c.target,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedLine(DatedLine):
    """A duty as a mail speaks of it."""

    reviewer_id: str
    work_state: WorkState
    answer_by: date | None
    target: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling(OwedLine):
    """A notice that a mail tells, with the duty it is about and how far its ladder has come."""

    id: int
    message_id: int
    leg_id: int
    step: str
    role: Role
    template: str
    missed: str
    streak: int
    meant_for_id: str
    recipient_id: str
    recorded_on: date
    schedule_id: int
    last_seq: int


def notices_of(connection: Connection, plan: str, keys: Iterable[int]) -> dict[int, list[Telling]]:
    """Return a plan's notices still valid of each message, with their obligations."""
    query = (
        select(
            notices.c.id,
            notices.c.message_id,
            notices.c.leg_id,
            notices.c.step,
            notices.c.role,
            notices.c.template,
            notices.c.missed,
            notices.c.streak,
            notices.c.meant_for_id,
            notices.c.recipient_id,
            notices.c.recorded_on,
            legs.c.schedule_id,
            legs.c.last_seq,
            *LINE_COLUMNS,
        )
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .join(legs, legs.c.id == notices.c.leg_id)
        .where(notices.c.plan == plan, notices.c.message_id.in_(list(keys)), notices.c.state == "waiting")
        .order_by(notices.c.id)
    )
    found: dict[int, list[Telling]] = defaultdict(list)
    for row in all_of(connection, Telling, query):
        found[row.message_id].append(row)
    return found


def plans_told_in(connection: Connection, keys: Collection[int]) -> set[str]:
    """Return the plans of which some messages tell."""
    told = (select(t.c.plan).where(t.c.message_id.in_(keys)) for t in (notices, weekly_lines))
    return set(connection.scalars(union(*told)))


def weekly_of(connection: Connection, plan: str, keys: Iterable[int]) -> set[int]:
    """Return the messages that carry a weekly line of a plan."""
    lines = weekly_lines.c
    query = select(lines.message_id).where(lines.plan == plan, lines.message_id.in_(list(keys)))
    return {key for key in connection.scalars(query) if key is not None}


@dataclass(frozen=True, kw_only=True)
class StepAhead:
    """A step of a schedule with the first role it goes to."""

    seq: int
    code: str
    fires_on: date
    rhythm: str
    role: str


def steps_ahead(connection: Connection, schedule_ids: Iterable[int]) -> dict[int, list[StepAhead]]:
    """Return the steps of schedules in order."""
    query = (
        select(schedule_steps, schedule_roles.c.role)
        .join(
            schedule_roles,
            and_(
                schedule_roles.c.schedule_id == schedule_steps.c.schedule_id,
                schedule_roles.c.seq == schedule_steps.c.seq,
            ),
        )
        .where(schedule_steps.c.schedule_id.in_(list(schedule_ids)), schedule_steps.c.rule != StepRule.REPEAT)
        .order_by(schedule_steps.c.schedule_id, schedule_steps.c.seq)
    )
    found: dict[int, list[StepAhead]] = defaultdict(list)
    for row in connection.execute(query):
        step = StepAhead(seq=row.seq, code=row.code, fires_on=row.fires_on, rhythm=row.rhythm, role=row.role)
        found[row.schedule_id].append(step)
    return found


def pauses_of(connection: Connection, plan: str) -> list[PauseRow]:
    """Return every pause of a plan as it stands; there are few."""
    return [row for row in all_pauses(connection, plan) if row.withdrawn is None]


def all_pauses(connection: Connection, plan: str) -> list[PauseRow]:
    """Return every pause of a plan, those that were withdrawn too."""
    return all_of(connection, PauseRow, select(pauses).where(pauses.c.plan == plan))


def asked_of(connection: Connection, obligation_ids: Iterable[int]) -> dict[int, str]:
    """Return what a reviewer last asked to complete."""
    query = (
        select(history.c.obligation_id, history.c.why)
        .where(history.c.obligation_id.in_(list(obligation_ids)), history.c.what == ASK_MORE)
        .order_by(history.c.id)
    )
    return {row.obligation_id: row.why for row in connection.execute(query)}


def arrivals(connection: Connection, obligation_ids: Iterable[int]) -> dict[int, date]:
    """Return the day on which each obligation's newest report came in."""
    query = (
        select(reports.c.obligation_id, func.max(reports.c.arrived_on).label("on"))
        .where(reports.c.obligation_id.in_(list(obligation_ids)))
        .group_by(reports.c.obligation_id)
    )
    return {row.obligation_id: row.on for row in connection.execute(query)}


def earlier_mails(connection: Connection, obligation_ids: Iterable[int]) -> dict[tuple[int, str], list[str]]:
    """Return the Message-IDs by which each recipient has heard of an obligation, the oldest first.

    An opening letter speaks of all that a unit owes: it begins the thread of nothing in particular.
    """
    query = (
        select(notices.c.obligation_id, notices.c.recipient_id, messages.c.message_id)
        .join(messages, messages.c.id == notices.c.message_id)
        .where(
            notices.c.obligation_id.in_(list(obligation_ids)),
            notices.c.template != "opening",
            messages.c.state == SENT,
        )
        .order_by(messages.c.id)
    )
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row in connection.execute(query):
        if row.message_id not in found[row.obligation_id, row.recipient_id]:
            found[row.obligation_id, row.recipient_id].append(row.message_id)
    return found


Place = tuple[str, str | None, str, str]
"""(superior, item, kind, period): what an area's counts are about."""


@dataclass(frozen=True, kw_only=True)
class AreaRow:
    """The counts of one place."""

    reckoned: Reckoning
    awaiting: int
    """Reports that wait for review."""


def areas(connection: Connection, plan: str, on: date, places: set[Place]) -> dict[Place, AreaRow]:
    """Reckon how the units below each superior stand with an item and period."""
    if not places:
        return {}
    o = obligations.c
    periods = {(kind, period) for _, _, kind, period in places}
    mine = (
        o.plan == plan,
        tuple_(o.kind, o.period).in_(list(periods)),
        agencies.c.desk_id.in_({place[0] for place in places}),
    )
    by = (
        agencies.c.desk_id,
        o.item,
        o.kind,
        o.period,
        case((o.work_state == WorkState.SUBMITTED, 1), else_=0),
    )
    found = reckon_by(connection, plan, on, mine, by)
    return {
        place: AreaRow(
            reckoned=added(found.get((*place, waits), NOTHING) for waits in (0, 1)),
            awaiting=found.get((*place, 1), NOTHING).total,
        )
        for place in {key[:-1] for key in found}
    }


def awaiting_review(connection: Connection, plan: str) -> dict[str, tuple[int, date | None]]:
    """Return how many reports wait for each reviewer, and since when the oldest."""
    newest = and_(reports.c.obligation_id == obligations.c.id, reports.c.version == obligations.c.version)
    query = (
        select(
            obligations.c.reviewer_id,
            func.count(obligations.c.id.distinct()).label("waiting"),
            func.min(reports.c.arrived_on).label("oldest"),
        )
        .outerjoin(reports, newest)
        .where(
            obligations.c.plan == plan,
            obligations.c.work_state == WorkState.SUBMITTED,
            obligations.c.kind.in_(DATED),
        )
        .group_by(obligations.c.reviewer_id)
    )
    return {r.reviewer_id: (r.waiting, r.oldest) for r in connection.execute(query)}


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnLine(OwedLine):
    """A duty of an agency, with its part in it."""

    part: Part


def agencys_own(connection: Connection, plan: str, agency_ids: Iterable[str]) -> dict[str, list[OwnLine]]:
    """Return all that agencies owe within the plan's life, rows and sheets too: for the opening letter."""
    query = (
        select(*LINE_COLUMNS, obligations.c.part)
        .where(
            obligations.c.plan == plan,
            obligations.c.agency_id.in_(list(agency_ids)),
        )
        .order_by(obligations.c.last_day, obligations.c.id)
    )
    found: dict[str, list[OwnLine]] = defaultdict(list)
    for row in all_of(connection, OwnLine, query):
        found[row.agency_id].append(row)
    return found
