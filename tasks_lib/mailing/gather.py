"""The first half of a delivery, for the run and for its rehearsal: what is due becomes messages."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from store.bundling import bundle
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.mailing.hand_on import hand_on_given_up

BATCH = 50
"""So many messages are claimed and put into words at once."""


def gather(
    connection: Connection,
    house: House,
    as_of: datetime,
    *,
    although_held: bool = False,
    beside: Collection[str] = (),
) -> int:
    """Hand on what was given up, and put each recipient's notices into one message; return how many.

    What other plans, those `beside`, have for the same recipients joins in.
    """
    hand_on_given_up(connection, house, as_of)
    domain = house.settings.mail_from.rpartition("@")[2]
    on = local_day(as_of)
    return bundle(connection, house.plan.key, on, as_of, domain, although_held=although_held, beside=beside)
