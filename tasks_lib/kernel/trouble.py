"""What went wrong with the engine itself, written down for whoever watches over it."""

from __future__ import annotations

from datetime import datetime

from notifications.wording import clip
from store.engine import writing
from store.facts import put_fact
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.keys import ENGINE_TROUBLE, of_plan

LENGTH = 300


def note_trouble(house: House, at: datetime, said: str) -> None:
    """Write down the newest trouble; the next round that ends well is its end."""
    with writing(house.engine) as connection:
        put_fact(connection, of_plan(ENGINE_TROUBLE, house.plan.key), clip(said, LENGTH), at)
