"""The province made small: for the seals of nine thousand rows take long."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update

from obligations.model import WorkState
from store.engine import writing
from store.schema import obligations
from tasks_lib.kernel.bootstrap import House
from tests.support.databases.remembered import remembered


def leave_only(house: House, *keys: str) -> None:
    """Make the province small: everything but these obligations was assigned by mistake."""
    remembered(house, ("only", *sorted(keys)), lambda: _cancel_the_rest(house, keys))


def _cancel_the_rest(house: House, keys: Sequence[str]) -> None:
    with writing(house.engine) as connection:
        connection.execute(
            update(obligations)
            .where(obligations.c.key.not_in(keys))
            .values(work_state=WorkState.CANCELLED, schedule_id=None)
        )
