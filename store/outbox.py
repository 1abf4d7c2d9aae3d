"""The outbox: notices become messages, messages are claimed under a lease, sent, retried or given up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select, union

from store.clauses import paused_agencies
from store.holds import held_on
from store.ledger import AnyRow
from store.plans import lock
from store.portal_schema import notes
from store.schema import message_contents, messages, notices, weekly_lines

WAITING, SENDING, SENT, RETRY = "waiting", "sending", "sent", "retry"
DEAD, CANCELLED, HELD, BOUNCED = "dead", "cancelled", "held", "bounced"
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


def bundle(
    connection: Connection, plan: str, on: date, at: datetime, domain: str, *, although_held: bool = False
) -> int:
    """Put every recipient's notices whose mail is due into one message; return how many messages.

    What is held back that day stays out, so that it joins the next day's message.
    """
    lock(connection, plan)
    held = [] if although_held else held_on(connection, plan, on)
    unsent = and_(
        notices.c.plan == plan,
        notices.c.message_id.is_(None),
        notices.c.state == WAITING,
        notices.c.mail_on <= on,
        # A pause recorded after the sweep holds its place's mail until it is over.
        notices.c.recipient_id.not_in(paused_agencies(plan, on)),
    )
    lines = and_(
        weekly_lines.c.plan == plan, weekly_lines.c.message_id.is_(None), weekly_lines.c.mail_on <= on
    )
    due = union(
        select(notices.c.recipient_id).where(unsent), select(weekly_lines.c.recipient_id).where(lines)
    )
    recipients = sorted(set(connection.scalars(due)) - set(held))
    if not recipients:
        return 0
    had = _todays(connection, plan, on, func.count())
    connection.execute(
        messages.insert(), [_new_message(plan, r, on, at, domain, had.get(r, 0) + 1) for r in recipients]
    )
    newest = _todays(connection, plan, on, func.max(messages.c.id))
    pairs = [{"message": newest[r], "recipient": r} for r in recipients]
    for lines_of, waiting in ((notices, unsent), (weekly_lines, lines)):
        theirs = and_(waiting, lines_of.c.recipient_id == bindparam("recipient"))
        connection.execute(lines_of.update().where(theirs).values(message_id=bindparam("message")), pairs)
    return len(recipients)


def _todays(connection: Connection, plan: str, on: date, what: ColumnElement[int]) -> dict[str, int]:
    """Return something about each recipient's messages of a day, notes apart."""
    todays = and_(messages.c.plan == plan, messages.c.mail_on == on, ~IS_NOTE)
    query = select(messages.c.recipient_id, what.label("found")).where(todays)
    return {r.recipient_id: r.found for r in connection.execute(query.group_by(messages.c.recipient_id))}


def _new_message(
    plan: str, recipient: str, on: date, at: datetime, domain: str, number: int
) -> dict[str, object]:
    return {
        "plan": plan,
        "recipient_id": recipient,
        "mail_on": on,
        "state": WAITING,
        # Derived from what it is, so that a repeat after a crash can be told by its id.
        "message_id": f"<{plan}.{recipient}.{on:%Y%m%d}.{number}@{domain}>",
        "addresses": [],
        "accepted": [],
        "attempts": 0,
        "next_try_at": at,
    }


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Who claims messages, at what instant of the plan's time, and until when by the real clock."""

    plan: str
    owner: str
    on: date
    at: datetime
    now: datetime
    lease: timedelta
    is_gone: Callable[[str], bool]
    """Whether another owner is known to have died, so that its lease need not run out."""
    notes_only: bool = False


