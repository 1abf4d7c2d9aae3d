"""Messages made ready to be sent; whatever goes wrong with one of them parks that one alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from notifications.message import build
from notifications.outgoing import Outgoing
from store.access import write_links
from store.outbox import CANCELLED, HELD, NOBODY, drop_content, keep_content, put_back, still_true
from store.rows.portal import NewLink
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.succession import ended_by
from tasks_lib.mailing.mail_faults import explained, is_lost_database
from tasks_lib.mailing.sql.claims import Claimed
from tasks_lib.mailing.together import Together, read_together
from tasks_lib.mailing.wording_first import Unworded, first_words

LOGIN = "login"
"""The sort of note whose bytes are a key, and are not kept once it is sent."""


@dataclass(kw_only=True)
class Ready:
    """Messages that can be sent, with their bytes, and how many had to be parked."""

    pairs: list[tuple[Claimed, Outgoing]] = field(default_factory=list)
    held: int = 0


def ready_to_send(connection: Connection, house: House, rows: list[Claimed], as_of: datetime) -> Ready:
    """Return the messages with their bytes: kept as they were, or rendered from what is valid now.

    A batch is read and written as one; only when that fails is it done again message by message, each within
    a savepoint, so that the fault parks the one it belongs to and undoes nothing of the others.
    """
    try:
        with connection.begin_nested():
            return _prepared(connection, house, rows, as_of)
    except Exception as fault:
        if is_lost_database(fault):
            raise
    found = Ready()
    for row in rows:
        one = _alone(connection, house, row, as_of)
        found.pairs += one.pairs
        found.held += one.held
    return found


def _alone(connection: Connection, house: House, row: Claimed, as_of: datetime) -> Ready:
    try:
        with connection.begin_nested():
            return _prepared(connection, house, [row], as_of)
    except Exception as fault:
        if is_lost_database(fault):
            raise
        put_back(connection, [row.id], HELD, explained(fault))
        return Ready(held=1)


def _prepared(connection: Connection, house: House, rows: list[Claimed], as_of: datetime) -> Ready:
    gone = [row.id for row in rows if ended_by(house, row.recipient_id, local_day(as_of))]
    put_back(connection, gone, CANCELLED, NOBODY)
    rows = [row for row in rows if row.id not in gone]
    fresh = [row for row in rows if row.content is None]
    read = read_together(connection, house, fresh, as_of) if fresh else None
    kept = [row.id for row in rows if row.content is not None]
    # What has been answered since it was rendered is no longer true, and stays here.
    true = still_true(connection, kept, as_of) if kept else set()
    put_back(connection, (key for key in kept if key not in true), CANCELLED)
    for row in rows:
        if row.note == LOGIN and row.id not in true:
            drop_content(connection, row.id)
    ready = Ready()
    links: list[NewLink] = []
    for row in rows:
        outgoing = None
        if row.content is not None and row.id in true:
            outgoing = _kept(house, row, row.content)
        if row.content is None and read is not None:
            try:
                outgoing = _render_first(connection, house, row, read, links)
            except Unworded as fault:
                put_back(connection, [row.id], HELD, str(fault))
                ready.held += 1
        if outgoing is not None:
            ready.pairs.append((row, outgoing))
    write_links(connection, links)
    return ready


def _kept(house: House, row: Claimed, content: bytes) -> Outgoing:
    """Return a message as it was rendered, for the addresses that have not taken it yet."""
    addresses = tuple(a for a in row.addresses if a not in row.accepted)
    return Outgoing(
        message_id=row.message_id,
        envelope_from=house.settings.mail_from,
        addresses=addresses,
        content=content,
    )


def _render_first(
    connection: Connection, house: House, row: Claimed, read: Together, links: list[NewLink]
) -> Outgoing | None:
    """Return a message as it is worded now, its bytes kept, and add the links that it carries."""
    worded = first_words(connection, row, read)
    if worded is None:
        put_back(connection, [row.id], CANCELLED)
        return None
    if not worded.draft.addresses:
        raise Unworded(f"{house.agency(row.recipient_id).name}: chưa có địa chỉ thư dùng được")
    outgoing = build(
        worded.draft.mail,
        worded.rendered,
        message_id=worded.draft.message_id,
        addresses=worded.draft.addresses,
        mail_from=house.settings.mail_from,
        redirect=house.settings.mail_redirect,
    )
    links.extend(worded.draft.links)
    keep_content(connection, row.id, worded.rendered.subject, outgoing.addresses, outgoing.content)
    return outgoing
