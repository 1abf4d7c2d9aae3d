"""How duties stand on a day, one by one, by the column of the one reckoning."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from obligations.model import Kind, WorkState
from obligations.obligation import DatedLine
from obligations.period import Period
from obligations.reckoning import Share
from obligations.states import NO_LONGER_OWED
from store.door import all_of
from store.duties import DATED_LINE
from store.reckoning import dated, share
from store.schema import obligations

o = obligations.c


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingLine(DatedLine):
    """A dated duty with the column it is counted in."""

    work_state: WorkState
    done_on: date | None
    column: str

    @property
    def share(self) -> Share:
        """The column of the one reckoning."""
        return Share(self.column)


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedLine:
    """What a body that is only invited is asked for in a cycle."""

    agency_id: str
    item: str
    last_day: date


def asked_lines(
    connection: Connection, plan: str, period: Period, agencies: Collection[str]
) -> list[AskedLine]:
    """Return what some invited bodies are asked for in a cycle, in the order of the plan."""
    query = (
        select(o.agency_id, o.item, o.last_day)
        .where(
            o.plan == plan,
            o.kind == Kind.ROW,
            o.period == period,
            o.agency_id.in_(list(agencies)),
            o.work_state.not_in([*NO_LONGER_OWED]),
        )
        .order_by(o.agency_id, o.id)
    )
    return all_of(connection, AskedLine, query)


def standing_lines(
    connection: Connection,
    plan: str,
    on: date,
    agencies: Collection[str],
    items: Sequence[str] = (),
) -> list[StandingLine]:
    """Return what some agencies owe of some items, or of all, with the column each is counted in."""
    query = select(*DATED_LINE, o.work_state, o.done_on, share(plan, on).label("column")).where(
        *dated(plan), o.agency_id.in_(list(agencies)), o.opened_on <= on
    )
    if items:
        query = query.where(o.item.in_(list(items)))
    return all_of(connection, StandingLine, query.order_by(o.last_day, o.id))
