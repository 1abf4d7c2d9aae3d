"""What is looked at before a plan is started: who is reached where, and what is late already."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from store.clauses import overdue
from store.door import all_of
from store.schema import agencies, contacts, obligations


@dataclass(frozen=True, kw_only=True, slots=True)
class Reached:
    """Somebody who owes something, where the mail goes, and how the contacts came to be known."""

    id: str
    tier: str
    invited: bool
    mail_to_id: str
    confirmed_on: date | None
    entered: int


def reached(connection: Connection, plan: str) -> list[Reached]:
    """Return everybody who owes something, where their mail goes, and how their contacts came to be known."""
    owing = select(obligations.c.agency_id).where(obligations.c.plan == plan).distinct()
    query = (
        select(
            agencies.c.id,
            agencies.c.tier,
            agencies.c.invited,
            agencies.c.mail_to_id,
            func.max(contacts.c.confirmed_on).label("confirmed_on"),
            func.count(contacts.c.id).filter(contacts.c.imported).label("entered"),
        )
        .outerjoin(contacts, contacts.c.agency_id == agencies.c.id)
        .where(agencies.c.id.in_(owing))
        .group_by(agencies.c.id, agencies.c.tier, agencies.c.invited, agencies.c.mail_to_id)
        .order_by(agencies.c.id)
    )
    return all_of(connection, Reached, query)


def late_by_kind(connection: Connection, plan: str, on: date) -> Counter[tuple[str, str]]:
    """Count what is past its day by kind and by the level of whoever owes it."""
    query = (
        select(obligations.c.kind, agencies.c.tier, func.count().label("late"))
        .join(agencies, agencies.c.id == obligations.c.agency_id)
        .where(overdue(plan, on))
        .group_by(obligations.c.kind, agencies.c.tier)
    )
    return Counter({(row.kind, row.tier): row.late for row in connection.execute(query)})
