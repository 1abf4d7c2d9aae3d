"""One mail as it stands: whose, in which state, what was answered, which notices it carries, its bytes."""

from __future__ import annotations

from sqlalchemy import Connection, select

from store.ledger import AnyRow
from store.portal_schema import notes
from store.schema import bounces, message_contents, messages, notices, obligations

MOST_NOTICES = 500


def letter_row(connection: Connection, plan: str, number: int) -> AnyRow | None:
    """Return a message with its bytes and, for one that the portal wrote by itself, of which sort it is."""
    query = (
        select(messages, message_contents.c.content, notes.c.sort.label("note"))
        .outerjoin(message_contents, message_contents.c.message_id == messages.c.id)
        .outerjoin(notes, notes.c.message_id == messages.c.id)
        .where(messages.c.plan == plan, messages.c.id == number)
    )
    return connection.execute(query).one_or_none()


def notices_in(connection: Connection, number: int) -> list[AnyRow]:
    """Return the notices a message carries with the obligations they are about, in their order."""
    query = (
        select(notices, obligations.c.key, obligations.c.kind, obligations.c.period, obligations.c.agency_id)
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .where(notices.c.message_id == number)
        .order_by(notices.c.id)
    )
    return list(connection.execute(query.limit(MOST_NOTICES)))


def bounces_of(connection: Connection, number: int) -> list[AnyRow]:
    """Return what was reported back about a message, oldest first."""
    query = select(bounces).where(bounces.c.message_id == number).order_by(bounces.c.id)
    return list(connection.execute(query))
