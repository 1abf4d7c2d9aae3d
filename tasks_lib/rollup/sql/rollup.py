"""What units have said, read for a whole place and all periods of a year in one query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from obligations.calendar import ZONE
from obligations.figures import Figures
from obligations.kinds import OfKind
from obligations.model import Kind, Part, WorkState
from obligations.period import Period
from obligations.states import NO_LONGER_OWED
from store.clauses import EVENT_TITLE
from store.door import all_of
from store.our_days import proposed
from store.schema import obligations, reports, standing_over
from tasks_lib.rounds.sql.outlook import HANDED_IN

STILL_OWED = (WorkState.WAITING, WorkState.OPEN)

Subject = tuple[str, str, str | None, str]
"""(reviewer, kind, item, period)"""


@dataclass(frozen=True, kw_only=True, slots=True)
class SigningOff:
    """A report at hand of who consolidates the units below."""

    id: int
    agency_id: str
    kind: Kind
    item: str | None
    period: Period
    work_state: WorkState


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whose reports are read; None wants all."""

    plan: str
    kinds: Collection[Kind]
    agencies: Collection[str] | None = None
    under: str | None = None
    """Only those directly below this agency."""
    at: str | None = None
    """Only this agency and those directly below it."""
    without: str | None = None
    item: str | None = None
    items: Collection[str] | None = None
    part: Part | None = None
    year: int | None = None
    """Only periods named by it."""
    period: Period | None = None


@dataclass(frozen=True, kw_only=True)
class Heard(OfKind):
    """One obligation with what its unit had said by an instant."""

    key: str
    kind: Kind
    item: str | None
    agency: str
    part: Part
    period: Period
    last_day: date
    state: WorkState
    done_on: date | None
    proposed: bool
    """Whether its last day is, or when it was done was, only proposed."""
    reason: str
    """Of the delay, as the unit stated it."""
    event: str
    """The title of the event that opened it; empty where none did."""
    handed_in: bool
    version: int = 0
    """Of the newest report; 0 where nothing of its own was entered."""
    text: str = ""
    difficulty: str = ""
    figures: Figures = field(default_factory=dict)
    figures_version: int = 0
    estimates: Figures = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class HeardRow(OfKind):
    """One version of what a unit said, or that it said nothing."""

    key: str
    kind: Kind
    item: str | None
    agency_id: str
    part: Part
    period: Period
    last_day: date
    work_state: WorkState
    done_on: date | None
    proposed: bool
    delay_reason: str | None
    event: str
    version: int | None
    text: str | None
    difficulty: str | None
    figures: Figures | None
    estimates: Figures | None
    document_id: int | None


def heard(connection: Connection, reach: Reach, until: datetime) -> list[Heard]:
    """Return what units had said by an instant, cancelled duties apart; states are today's."""
    told = and_(reports.c.obligation_id == obligations.c.id, reports.c.entered_at <= until)
    query = (
        select(
            obligations.c.key,
            obligations.c.kind,
            obligations.c.item,
            obligations.c.agency_id,
            obligations.c.part,
            obligations.c.period,
            obligations.c.last_day,
            obligations.c.work_state,
            obligations.c.done_on,
            proposed(reach.plan, until.astimezone(ZONE).date()).label("proposed"),
            obligations.c.delay_reason,
            EVENT_TITLE,
            reports.c.version,
            reports.c.text,
            reports.c.difficulty,
            reports.c.figures,
            reports.c.estimates,
            reports.c.document_id,
        )
        .outerjoin(reports, told)
        .where(*_reached(reach))
        .order_by(obligations.c.id, reports.c.version)
    )
    versions: dict[str, list[HeardRow]] = {}
    for row in all_of(connection, HeardRow, query):
        versions.setdefault(row.key, []).append(row)
    return [_folded(rows, until) for rows in versions.values()]


