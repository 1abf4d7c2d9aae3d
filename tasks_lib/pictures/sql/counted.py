"""What pictures count: the one reckoning by agency, item and day; the notices by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, func, select

from obligations.board import Sight
from obligations.model import Role
from obligations.reckoning import Share
from store.door import Query, all_of
from store.reckoning import dated, share
from store.schema import notices, obligations
from tasks_lib.board.sql.board import Day, o, seen

# Putting a statement together costs as much as running it; one day's are the same for all who see the same.
_once = lru_cache(maxsize=32)


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """Of whose duties, and of which, a picture is."""

    sight: Sight
    item: str | None = None
    units: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """How many duties of one agency and item with one last day, done on one day or not, stand in a column."""

    agency: str
    item: str | None
    last_day: date
    done_on: date | None
    share: Share
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StepCount:
    """How many notices of one step went to one sort of recipient."""

    step: str
    template: str
    role: Role
    total: int


def _conditions(day: Day, narrowed: Narrowed) -> list[ColumnElement[bool]]:
    found = [*dated(day.plan), *seen(narrowed.sight)]
    if narrowed.item is not None:
        found.append(o.item == narrowed.item)
    if narrowed.units is not None:
        found.append(o.agency_id.in_(narrowed.units))
    return found


@_once
def _days_query(day: Day, narrowed: Narrowed) -> Query:
    by = (o.agency_id, o.item, o.last_day, o.done_on)
    return (
        select(*by, share(day.plan, day.on).label("share"), func.count())
        .where(*_conditions(day, narrowed))
        .group_by(*by, "share")
    )


def by_days(connection: Connection, day: Day, narrowed: Narrowed) -> tuple[Days, ...]:
    """Count the dated duties by agency, item, last day, the day they were done on, and column."""
    return tuple(
        Days(
            agency=agency,
            item=item,
            last_day=last_day,
            done_on=done_on,
            share=Share(column),
            total=number,
        )
        for agency, item, last_day, done_on, column, number in connection.execute(_days_query(day, narrowed))
    )


@_once
def _steps_query(day: Day, narrowed: Narrowed) -> Query:
    n = notices.c
    return (
        select(n.step, n.template, n.role, func.count().label("total"))
        .select_from(notices.join(obligations, o.id == n.obligation_id))
        .where(n.recorded_on <= day.on, *_conditions(day, narrowed))
        .group_by(n.step, n.template, n.role)
    )


def by_step(connection: Connection, day: Day, narrowed: Narrowed) -> list[StepCount]:
    """Count the notices that have been recorded by a day, by step and recipient's role."""
    return all_of(connection, StepCount, _steps_query(day, narrowed))
