"""One mail for all that an office is told in a send, whichever of the plans in the database it serves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from store.rows import Message
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.compose import Batch, Draft, compose, read_batch
from tasks_lib.mailing.compose_agency import MOST_ADDRESSES
from tasks_lib.mailing.sql.mail_data import Telling, plans_told_in


@dataclass(frozen=True, kw_only=True)
class Together:
    """Everything read for a batch of messages: of the plan that sends them, then of others that join in."""

    of_plans: tuple[tuple[House, Batch], ...]

    def notices(self, message: int) -> list[Telling]:
        """Return what a message tells, of all plans."""
        return [notice for _, batch in self.of_plans for notice in batch.notices.get(message, [])]


def read_together(
    connection: Connection, house: House, messages: Sequence[Message], as_of: datetime
) -> Together:
    """Read what a batch of messages needs, of each plan that has part in it."""
    others = [plan for plan in house.configuration.plans if plan.key != house.plan.key]
    told = plans_told_in(connection, [m.id for m in messages]) if others else set()
    houses = [house, *(house.of(plan) for plan in others if plan.key in told)]
    return Together(of_plans=tuple((one, read_batch(connection, one, messages, as_of)) for one in houses))


def compose_together(
    connection: Connection, message: Message, read: Together, skip: frozenset[int] = frozenset()
) -> Draft | None:
    """Return what a message says now of all plans, or None when nothing of it is still valid."""
    drafts = (compose(connection, house, message, batch, skip) for house, batch in read.of_plans)
    found = [draft for draft in drafts if draft is not None]
    if not found:
        return None
    first, *others = found
    return replace(
        first,
        mail=replace(first.mail, also=tuple(draft.mail for draft in others)),
        addresses=tuple(dict.fromkeys(a for draft in found for a in draft.addresses))[:MOST_ADDRESSES],
        links=tuple(link for draft in found for link in draft.links),
    )
