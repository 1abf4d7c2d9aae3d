"""What an acceptance of the last minutes stopped, and how it is taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from obligations.deeds import ACCEPT
from obligations.model import LegKind, WorkState
from obligations.obligation import NamedObligation
from store.door import all_of, one_of
from store.duties import NAMED
from store.ledger import first_day
from store.rows import Leg
from store.schema import history, legs, notices, obligations

o = obligations.c


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """The newest line of a duty's history."""

    what: str
    at: datetime
    by: str


def last_spoken(connection: Connection, obligation: int) -> Spoken | None:
    """Return what was last written of a duty."""
    query = select(history.c.what, history.c.at, history.c.by).where(history.c.obligation_id == obligation)
    return one_of(connection, Spoken, query.order_by(history.c.id.desc()).limit(1))


def accepted_since(
    connection: Connection, plan: str, by: str, since: datetime, until: datetime
) -> list[NamedObligation]:
    """Return the reports a desk has accepted since an instant and of which nothing has been said since."""
    newest = (
        select(func.max(history.c.id)).where(history.c.obligation_id == o.id).correlate(obligations)
    ).scalar_subquery()
    # First what was written lately, which is little: the history is long.
    lately = select(history.c.obligation_id).where(
        history.c.at >= since, history.c.at <= until, history.c.what == ACCEPT, history.c.by == by
    )
    query = (
        select(*NAMED)
        .join(history, history.c.id == newest)
        .where(
            o.plan == plan,
            o.id.in_(lately),
            o.work_state == WorkState.ACCEPTED,
            o.parent_id.is_(None),
            history.c.what == ACCEPT,
        )
        .order_by(history.c.id.desc())
    )
    return all_of(connection, NamedObligation, query)


def take_up_review(connection: Connection, obligation: int) -> None:
    """Let the newest review of a duty go on from where it stopped.

    What it had recorded and what has not left is to leave again; what has left stays as it is, and its step
    is behind the ladder: nobody is told the same twice.
    """
    mine = select(legs).where(legs.c.obligation_id == obligation, legs.c.kind == LegKind.REVIEW)
    leg = one_of(connection, Leg, mine.order_by(legs.c.id.desc()).limit(1))
    if leg is None:
        return
    following = first_day(connection, leg.schedule_id, leg.last_seq, leg.starts_on)
    connection.execute(legs.update().where(legs.c.id == leg.id).values(next_on=following))
    stopped = (notices.c.leg_id == leg.id, notices.c.state == "cancelled", notices.c.error.is_(None))
    connection.execute(notices.update().where(*stopped).values(state="waiting", error=None, message_id=None))
