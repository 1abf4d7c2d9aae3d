"""Events that opened a task: written, found again, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from store.door import all_of, one_of
from store.rows import RecordedEvent
from store.schema import events, history, obligations

RECORDED = "event"
"""What the history says of an event that was recorded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewEvent:
    """An event to be written down."""

    plan: str
    item: str
    agency: str
    on: date
    title: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownEvent:
    """What an event that has been recorded before opened, and the line of history that says so."""

    key: str
    history_id: int


def recorded_events(connection: Connection, plan: str) -> list[RecordedEvent]:
    """Return all events of a plan."""
    return all_of(connection, RecordedEvent, select(events).where(events.c.plan == plan))


def event_behind(connection: Connection, obligation: int) -> RecordedEvent | None:
    """Return the event that opened an obligation, if one did."""
    return one_of(connection, RecordedEvent, select(events).where(events.c.obligation_id == obligation))


def same_event(
    connection: Connection, plan: str, item: str, agency: str, on: date, title: str
) -> KnownEvent | None:
    """Return what the same event opened when it was recorded before."""
    query = (
        select(obligations.c.key, history.c.id.label("history_id"))
        .select_from(events)
        .join(obligations, obligations.c.id == events.c.obligation_id)
        .join(history, history.c.obligation_id == obligations.c.id)
        .where(
            history.c.what == RECORDED,
            events.c.plan == plan,
            events.c.item == item,
            events.c.agency_id == agency,
            events.c.on == on,
            events.c.title == title,
        )
        .order_by(history.c.id)
    )
    return next(iter(all_of(connection, KnownEvent, query)), None)


def next_number(connection: Connection, plan: str, item: str) -> int:
    """Return the number of an item's next event."""
    numbered = select(func.max(events.c.number)).where(events.c.plan == plan, events.c.item == item)
    return (connection.scalar(numbered) or 0) + 1


def write_event(connection: Connection, event: NewEvent, number: int, obligation: int) -> None:
    """Write an event with the obligation it opened."""
    connection.execute(
        events.insert().values(
            plan=event.plan,
            item=event.item,
            number=number,
            agency_id=event.agency,
            on=event.on,
            title=event.title,
            recorded_by=event.by,
            recorded_at=event.at,
            obligation_id=obligation,
        )
    )


def note_withdrawn(connection: Connection, event: RecordedEvent, reason: str) -> None:
    """Write down why an event was withdrawn."""
    connection.execute(events.update().where(events.c.id == event.id).values(withdrawn=reason))
