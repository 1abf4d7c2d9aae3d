"""Which reminders of a duty arrived: the one place that says so, whoever words it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sqlalchemy import ColumnElement, Connection, ScalarSelect, and_, func, or_, select

from obligations.calendar import ZONE
from obligations.ladder import GIVING
from obligations.model import Role
from obligations.reminders import Reminders
from store.door import Query, all_of
from store.outbox import BOUNCED, DEAD, RETRY, SENT
from store.schema import message_replies, messages, notices, obligations


class Fate(Enum):
    """What became of one reminder's mail."""

    ARRIVED = "arrived"
    PASSED_ON = "passed_on"
    REFUSED = "refused"
    BOUNCED = "bounced"
    TO_SUPERIOR = "to_superior"


@dataclass(frozen=True, kw_only=True, slots=True)
class MailTaken:
    """A notice whose mail a server took, and when."""

    obligation_id: int
    recipient_id: str
    meant_for_id: str
    role: Role
    at: datetime | None
    mail_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class MailTried:
    """A notice whose mail some address did not take, and where it stands."""

    obligation_id: int
    recipient_id: str
    meant_for_id: str
    state: str
    mail_on: date
    addresses: list[str]
    accepted: list[str]
    at: datetime | None


def reminders(connection: Connection, obligation_ids: Iterable[int], before: date) -> dict[int, Reminders]:
    """Return what became of the reminders of each obligation's holder that were recorded before a day."""
    ids = list(obligation_ids)
    asked = _asked(ids, before)
    days: dict[int, dict[Fate, set[date]]] = defaultdict(lambda: defaultdict(set))
    for row in all_of(connection, MailTaken, _accepted(or_(asked, _to_superior(ids, before)))):
        direct = Fate.TO_SUPERIOR if row.role == Role.SUPERIOR else Fate.ARRIVED
        fate = direct if row.recipient_id == row.meant_for_id else Fate.PASSED_ON
        days[row.obligation_id][fate].add(_accepted_on(row))
    refusing: dict[int, dict[str, None]] = defaultdict(dict)
    for tried in all_of(connection, MailTried, _in_vain(asked)):
        reached = tried.recipient_id == tried.meant_for_id
        if tried.accepted and tried.state != BOUNCED:
            # One address of the agency took it: the agency has it.
            days[tried.obligation_id][Fate.ARRIVED if reached else Fate.PASSED_ON].add(_accepted_on(tried))
        elif reached and tried.state != RETRY:
            fate = Fate.BOUNCED if tried.state == BOUNCED else Fate.REFUSED
            days[tried.obligation_id][fate].add(tried.mail_on)
            refusing[tried.obligation_id].update(dict.fromkeys(tried.addresses))
    return {
        obligation: Reminders(
            addresses=tuple(refusing.get(obligation, ())),
            **{fate.value: tuple(sorted(found)) for fate, found in fates.items()},
        )
        for obligation, fates in days.items()
    }


def _asked(ids: Collection[int], before: date) -> ColumnElement[bool]:
    """Choose what was told to a duty's holder, by itself or by a desk that was asked to pass it on."""
    holder = select(obligations.c.agency_id).where(obligations.c.id == notices.c.obligation_id)
    passed_on = and_(
        notices.c.role == Role.DESK,
        notices.c.meant_for_id == holder.scalar_subquery(),
        notices.c.recipient_id != notices.c.meant_for_id,
    )
    return and_(
        notices.c.obligation_id.in_(ids),
        or_(notices.c.role == Role.SELF, passed_on),
        notices.c.step.not_in(GIVING),
        notices.c.recorded_on < before,
    )


def _to_superior(ids: Collection[int], before: date) -> ColumnElement[bool]:
    """Choose what was told to the level above about a duty."""
    n = notices.c
    above = (n.role == Role.SUPERIOR, n.recipient_id == n.meant_for_id)
    return and_(n.obligation_id.in_(ids), *above, n.recorded_on < before)


_WHOSE = (notices.c.obligation_id, notices.c.recipient_id, notices.c.meant_for_id)


def _first_taken() -> ScalarSelect[datetime]:
    """Return when the first address of a message took it; the others may have been tried for days."""
    taken = and_(message_replies.c.message_id == messages.c.id, message_replies.c.accepted)
    return select(func.min(message_replies.c.at)).where(taken).correlate(messages).scalar_subquery()


def _accepted(asked: ColumnElement[bool]) -> Query:
    return (
        select(
            *_WHOSE,
            notices.c.role,
            func.coalesce(_first_taken(), messages.c.sent_at).label("at"),
            messages.c.mail_on,
        )
        .join(messages, messages.c.id == notices.c.message_id)
        .where(asked, notices.c.state == SENT)
        .distinct()
    )


def _in_vain(asked: ColumnElement[bool]) -> Query:
    """Return the mails given up, bounced or tried again; there are few."""
    told = (
        messages.c.state,
        messages.c.mail_on,
        messages.c.addresses,
        messages.c.accepted,
        _first_taken().label("at"),
    )
    return (
        select(*_WHOSE, *told)
        .join(messages, messages.c.id == notices.c.message_id)
        .where(asked, or_(notices.c.state.in_([DEAD, BOUNCED]), messages.c.state == RETRY))
    )


def _accepted_on(row: MailTaken | MailTried) -> date:
    return row.at.astimezone(ZONE).date() if row.at else row.mail_on