def claim(connection: Connection, claim: Claim, limit: int) -> list[AnyRow]:
    """Take up to `limit` messages for sending; the guarded update tells which were won.

    A recipient whose mail is held back that day gets notes only.
    """
    held = messages.c.recipient_id.in_(held_on(connection, claim.plan, claim.on))
    wanted = IS_NOTE if claim.notes_only else or_(~held, IS_NOTE)
    mine = and_(messages.c.plan == claim.plan, wanted)
    ready = and_(messages.c.state.in_([WAITING, RETRY]), messages.c.next_try_at <= claim.at)
    abandoned = _abandoned(connection, claim)
    query = select(messages.c.id).where(mine, or_(ready, abandoned)).order_by(messages.c.id)
    ids = list(connection.scalars(query.limit(limit).with_for_update(skip_locked=True)))
    won = connection.execute(
        messages.update()
        .where(messages.c.id.in_(ids), or_(ready, abandoned))
        .values(
            state=SENDING,
            claimed_by=claim.owner,
            claimed_until=claim.now + claim.lease,
            attempts=messages.c.attempts + 1,
        )
        .returning(messages.c.id)
    )
    taken = [row.id for row in won]
    found = (
        select(messages, message_contents.c.content, notes.c.sort.label("note"))
        .outerjoin(message_contents, message_contents.c.message_id == messages.c.id)
        .outerjoin(notes, notes.c.message_id == messages.c.id)
        .where(messages.c.id.in_(taken))
        .order_by(messages.c.id)
    )
    return list(connection.execute(found))


def _abandoned(connection: Connection, claim: Claim) -> Any:  # noqa: ANN401 - a SQL condition
    """Describe messages in sending whose claimer's lease has run out, or who is known to be gone."""
    owners = select(messages.c.claimed_by).where(messages.c.state == SENDING).distinct()
    gone = [owner for owner in connection.scalars(owners) if owner and claim.is_gone(owner)]
    return and_(
        messages.c.state == SENDING,
        or_(messages.c.claimed_until < claim.now, messages.c.claimed_by.in_(gone)),
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


def renew(connection: Connection, claim: Claim, keys: list[int]) -> set[int]:
    """Prolong the claim on messages still to be sent; return those that are still this owner's."""
    mine = connection.execute(
        messages.update()
        .where(messages.c.id.in_(keys), messages.c.state == SENDING, messages.c.claimed_by == claim.owner)
        .values(claimed_until=claim.now + claim.lease)
        .returning(messages.c.id)
    )
    return {row.id for row in mine}


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
    connection: Connection, key: int, error: str, next_try_at: datetime | None, accepted: list[str]
) -> None:
    """Mark a try as failed: tried again at an instant, or given up when there is none."""
    state = DEAD if next_try_at is None else RETRY
    values: dict[str, Any] = {"state": state, "error": error, "accepted": accepted}
    if next_try_at is not None:
        values["next_try_at"] = next_try_at
    connection.execute(
        messages.update()
        .where(messages.c.id == key, messages.c.state == SENDING)
        .values(claimed_by=None, claimed_until=None, **values)
    )
    if next_try_at is None:
        _notices_of(connection, key, DEAD)


def put_back(connection: Connection, keys: Iterable[int], state: str, error: str | None = None) -> None:
    """Give claimed messages back untried: waiting again, cancelled for want of news, or held for a fault."""
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
    again = {"state": RETRY, "attempts": 0, "next_try_at": at, "sent_at": None, "handed_on_at": None}
    connection.execute(messages.update().where(messages.c.id.in_(ids)).values(**again))
    return len(ids)


def _free_parked(connection: Connection, plan: str, ids: list[int]) -> None:
    connection.execute(
        notices.update()
        .where(notices.c.message_id.in_(ids), notices.c.state.in_([DEAD, HELD, BOUNCED]))
        .values(state=WAITING, error=None)
    )
    left = select(messages.c.id).where(messages.c.plan == plan, messages.c.state == SENT)
    connection.execute(
        notices.update()
        .where(notices.c.plan == plan, notices.c.state == HELD, notices.c.message_id.in_(left))
        .values(state=WAITING, error=None, message_id=None)
    )


def _notices_of(connection: Connection, key: int, state: str) -> None:
    connection.execute(_FOLLOW, {"of_message": key, "becomes": state})
