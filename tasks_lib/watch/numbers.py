"""The numbers that monitors keep over time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from obligations.errors import DomainError
from store.counts import past_by_item
from store.engine import reading
from store.facts import fact
from tasks_lib.kernel import keys
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.watch.sql import watch


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """How much of what there is, at one instant."""

    obligations: dict[str, int] = field(default_factory=dict)
    """By state."""
    overdue: int = 0
    notices: int = 0
    messages: dict[str, int] = field(default_factory=dict)
    """By state."""
    oldest_waiting: float = 0.0
    """Seconds."""
    last: dict[str, datetime] = field(default_factory=dict)
    """When round, delivery and probe were last well."""


def numbers(house: House, now: datetime) -> Numbers | None:
    """Count; None while the database does not answer."""
    plan, on = house.plan.key, local_day(now)
    try:
        with reading(house.engine) as connection:
            done = {
                name: fact(connection, keys.of_plan(key, plan))
                for name, key in (
                    ("round", keys.ROUND_DONE),
                    ("delivery", keys.DELIVERY_DONE),
                    ("probe", keys.PROBE),
                )
            }
            oldest = watch.oldest_waiting(connection, plan, on)
            return Numbers(
                obligations=watch.duties_by_state(connection, plan),
                overdue=past_by_item(connection, plan, on).overdue.total(),
                notices=watch.notices_recorded(connection, plan),
                messages=watch.mail_by_state(connection, plan),
                oldest_waiting=max(0.0, (now - oldest).total_seconds()) if oldest else 0.0,
                last={name: known.at for name, known in done.items() if known and known.value == keys.WELL},
            )
    except DomainError:
        return None
