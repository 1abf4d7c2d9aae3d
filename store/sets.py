"""Sets of rows under one digest: the notices of a sweep, ten thousand at a time, in one statement."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Date, String, and_, cast, func, select

from store.door import AnyColumn
from store.schema import notices
from store.sealing import MINE, Capture, capture_of

SETS: Final = "sets"
"""Where a row of the journal holds them, beside the seals of single rows."""
TOLD: Final = (
    notices.c.id,
    notices.c.leg_id,
    notices.c.step,
    notices.c.recipient_id,
    notices.c.meant_for_id,
    notices.c.fires_on,
    notices.c.mail_on,
)
"""What a notice says: who was told what, by which step, on which day."""


def seal_notices(connection: Connection, plan: str, after: int) -> None:
    """Seal the notices of a plan with higher numbers than this: those a sweep has just recorded."""
    capture = capture_of(connection)
    if capture is None:
        return
    last = connection.scalar(select(func.max(notices.c.id)).where(notices.c.plan == plan)) or 0
    if last <= after:
        return
    one = {"table": notices.name, "plan": plan, "after": after, "last": last}
    count, digest = set_digest(connection, one)
    capture.sets.append({**one, "count": count, "digest": digest})


def seal_new(connection: Connection, capture: Capture) -> None:
    """Seal the notices that a transaction has recorded; whoever records some has the plan's lock."""
    after = capture.newer_than.get(notices.name)
    if after is None:
        return
    recorded = select(notices.c.plan).where(notices.c.id > after).distinct()
    if connection.dialect.name == "postgresql":
        recorded = recorded.where(MINE)
    for plan in connection.scalars(recorded).all():
        seal_notices(connection, plan, after)


def set_digest(connection: Connection, one: Mapping[str, object]) -> tuple[int, str]:
    """Return how many rows a set has and their digest, of each column as one text: the fastest there is."""
    rows = select(*TOLD, notices.c.recorded_on).where(_within(one)).order_by(notices.c.id).subquery()
    told = [_text(connection, rows.c[c.name]) for c in TOLD]
    days = (_text(connection, func.min(rows.c.recorded_on)), _text(connection, func.max(rows.c.recorded_on)))
    found = connection.execute(
        select(func.count(), *days, *[func.aggregate_strings(text, ",") for text in told])
    ).one()
    return int(found[0]), sha256(repr(tuple(found)[1:]).encode("utf-8", "surrogatepass")).hexdigest()


def _within(one: Mapping[str, object]) -> ColumnElement[bool]:
    return and_(notices.c.plan == one["plan"], notices.c.id > one["after"], notices.c.id <= one["last"])


def _text(connection: Connection, value: AnyColumn) -> ColumnElement[str]:
    """Return a column as text, days in the one way that no setting of the server changes."""
    if isinstance(value.type, Date) and connection.dialect.name == "postgresql":
        return func.to_char(value, "YYYY-MM-DD")
    return cast(value, String)


def uncovered(connection: Connection, sets: Iterable[Mapping[str, Any]]) -> int | None:
    """Return the first notice that is in no set: none that a sweep recorded."""
    known: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in sets:
        known[one["plan"]].append((one["after"], one["last"]))
    rows = connection.execute(select(notices.c.id, notices.c.plan).order_by(notices.c.id))
    for row in rows:
        spans = known[row.plan]
        at = bisect_left(spans, row.id, key=itemgetter(1))
        if at == len(spans) or row.id <= spans[at][0]:
            return int(row.id)
    return None
