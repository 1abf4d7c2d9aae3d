"""Whose something is: what the table of rights has to know before a page is shown."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from store.door import one_of
from store.schema import evidence, messages, obligations, reports

_OBLIGATION = select(obligations.c.agency_id, obligations.c.item).where(
    obligations.c.plan == bindparam("of_plan"), obligations.c.key == bindparam("of_key")
)
_EVIDENCE = (
    select(obligations.c.agency_id, obligations.c.item)
    .join(reports, reports.c.obligation_id == obligations.c.id)
    .join(evidence, evidence.c.report_id == reports.c.id)
    .where(obligations.c.plan == bindparam("of_plan"), evidence.c.id == bindparam("of_id"))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """Whose something is, and of which item."""

    agency_id: str
    item: str | None


def side_of_obligation(connection: Connection, plan: str, key: str) -> Side | None:
    """Return the agency and item of an obligation."""
    return one_of(connection, Side, _OBLIGATION, {"of_plan": plan, "of_key": key})


def side_of_evidence(connection: Connection, plan: str, number: int) -> Side | None:
    """Return the agency and item an evidence file belongs to."""
    return one_of(connection, Side, _EVIDENCE, {"of_plan": plan, "of_id": number})


def side_of_message(connection: Connection, plan: str, number: int) -> str | None:
    """Return the agency a message goes to."""
    found: str | None = connection.scalar(
        select(messages.c.recipient_id).where(messages.c.plan == plan, messages.c.id == number)
    )
    return found