def _reached(reach: Reach) -> list[ColumnElement[bool]]:
    chosen = [obligations.c.plan == reach.plan, obligations.c.kind.in_(list(reach.kinds))]
    chosen.append(obligations.c.work_state.not_in(NO_LONGER_OWED))
    over = standing_over.c
    below = select(over.agency_id).where(over.over_id == (reach.under or reach.at))
    if reach.under is not None:
        chosen.append(obligations.c.agency_id.in_(below))
    if reach.at is not None:
        chosen.append(or_(obligations.c.agency_id == reach.at, obligations.c.agency_id.in_(below)))
    if reach.agencies is not None:
        chosen.append(obligations.c.agency_id.in_(list(reach.agencies)))
    if reach.without is not None:
        chosen.append(obligations.c.agency_id != reach.without)
    if reach.items is not None:
        chosen.append(obligations.c.item.in_(list(reach.items)))
    if reach.year is not None:
        chosen.append(obligations.c.period.startswith(f"{reach.year}-"))
    pairs = (
        (obligations.c.item, reach.item),
        (obligations.c.part, reach.part),
        (obligations.c.period, reach.period),
    )
    return [*chosen, *(column == value for column, value in pairs if value is not None)]


def _folded(rows: list[HeardRow], until: datetime) -> Heard:
    """Fold the versions of one report: the newest counts.

    A signed document carries no figures of its own, so what the unit entered before it stands.
    """
    newest = rows[-1]
    with_figures = next((r for r in reversed(rows) if r.figures or r.document_id is None), newest)
    return Heard(
        key=newest.key,
        kind=newest.kind,
        item=newest.item,
        agency=newest.agency_id,
        part=newest.part,
        period=newest.period,
        last_day=newest.last_day,
        state=newest.work_state,
        done_on=newest.done_on,
        proposed=newest.proposed,
        reason=newest.delay_reason or "",
        event=newest.event,
        handed_in=_handed_in(newest, until),
        version=newest.version or 0,
        text=newest.text or "",
        difficulty=newest.difficulty or "",
        figures=with_figures.figures or {},
        figures_version=with_figures.version or 0,
        estimates=with_figures.estimates or {},
    )


def _handed_in(row: HeardRow, until: datetime) -> bool:
    """Whether it had been answered; a row by its cycle report, "not competent" by the superior."""
    if row.work_state not in HANDED_IN:
        return False
    if row.version is not None:
        return True
    by_others = row.is_row or row.work_state == WorkState.NOT_COMPETENT
    return by_others and row.done_on is not None and row.done_on <= until.astimezone(ZONE).date()


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedTo:
    """What a unit owes a reviewer of one subject."""

    key: str
    agency_id: str
    work_state: WorkState


def owed_to(connection: Connection, plan: str, subject: Subject) -> list[OwedTo]:
    """Return what the units below owe a reviewer of one subject, handed in or not, in the list's order."""
    reviewer, kind, item, period = subject
    query = select(obligations.c.key, obligations.c.agency_id, obligations.c.work_state).where(
        obligations.c.plan == plan,
        obligations.c.reviewer_id == reviewer,
        obligations.c.agency_id != reviewer,
        obligations.c.kind == kind,
        obligations.c.item.is_not_distinct_from(item),
        obligations.c.period == period,
        obligations.c.work_state.not_in(NO_LONGER_OWED),
    )
    return all_of(connection, OwedTo, query.order_by(obligations.c.agency_id))


def owed_below(connection: Connection, plan: str, items: Iterable[str]) -> Counter[Subject]:
    """Count what has not reached each reviewer of the cycle reports, and of the named items' tasks."""
    o = obligations.c
    subject = (o.reviewer_id, o.kind, o.item, o.period)
    query = select(*subject).where(
        o.plan == plan,
        o.agency_id != o.reviewer_id,
        o.work_state.in_(STILL_OWED),
        or_(o.kind == Kind.REPORT, and_(o.kind == Kind.TASK, o.item.in_(list(items)))),
    )
    return Counter((row[0], row[1], row[2], row[3]) for row in connection.execute(query))
