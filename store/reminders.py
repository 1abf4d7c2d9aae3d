"""Which reminders of a duty arrived: the one place that says so, whoever words it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from obligations.calendar import ZONE
from obligations.reminders import Reminders
from store.ledger import AnyRow
from store.outbox import BOUNCED, DEAD, RETRY, SENT
from store.schema import messages, notices


class Fate(Enum):
    """What became of one reminder's mail."""

    ARRIVED = "arrived"
    PASSED_ON = "passed_on"
    REFUSED = "refused"
    BOUNCED = "bounced"


def reminders(connection: Connection, obligation_ids: Iterable[int], before: date) -> dict[int, Reminders]:
    """Return what became of the reminders of each obligation's holder that were recorded before a day."""
    asked = _asked(list(obligation_ids), before)
    days: dict[int, dict[Fate, set[date]]] = defaultdict(lambda: defaultdict(set))
    for row in connection.execute(_accepted(asked)):
        fate = Fate.ARRIVED if row.recipient_id == row.meant_for_id else Fate.PASSED_ON
        days[row.obligation_id][fate].add(_accepted_on(row))
    refusing: dict[int, dict[str, None]] = defaultdict(dict)
    for row in connection.execute(_in_vain(asked)):
        direct = row.recipient_id == row.meant_for_id
        if row.accepted and row.state != BOUNCED:
            # One address of the agency took it: the agency has it.
            days[row.obligation_id][Fate.ARRIVED if direct else Fate.PASSED_ON].add(row.mail_on)
        elif direct and row.state != RETRY:
            fate = Fate.BOUNCED if row.state == BOUNCED else Fate.REFUSED
            days[row.obligation_id][fate].add(row.mail_on)
            refusing[row.obligation_id].update(dict.fromkeys(row.addresses))
    return {
        obligation: Reminders(
            addresses=tuple(refusing.get(obligation, ())),
            **{fate.value: tuple(sorted(found)) for fate, found in fates.items()},
        )
        for obligation, fates in days.items()
    }


def _asked(ids: Collection[int], before: date) -> ColumnElement[bool]:
    return and_(
        notices.c.obligation_id.in_(ids),
        notices.c.role == "self",
        notices.c.step != "opening",
        notices.c.recorded_on < before,
    )


_WHOSE = (notices.c.obligation_id, notices.c.recipient_id, notices.c.meant_for_id)


def _accepted(asked: ColumnElement[bool]) -> Select[Any]:
    return (
        select(*_WHOSE, messages.c.sent_at, messages.c.mail_on)
        .join(messages, messages.c.id == notices.c.message_id)
        .where(asked, notices.c.state == SENT)
        .distinct()
    )


def _in_vain(asked: ColumnElement[bool]) -> Select[Any]:
    """Return the mails given up, bounced or tried again; there are few."""
    return (
        select(*_WHOSE, messages.c.state, messages.c.mail_on, messages.c.addresses, messages.c.accepted)
        .join(messages, messages.c.id == notices.c.message_id)
        .where(asked, or_(notices.c.state.in_([DEAD, BOUNCED]), messages.c.state == RETRY))
    )


def _accepted_on(row: AnyRow) -> date:
    found: date = row.sent_at.astimezone(ZONE).date() if row.sent_at else row.mail_on
    return found
