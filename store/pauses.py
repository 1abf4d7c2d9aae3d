"""Pauses of places: written once each, with a line in the history of what they touch."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, Date, String, Text, literal, or_, select

from obligations.model import Kind, WorkState
from obligations.words import day as words
from store.journal import Happening, write
from store.schema import agencies, history, obligations, pauses

OPEN_STATES = (WorkState.OPEN, WorkState.MORE_ASKED)


def write_pause(
    connection: Connection,
    plan: str,
    *,
    place: str,
    from_day: date,
    to_day: date,
    reason: str,
    by: str,
    at: datetime,
    person: str | None = None,
) -> int:
    """Write a pause, or find the same one, and return its id."""
    same = select(pauses.c.id).where(
        pauses.c.plan == plan,
        pauses.c.place_id == place,
        pauses.c.from_day == from_day,
        pauses.c.to_day == to_day,
    )
    found = connection.scalar(same)
    if found is not None:
        return int(found)
    written = connection.execute(
        pauses.insert().values(
            plan=plan, place_id=place, from_day=from_day, to_day=to_day, reason=reason, by=by, at=at
        )
    )
    days = {"from": from_day.isoformat(), "to": to_day.isoformat(), "reason": reason}
    write(
        connection,
        Happening(at=at, plan=plan, what="pause", subject=place, by=by, person=person or "", details=days),
    )
    why = f"tạm dừng từ {words(from_day)} đến {words(to_day)}: {reason}"
    below = or_(agencies.c.id == place, agencies.c.superior_id == place)
    touched = (
        select(
            obligations.c.id,
            literal(at, history.c.at.type),
            literal(by, String),
            literal(person, Text),
            literal("pause"),
            obligations.c.work_state,
            obligations.c.work_state,
            literal(why),
        )
        .join(agencies, agencies.c.id == obligations.c.agency_id)
        .where(
            obligations.c.plan == plan,
            below,
            obligations.c.kind != Kind.ROW,
            obligations.c.work_state.in_(OPEN_STATES),
            obligations.c.opened_on <= literal(to_day, Date),
        )
    )
    columns = ["obligation_id", "at", "by", "person", "what", "from_state", "to_state", "why"]
    connection.execute(history.insert().from_select(columns, touched))
    (key,) = written.inserted_primary_key or (0,)
    return int(key)
