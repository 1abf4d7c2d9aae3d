"""Pauses of places: written, changed, withdrawn, each with a line in the history of what they touch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Date, String, Text, literal, or_, select, true

from obligations.model import Kind
from obligations.pauses import stretch
from obligations.states import WITH_THE_UNIT
from store.actor import current_actor
from store.clauses import stands_over
from store.door import one_of
from store.journal import Happening, write
from store.rows import PauseRow
from store.schema import agencies, history, obligations, pauses

PAUSE, CHANGE, WITHDRAW = "pause", "pause-change", "pause-withdraw"


@dataclass(frozen=True, kw_only=True)
class Who:
    """Who does something to a pause, and when."""

    by: str
    at: datetime
    person: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rest:
    """A stretch of days over which a place rests."""

    place: str
    from_day: date
    to_day: date | None
    """None while nobody knows the end."""
    reason: str
    everywhere: bool = False
    """It is the top body's, and everybody's."""


def write_pause(connection: Connection, plan: str, rest: Rest, who: Who) -> int:
    """Write a pause, or find the same one, and return its id."""
    days = {"plan": plan, "place_id": rest.place, "from_day": rest.from_day, "to_day": rest.to_day}
    same = (pauses.c[name].is_not_distinct_from(value) for name, value in days.items())
    found = connection.scalar(select(pauses.c.id).where(*same, pauses.c.withdrawn.is_(None)))
    if found is not None:
        return int(found)
    told = {"everywhere": rest.everywhere, "reason": rest.reason, "by": who.by, "at": who.at}
    written = connection.execute(pauses.insert().values(**days, **told))
    (key,) = written.inserted_primary_key or (0,)
    pause = pause_row(connection, plan, int(key))
    assert pause is not None
    _tell(connection, pause, who, PAUSE, f"tạm dừng {stretch(rest.from_day, rest.to_day)}: {rest.reason}")
    return int(key)


def pause_row(connection: Connection, plan: str, number: int) -> PauseRow | None:
    """Return a pause by its number, locked where the database can."""
    query = select(pauses).where(pauses.c.plan == plan, pauses.c.id == number)
    return one_of(connection, PauseRow, query.with_for_update())


def move_end(connection: Connection, pause: PauseRow, to_day: date | None, reason: str, who: Who) -> None:
    """Let a pause end on another day, or on none that is known."""
    connection.execute(pauses.update().where(pauses.c.id == pause.id).values(to_day=to_day))
    why = f"tạm dừng {stretch(pause.from_day, pause.to_day)} đổi thành {stretch(pause.from_day, to_day)}"
    _tell(connection, pause, who, CHANGE, f"{why}: {reason}" if reason else why, until=to_day)


def withdraw_pause(connection: Connection, pause: PauseRow, reason: str, who: Who) -> None:
    """Withdraw a pause as if it had never been; the row stays with the reason."""
    connection.execute(pauses.update().where(pauses.c.id == pause.id).values(withdrawn=reason))
    why = f"rút đợt tạm dừng {stretch(pause.from_day, pause.to_day)}: {reason}"
    _tell(connection, pause, who, WITHDRAW, why)


def _tell(
    connection: Connection, pause: PauseRow, who: Who, what: str, why: str, until: date | None = None
) -> None:
    """Write it into the journal, and into the history of all that is open in the place by the pause's end."""
    _say(connection, pause, who, what, why, until)
    ends = [pause.to_day, until] if what == CHANGE else [pause.to_day]
    by_the_end = (
        true() if None in ends else obligations.c.opened_on <= literal(max(e for e in ends if e), Date)
    )
    place = pause.place_id
    covered = true() if pause.everywhere else or_(agencies.c.id == place, stands_over(literal(place)))
    touched = (
        select(
            obligations.c.id,
            literal(who.at, history.c.at.type),
            literal(who.by, String),
            literal(who.person, Text),
            literal(current_actor().os_user or None, Text),
            literal(what),
            obligations.c.work_state,
            obligations.c.work_state,
            literal(why),
        )
        .join(agencies, agencies.c.id == obligations.c.agency_id)
        .where(
            obligations.c.plan == pause.plan,
            covered,
            obligations.c.kind != Kind.ROW,
            obligations.c.work_state.in_(WITH_THE_UNIT),
            by_the_end,
        )
    )
    columns = ["obligation_id", "at", "by", "person", "os_user", "what", "from_state", "to_state", "why"]
    connection.execute(history.insert().from_select(columns, touched))


def _say(connection: Connection, pause: PauseRow, who: Who, what: str, why: str, until: date | None) -> None:
    details: dict[str, object] = {"from": pause.from_day.isoformat(), "to": _iso(pause.to_day), "why": why}
    if what == CHANGE:
        details["until"] = _iso(until)
    write(
        connection,
        Happening(
            at=who.at,
            plan=pause.plan,
            what=what,
            subject=pause.place_id,
            by=who.by,
            person=who.person or "",
            details=details,
        ),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
