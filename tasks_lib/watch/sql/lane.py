"""Rows of the shadow lane by which the house tries itself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from obligations.model import Agency, Plan, WorkState
from store.door import sole
from store.people import lay_agency
from store.schema import legs, message_contents, messages, notices, obligations, plans
from store.upsert import insert_new


def lay_lane(connection: Connection, plan: Plan, fingerprint: str, agency: Agency) -> bool:
    """Write the lane's plan and agency down where they are not there yet; return whether they were new."""
    known = connection.scalar(select(plans.c.key).where(plans.c.key == plan.key))
    row = {"key": plan.key, "number": plan.number, "fingerprint": fingerprint}
    connection.execute(insert_new(connection, plans).values(row))
    connection.execute(plans.update().where(plans.c.key == plan.key).values(fingerprint=fingerprint))
    lay_agency(connection, agency)
    return known is None


@dataclass(frozen=True, kw_only=True, slots=True)
class LaneStanding:
    """How a duty of the lane stands, with its newest mail."""

    id: int
    version: int
    work_state: WorkState
    notices: int
    awake: int
    state: str | None
    error: str | None
    content: bytes | None


def standing(connection: Connection, plan: str, key: str) -> LaneStanding:
    """Return how a duty of the lane stands: its notices, its newest mail, whether a ladder is awake."""
    theirs = notices.c.obligation_id == obligations.c.id
    told = select(func.count(notices.c.id)).where(theirs).correlate(obligations).scalar_subquery()
    awake = select(func.count(legs.c.id)).where(
        legs.c.obligation_id == obligations.c.id, legs.c.next_on.is_not(None)
    )
    newest = select(func.max(notices.c.message_id)).where(theirs).correlate(obligations).scalar_subquery()
    query = (
        select(
            obligations.c.id,
            obligations.c.version,
            obligations.c.work_state,
            told.label("notices"),
            awake.correlate(obligations).scalar_subquery().label("awake"),
            messages.c.state,
            messages.c.error,
            message_contents.c.content,
        )
        .select_from(obligations)
        .outerjoin(messages, messages.c.id == newest)
        .outerjoin(message_contents, message_contents.c.message_id == messages.c.id)
        .where(obligations.c.plan == plan, obligations.c.key == key)
    )
    return sole(connection, LaneStanding, query)


def forget_contents(connection: Connection, plan: str) -> None:
    """Drop the bytes of the lane's mails: they have proved what they were for."""
    own = select(messages.c.id).where(messages.c.plan == plan)
    connection.execute(message_contents.delete().where(message_contents.c.message_id.in_(own)))
