"""What can be consolidated: the report cycles and the dated tasks of a plan, each once."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from obligations.model import Kind, WorkState
from store.ledger import AnyRow
from store.schema import obligations


def subjects(connection: Connection, plan: str) -> list[AnyRow]:
    """Return kind, item, period and the first last day of every cycle and dated task of a plan."""
    o = obligations.c
    query = (
        select(o.kind, o.item, o.period, func.min(o.last_day).label("first_due"))
        .where(
            o.plan == plan,
            o.kind.in_((Kind.REPORT, Kind.TASK)),
            o.work_state != WorkState.CANCELLED,
            # Events have a last day of their own each: nothing of them is reported together.
            ~o.period.startswith("e-"),
        )
        .group_by(o.kind, o.item, o.period)
        .order_by(func.min(o.last_day), o.period)
    )
    return list(connection.execute(query))
