"""What a unit has sent last, and whether its desk has looked at it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from obligations.calendar import ZONE
from obligations.deeds import ASK_MORE, LOOK, SENDING
from store.schema import history, reports


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The newest handing-in of an obligation."""

    by: str
    was: str
    """The state it was sent from."""
    looked_at: bool


def newest_sent(connection: Connection, obligation: int) -> Sent | None:
    """Return the newest handing-in, if there is one."""
    mine = history.c.obligation_id == obligation
    sent = connection.execute(
        select(history).where(mine, history.c.what.in_(SENDING)).order_by(history.c.id.desc()).limit(1)
    ).one_or_none()
    if sent is None:
        return None
    looked = select(history.c.id).where(mine, history.c.what == LOOK, history.c.id > sent.id).limit(1)
    return Sent(by=sent.by, was=sent.from_state or "", looked_at=connection.scalar(looked) is not None)


def asked_on(connection: Connection, obligation: int) -> date:
    """Return the day on which more was asked for last."""
    at = connection.execute(
        select(history.c.at)
        .where(history.c.obligation_id == obligation, history.c.what == ASK_MORE)
        .order_by(history.c.id.desc())
        .limit(1)
    ).scalar_one()
    day: date = at.astimezone(ZONE).date()
    return day


def first_done_on(connection: Connection, obligation: int, before: int) -> date | None:
    """Return the earliest day that the versions before one count from."""
    earlier = select(func.min(reports.c.counts_on)).where(
        reports.c.obligation_id == obligation, reports.c.version < before
    )
    found: date | None = connection.scalar(earlier)
    return found
