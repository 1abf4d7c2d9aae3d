"""Of whom duties were taken over, for the mails that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from store.door import all_of
from store.schema import hand_overs


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenFrom:
    """A duty that was handed over, or another that ended in it."""

    kept: int
    """The duty that the successor holds."""
    from_id: str
    on: date
    resolution: str


def taken_from(connection: Connection, obligation_ids: Collection[int]) -> dict[int, list[TakenFrom]]:
    """Return what was handed over of some duties on the day they were last, those that ended in them too."""
    if not obligation_ids:
        return {}
    h = hand_overs.c
    kept = func.coalesce(h.merged_into_id, h.obligation_id)
    query = (
        select(kept.label("kept"), h.from_id, h.on, h.resolution)
        .where(kept.in_(list(obligation_ids)), h.to_id.is_not(None))
        .order_by(h.id)
    )
    found: dict[int, list[TakenFrom]] = defaultdict(list)
    for row in all_of(connection, TakenFrom, query):
        found[row.kept].append(row)
    return {
        duty: [row for row in rows if row.on == max(each.on for each in rows)] for duty, rows in found.items()
    }
