"""The province made small: for the seals of nine thousand rows take long."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, true, update

from obligations.model import WorkState
from store.engine import reading, writing
from store.schema import obligations
from tasks_lib.kernel.bootstrap import House
from tests.support.databases.remembered import remembered


def leave_only(house: House, *keys: str) -> None:
    """Make the province small: everything but these obligations was assigned by mistake."""
    remembered(house, ("only", *sorted(keys)), lambda: _cancel_the_rest(house, keys))


def _cancel_the_rest(house: House, keys: Sequence[str]) -> None:
    """Cancel all, which is remembered for every story, and take a few back: the fewer seals, the faster."""
    kept = select(obligations.c.id, obligations.c.work_state, obligations.c.schedule_id).where(
        obligations.c.key.in_(keys)
    )
    with reading(house.engine) as connection:
        before = connection.execute(kept).all()
    remembered(house, "none", lambda: _set(house, work_state=WorkState.CANCELLED, schedule_id=None))
    for row in before:
        _set(house, row.id, work_state=row.work_state, schedule_id=row.schedule_id)


def _set(house: House, obligation_id: int | None = None, **values: object) -> None:
    which = obligations.c.id == obligation_id if obligation_id is not None else true()
    with writing(house.engine) as connection:
        connection.execute(update(obligations).where(which).values(**values))
