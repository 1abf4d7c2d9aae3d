"""The columns of an obligation as lists, pages, mails and papers read them: each set said once."""

from __future__ import annotations

from sqlalchemy import Table

from store.clauses import EVENT_TITLE, OnDay, PlanKey, paused_agencies, still_awaited
from store.door import AnyColumn
from store.our_days import proposed
from store.schema import obligations

_o = obligations.c

NAMED: tuple[Table | AnyColumn, ...] = (obligations, EVENT_TITLE)
"""Of a `NamedObligation`: the whole row, with what tells it apart."""
LINE: tuple[AnyColumn, ...] = (
    _o.id.label("obligation_id"),
    _o.key,
    _o.kind,
    _o.item,
    _o.agency_id,
    _o.period,
    _o.last_day,
    _o.delay_reason,
    EVENT_TITLE,
)
"""Of a `DutyLine`."""
DATED_LINE: tuple[AnyColumn, ...] = (*LINE, _o.opened_on, _o.plan_day, _o.ours, _o.why)
"""Of a `DatedLine`."""


def on_day(plan: PlanKey, on: OnDay) -> tuple[Table | AnyColumn, ...]:
    """Return the columns of an `ObligationOnDay`: those of the row, and what its time state follows from."""
    return (
        *NAMED,
        _o.agency_id.in_(paused_agencies(plan, on)).label("paused"),
        still_awaited(on).label("awaited"),
        proposed(plan, on).label("proposed"),
    )
