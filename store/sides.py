"""Whose something is: what the table of rights has to know before a page is shown."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from store.ledger import AnyRow
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


def side_of_obligation(connection: Connection, plan: str, key: str) -> AnyRow | None:
    """Return the agency and item of an obligation."""
    return connection.execute(_OBLIGATION, {"of_plan": plan, "of_key": key}).one_or_none()


def side_of_evidence(connection: Connection, plan: str, number: int) -> AnyRow | None:
    """Return the agency and item an evidence file belongs to."""
    return connection.execute(_EVIDENCE, {"of_plan": plan, "of_id": number}).one_or_none()


def side_of_message(connection: Connection, plan: str, number: int) -> str | None:
    """Return the agency a message goes to."""
    found: str | None = connection.scalar(
        select(messages.c.recipient_id).where(messages.c.plan == plan, messages.c.id == number)
    )
    return found
