"""The outbox: notices become messages, messages are sent, tried again, given up or parked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, and_, bindparam, case, or_, select, union

from store.schema import message_contents, messages, notes, notices, weekly_lines

WAITING, SENDING, SENT, RETRY = "waiting", "sending", "sent", "retry"
DEAD, CANCELLED, HELD, BOUNCED = "dead", "cancelled", "held", "bounced"
NOBODY = "đơn vị đã kết thúc hoạt động"
"""Why what was for somebody who is no more, or an entry about them, is cancelled."""
OF_A_NOTICE = (
    *("plan", "obligation_id", "item", "leg_id", "step"),
    *("meant_for_id", "fires_on", "template", "missed", "streak"),
)
"""What a notice that is recorded once more, for somebody else, keeps of the one before."""
IS_NOTE = messages.c.id.in_(select(notes.c.message_id))
"""A mail the portal wrote at once: its bytes are ready, and no notice stands behind it."""

# Built once: every mail is marked by itself, and putting these together cost more than running them.
_MARK_SENT = (
    messages.update()
    .where(messages.c.id == bindparam("of_message"), messages.c.state == SENDING)
    .values(state=SENT, sent_at=bindparam("at"), error=None, claimed_by=None, claimed_until=None)
)
_FOLLOW = (
    notices.update()
    .where(notices.c.message_id == bindparam("of_message"), notices.c.state == WAITING)
    .values(state=bindparam("becomes"))
)


def left_on(connection: Connection, plan: str, on: date, recipients: Iterable[str]) -> list[str]:
    """Return those recipients whose mail of a day has been sent."""
    query = (
        select(messages.c.recipient_id)
        .where(
            messages.c.plan == plan,
            messages.c.mail_on == on,
            messages.c.recipient_id.in_(list(recipients)),
            messages.c.state == SENT,
            ~IS_NOTE,
        )
        .distinct()
    )
    return sorted(connection.scalars(query))


def still_true(connection: Connection, keys: list[int], at: datetime) -> set[int]:
    """Return those messages of which a notice or a weekly line still stands, and notes still in time."""
    told = select(notices.c.message_id).where(notices.c.message_id.in_(keys), notices.c.state == WAITING)
    lines = select(weekly_lines.c.message_id).where(weekly_lines.c.message_id.in_(keys))
    fresh = or_(notes.c.expires_at.is_(None), notes.c.expires_at > at)
    written = select(notes.c.message_id).where(notes.c.message_id.in_(keys), fresh)
    return {key for key in connection.scalars(union(told, lines, written)) if key is not None}


def keep_content(
    connection: Connection, key: int, subject: str, addresses: Iterable[str], content: bytes
) -> None:
    """Keep a message's bytes, so that a repeat sends the same."""
    connection.execute(
        messages.update().where(messages.c.id == key).values(subject=subject, addresses=list(addresses))
    )
    connection.execute(message_contents.insert().values(message_id=key, content=content))


def drop_content(connection: Connection, key: int) -> None:
    """Forget the bytes of a message that nobody may send, or read, again."""
    connection.execute(message_contents.delete().where(message_contents.c.message_id == key))


def mark_sent(connection: Connection, key: int, at: datetime) -> None:
    """Mark a message as taken by the server for every address."""
    connection.execute(_MARK_SENT, {"of_message": key, "at": at})
    _notices_of(connection, key, SENT)


def mark_failed(
    connection: Connection,
    key: int,
    error: str,
    next_try_at: datetime | None,
    accepted: list[str],
    failing_since: datetime,
) -> None:
    """Mark a try as failed: tried again at an instant, or given up when there is none."""
    state = DEAD if next_try_at is None else RETRY
    values: dict[str, object] = {
        "state": state,
        "error": error,
        "accepted": accepted,
        "failing_since": failing_since,
    }
    if next_try_at is not None:
        values["next_try_at"] = next_try_at
    connection.execute(
        messages.update()
        .where(messages.c.id == key, messages.c.state == SENDING)
        .values(claimed_by=None, claimed_until=None, **values)
    )
    if next_try_at is None:
        _notices_of(connection, key, DEAD)


def uncount(connection: Connection, keys: Iterable[int], next_try_at: datetime) -> None:
    """Take back tries that were nobody's fault but the server's; what was given up by them waits again."""
    blameless = and_(messages.c.id.in_(list(keys)), messages.c.state.in_([RETRY, DEAD]))
    revived = list(connection.scalars(select(messages.c.id).where(blameless, messages.c.state == DEAD)))
    _notices_again(connection, revived, [DEAD])
    connection.execute(
        messages.update()
        .where(blameless)
        .values(
            state=RETRY,
            attempts=messages.c.attempts - 1,
            next_try_at=next_try_at,
            failing_since=case((messages.c.attempts > 1, messages.c.failing_since)),
        )
    )


def put_back(connection: Connection, keys: Iterable[int], state: str, error: str | None = None) -> None:
    """Take claimed messages out of the queue untried: cancelled for want of news, or held for a fault."""
    connection.execute(
        messages.update()
        .where(messages.c.id.in_(list(keys)), messages.c.state == SENDING)
        .values(
            state=state,
            error=error,
            claimed_by=None,
            claimed_until=None,
            attempts=messages.c.attempts - 1,
        )
    )


def hold_notice(connection: Connection, key: int, error: str) -> None:
    """Park a notice that cannot be rendered, with its fault, so that the others leave."""
    connection.execute(notices.update().where(notices.c.id == key).values(state=HELD, error=error))


def revive(connection: Connection, plan: str, at: datetime, keys: list[int] | None) -> int:
    """Try dead, held and bounced messages again; return how many.

    What no server has taken is worded and addressed anew, for a contact may have been mended since; a notice
    parked from a message that left without it goes into a message of its own. A note stays as it was written.
    """
    chosen = and_(messages.c.plan == plan, messages.c.state.in_([DEAD, HELD, BOUNCED]))
    if keys is not None:
        chosen = and_(chosen, messages.c.id.in_(keys))
    columns = (messages.c.id, messages.c.accepted, IS_NOTE.label("note"))
    found = connection.execute(select(*columns).where(chosen)).all()
    ids = [row.id for row in found]
    _free_parked(connection, plan, ids)
    untaken = [row.id for row in found if not row.accepted and not row.note]
    connection.execute(message_contents.delete().where(message_contents.c.message_id.in_(untaken)))
    again = {
        "state": RETRY,
        "attempts": 0,
        "next_try_at": at,
        "failing_since": None,
        "sent_at": None,
        "handed_on_at": None,
    }
    connection.execute(messages.update().where(messages.c.id.in_(ids)).values(**again))
    return len(ids)


def _free_parked(connection: Connection, plan: str, ids: list[int]) -> None:
    _notices_again(connection, ids, [DEAD, HELD, BOUNCED])
    left = select(messages.c.id).where(messages.c.plan == plan, messages.c.state == SENT)
    connection.execute(
        notices.update()
        .where(notices.c.plan == plan, notices.c.state == HELD, notices.c.message_id.in_(left))
        .values(state=WAITING, error=None, message_id=None)
    )


def _notices_again(connection: Connection, ids: Iterable[int], states: list[str]) -> None:
    connection.execute(
        notices.update()
        .where(notices.c.message_id.in_(list(ids)), notices.c.state.in_(states))
        .values(state=WAITING, error=None)
    )


def _notices_of(connection: Connection, key: int, state: str) -> None:
    connection.execute(_FOLLOW, {"of_message": key, "becomes": state})
