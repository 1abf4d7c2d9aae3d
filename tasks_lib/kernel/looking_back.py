"""A past day is read under the tree of that day: whoever held a duty then is shown as its holder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection

from store.engine import reading, rehearsing
from store.past import handed_over_after, look_back
from tasks_lib.kernel.bootstrap import House


@contextmanager
def reading_on(house: House, on: date) -> Iterator[Connection]:
    """Give a connection that reads a plan's duties as they were held on a day."""
    changes = any(day > on for day in house.configuration.successors.days)
    with reading(house.engine) as connection:
        if not (changes and handed_over_after(connection, house.plan.key, on)):
            yield connection
            return
    with rehearsing(house.engine) as connection:
        look_back(connection, on)
        yield connection
