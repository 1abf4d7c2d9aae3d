"""Ladders of what was handed over: they go on midway, by the successor's place in the chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, Connection, and_, bindparam, case, func, literal, or_, select

from obligations.calendar import ONE_DAY
from obligations.deeds import HAND_OVER
from obligations.model import BESIDE_ITS_OWN, Kind, LegKind, Role
from store.door import all_of
from store.outbox import CANCELLED, NOBODY, OF_A_NOTICE, RETRY, WAITING
from store.proposed import LISTED, WITHDRAWN
from store.schema import agencies, hand_overs, legs, messages, notices, obligations, proposals
from store.upsert import insert_new
from tasks_lib.duties.sql.hand_over import These, carried_on, ended, grown

o, h = obligations.c, hand_overs.c
COPIED = (*OF_A_NOTICE, "role", "recipient_id", "recorded_on", "mail_on", "state")


@dataclass(frozen=True, kw_only=True, slots=True)
class LegOn:
    """A ladder of a duty that was handed over, as it stood with the old holder."""

    id: int
    kind: LegKind
    schedule_id: int
    starts_on: date
    last_seq: int
    next_on: date | None
    duty: Kind
    item: str | None
    old: str
    new: str


def legs_of(connection: Connection, these: These) -> list[LegOn]:
    """Return the ladders of the duties that a successor holds from now on."""
    columns = (legs.c.id, legs.c.kind, legs.c.schedule_id, legs.c.starts_on, legs.c.last_seq, legs.c.next_on)
    query = (
        select(*columns, o.kind.label("duty"), o.item, h.from_id.label("old"), h.to_id.label("new"))
        .join(obligations, o.id == legs.c.obligation_id)
        .join(hand_overs, h.obligation_id == o.id)
        .where(these, h.to_id.is_not(None), h.merged_into_id.is_(None))
    )
    return all_of(connection, LegOn, query.order_by(legs.c.id))


def write_legs(connection: Connection, moved: list[dict[str, object]]) -> None:
    """Put ladders on other schedules: by leg `of`, with the schedule, the step passed and the next day."""
    if not moved:
        return
    values: dict[str, BindParameter[object]] = {
        name: bindparam(f"to_{name}") for name in ("schedule_id", "starts_on", "last_seq", "next_on")
    }
    connection.execute(legs.update().where(legs.c.id == bindparam("of")).values(values), moved)


def own(leg: LegOn) -> bool:
    """Whether a ladder leads to the duty's own day, and is not of a review or a correction."""
    return leg.kind not in BESIDE_ITS_OWN


def stop_what_ended(connection: Connection, these: These) -> None:
    """Let the ladders of duties that ended sleep, with what was recorded and has not left."""
    over = ended(these)
    connection.execute(legs.update().where(legs.c.obligation_id.in_(over)).values(next_on=None))
    unsent = notices.c.obligation_id.in_(over), notices.c.state == WAITING
    connection.execute(notices.update().where(*unsent).values(state=CANCELLED, error=NOBODY))
    connection.execute(
        proposals.update()
        .where(proposals.c.obligation_id.in_(over), proposals.c.state == LISTED)
        .values(state=WITHDRAWN, reason=NOBODY)
    )


def turn_unsent(connection: Connection, these: These, on: date) -> None:
    """Record for the successor what was recorded and has not left; for a desk of the past it ends.

    Whom a notice was for stays as it was written: the successor's is a notice of its own.
    """
    unsent = and_(
        notices.c.obligation_id.in_(carried_on(these)),
        notices.c.state == WAITING,
        or_(
            notices.c.message_id.is_(None),
            notices.c.message_id.in_(select(messages.c.id).where(messages.c.state.in_((WAITING, RETRY)))),
        ),
    )
    today = literal(on, notices.c.recorded_on.type)
    later = case((notices.c.mail_on > today, notices.c.mail_on), else_=today)
    new = {
        "recipient_id": agencies.c.mail_to_id,
        "meant_for_id": h.to_id,
        "recorded_on": today,
        "mail_on": later,
    }
    again = (
        select(*(new.get(name, notices.c[name]) for name in COPIED))
        .select_from(notices)
        .join(hand_overs, h.obligation_id == notices.c.obligation_id)
        .join(agencies, agencies.c.id == h.to_id)
        .where(these, unsent, notices.c.meant_for_id == h.from_id)
    )
    connection.execute(insert_new(connection, notices).from_select(COPIED, again))
    gone = select(h.from_id).where(these)
    to_the_past = or_(notices.c.recipient_id.in_(gone), notices.c.meant_for_id.in_(gone))
    connection.execute(notices.update().where(unsent, to_the_past).values(state=CANCELLED, error=NOBODY))


def tell_successors(connection: Connection, these: These, on: date, mail_on: date) -> None:
    """Record for each successor what it holds from now on; what is above it waits until it has heard.

    Steps that are due by then go in turn from the day after, the successor's own highest first, as those of
    a ladder that is born late. A duty of its own in which another's ended is told too; its ladder goes on.
    """
    climbs = and_(legs.c.next_on.is_not(None), legs.c.kind.not_in((LegKind.REVIEW, LegKind.REQUEST)))
    theirs = and_(legs.c.obligation_id.in_(carried_on(these)), climbs)
    own_too = and_(legs.c.obligation_id.in_(grown(these)), climbs)
    new = {
        "plan": o.plan,
        "obligation_id": o.id,
        "item": o.item,
        "leg_id": func.max(legs.c.id),
        "step": literal(HAND_OVER),
        "role": case((agencies.c.mail_to_id != agencies.c.id, Role.DESK.value), else_=Role.SELF.value),
        "recipient_id": agencies.c.mail_to_id,
        "meant_for_id": agencies.c.id,
        "fires_on": literal(on, notices.c.fires_on.type),
        "recorded_on": literal(on, notices.c.recorded_on.type),
        "mail_on": literal(mail_on, notices.c.mail_on.type),
        "template": literal(HAND_OVER),
        "missed": literal(""),
        "streak": literal(1),
        "state": literal(WAITING),
    }
    each = (o.plan, o.id, o.item, agencies.c.mail_to_id, agencies.c.id)
    told = (
        select(*new.values())
        .select_from(legs)
        .join(obligations, o.id == legs.c.obligation_id)
        .join(agencies, agencies.c.id == o.agency_id)
        .where(or_(theirs, own_too))
        .group_by(*each)
    )
    connection.execute(insert_new(connection, notices).from_select(list(new), told))
    waiting = legs.update().where(theirs, legs.c.next_on <= mail_on)
    connection.execute(waiting.values(in_turn=True, next_on=mail_on + ONE_DAY))


def turn_listed(connection: Connection, plan: str, these: These) -> None:
    """Let entries of the list "Đề xuất báo cáo UBND tỉnh" be about the successor; those about nobody go."""
    new = select(h.to_id).where(these, h.obligation_id == proposals.c.obligation_id).scalar_subquery()
    connection.execute(
        proposals.update()
        .where(proposals.c.obligation_id.in_(carried_on(these)), proposals.c.state == LISTED)
        .values(agency_id=new)
    )
    chronic = proposals.c.plan == plan, proposals.c.obligation_id.is_(None), proposals.c.state == LISTED
    gone = select(h.from_id).where(these)
    connection.execute(
        proposals.update()
        .where(*chronic, proposals.c.agency_id.in_(gone))
        .values(state=WITHDRAWN, reason=NOBODY)
    )
