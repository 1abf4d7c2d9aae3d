"""What has fallen due and is not done, duty by duty: as many as the reckoning says, each with a type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from obligations.obligation import DatedLine
from obligations.reckoning import MISSING, PAST, Share
from store.door import all_of
from store.duties import DATED_LINE
from store.proposed import Entry
from store.reckoning import dated, share
from store.schema import obligations


@dataclass(frozen=True, kw_only=True, slots=True)
class LateDuty(DatedLine):
    """A dated duty that has fallen due and is not done."""

    paused: bool
    """Whether its place is paused: missing, and not overdue."""
    proposed: bool
    """Whether it is late against a day that is only proposed."""


def past_duties(connection: Connection, plan: str, on: date) -> list[LateDuty]:
    """Return what is past its day and not done, the oldest first: overdue, or late against a proposed day."""
    return _late(connection, plan, on, PAST)


def missing_duties(connection: Connection, plan: str, on: date) -> list[LateDuty]:
    """Return what is late by the plan and, beside it, what a pause excuses: no day that is only proposed."""
    return _late(connection, plan, on, MISSING)


def duties_meant(connection: Connection, plan: str, entries: Sequence[Entry], on: date) -> list[LateDuty]:
    """Return the duties that entries mean: their own, and all that is missing of a chronic agency."""
    named = {entry.obligation_id for entry in entries if entry.obligation_id is not None}
    chronic = {entry.agency_id for entry in entries if entry.obligation_id is None}
    found = missing_duties(connection, plan, on)
    return [duty for duty in found if duty.obligation_id in named or duty.agency_id in chronic]


def _late(connection: Connection, plan: str, on: date, columns: tuple[Share, ...]) -> list[LateDuty]:
    o, column = obligations.c, share(plan, on)
    query = (
        select(
            *DATED_LINE,
            (column == Share.EXCUSED.value).label("paused"),
            (column == Share.ASKED_OPEN.value).label("proposed"),
        )
        .where(*dated(plan), o.last_day < on, column.in_([one.value for one in columns]))
        .order_by(o.last_day, o.id)
    )
    return all_of(connection, LateDuty, query)
