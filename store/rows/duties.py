"""What is owed, as it comes out of the database; the obligation itself stands in `obligations.obligation`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from obligations.model import LegKind


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredPlan:
    """A plan in this database, with what was read of it and how far it has run."""

    key: str
    number: str
    fingerprint: str
    started_on: date | None
    swept_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Leg:
    """A ladder that an obligation climbs, and how far it has come."""

    id: int
    obligation_id: int
    kind: LegKind
    name: str
    schedule_id: int
    starts_on: date
    last_seq: int
    in_turn: bool
    repeats: int
    next_on: date | None
