"""What lies before people on a day: what has newly opened for them, and how it stands when they act."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from obligations.model import WorkState
from obligations.obligation import Obligation
from store.door import all_of, one_of
from store.schema import obligations


@dataclass(frozen=True)
class Standing:
    """Where an obligation stands, and at which version."""

    state: WorkState
    version: int


def newly_open(connection: Connection, plan: str, after: date, until: date) -> list[Obligation]:
    """Return what opened after one day and up to another; rows of cycle reports are left out."""
    query = select(obligations).where(
        obligations.c.plan == plan,
        obligations.c.work_state == WorkState.OPEN,
        obligations.c.opened_on > after,
        obligations.c.opened_on <= until,
        obligations.c.parent_id.is_(None),
    )
    return all_of(connection, Obligation, query.order_by(obligations.c.key))


def standings(connection: Connection, plan: str, keys: Collection[str]) -> dict[str, Standing]:
    """Return how the named obligations stand."""
    query = select(obligations.c.key, obligations.c.work_state, obligations.c.version)
    named = query.where(obligations.c.plan == plan, obligations.c.key.in_(keys))
    return {row.key: Standing(row.work_state, row.version) for row in connection.execute(named)}


def wanted(connection: Connection, plan: str, key: str) -> Obligation | None:
    """Return one obligation as it stands, or None."""
    query = select(obligations).where(obligations.c.plan == plan, obligations.c.key == key)
    return one_of(connection, Obligation, query)
