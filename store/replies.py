"""What the mail server answered for each address of a message: written once, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, func, select

from store.door import all_of
from store.rows import MessageReply
from store.schema import message_replies, messages
from store.telling import tells_of

# Built once: every mail writes some.
_KEEP = message_replies.insert()


def keep_replies(connection: Connection, rows: Sequence[Mapping[str, object]]) -> None:
    """Write down what was answered in one try, a row for each address; the columns are the table's."""
    if rows:
        connection.execute(_KEEP, list(rows))


def replies_of(connection: Connection, message_ids: Iterable[int]) -> dict[int, list[MessageReply]]:
    """Return all that was answered for messages, the oldest first: at, address, accepted, stage, code, text.

    An address has taken a message when one of its rows is `accepted`; the last row says how it stands else. A
    row of stage "final" without a code and not accepted means: unknown whether the server has kept it.
    """
    query = select(message_replies).where(message_replies.c.message_id.in_(list(message_ids)))
    found: dict[int, list[MessageReply]] = {}
    for row in all_of(connection, MessageReply, query.order_by(message_replies.c.id)):
        found.setdefault(row.message_id, []).append(row)
    return found


def last_replies(connection: Connection, plan: str) -> dict[int, MessageReply]:
    """Return the newest answer by message of a plan."""
    newest = (
        select(func.max(message_replies.c.id))
        .join(messages, messages.c.id == message_replies.c.message_id)
        .where(tells_of(plan))
        .group_by(message_replies.c.message_id)
    )
    query = select(message_replies).where(message_replies.c.id.in_(newest))
    return {row.message_id: row for row in all_of(connection, MessageReply, query)}
