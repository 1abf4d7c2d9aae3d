"""What can be consolidated: the report cycles and the dated tasks of a plan, each once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from obligations.kinds import OfKind
from obligations.model import Kind
from obligations.period import Period
from obligations.states import NO_LONGER_OWED
from store.clauses import OPENED_BY_EVENT
from store.door import all_of
from store.schema import obligations


@dataclass(frozen=True, kw_only=True, slots=True)
class SubjectRow(OfKind):
    """A cycle or a dated task that can be consolidated."""

    kind: Kind
    item: str | None
    period: Period
    first_due: date


def subjects(connection: Connection, plan: str) -> list[SubjectRow]:
    """Return kind, item, period and the first last day of every cycle and dated task of a plan."""
    o = obligations.c
    query = (
        select(o.kind, o.item, o.period, func.min(o.last_day).label("first_due"))
        .where(
            o.plan == plan,
            o.kind.in_((Kind.REPORT, Kind.TASK)),
            o.work_state.not_in(NO_LONGER_OWED),
            # Events have a last day of their own each: nothing of them is reported together.
            ~OPENED_BY_EVENT,
        )
        .group_by(o.kind, o.item, o.period)
        .order_by(func.min(o.last_day), o.period)
    )
    return all_of(connection, SubjectRow, query)
