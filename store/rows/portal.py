"""What the portal keeps of people, as it comes out of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A signed address that was given out; without the signature it opens nothing."""

    id: int
    plan: str
    token: str
    purpose: str
    agency_id: str
    seat: str | None
    holder: str
    address: str
    obligation_id: int | None
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    revoked_by: str | None


@dataclass(frozen=True, kw_only=True)
class NewLink:
    """A link as it is written: what is known of it before anybody has opened it."""

    plan: str
    token: str
    purpose: str
    agency_id: str
    holder: str
    address: str
    issued_at: datetime
    expires_at: datetime
    seat: str | None = None
    obligation_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """Somebody who is signed in."""

    id: str
    plan: str
    agency_id: str
    seat: str
    holder: str
    address: str
    started_at: datetime
    expires_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class NewSession:
    """A session as it is written."""

    id: str
    plan: str
    agency_id: str
    seat: str
    holder: str
    address: str
    started_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a unit is still writing; one an obligation, seen by the unit alone."""

    id: int
    obligation_id: int
    version: int
    content: dict[str, object]
    state: str
    drafted_by: str
    drafted_at: datetime
    presented_to: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Assignment:
    """Inside a unit: which officer does it, and by which inner day."""

    id: int
    obligation_id: int
    officer: str
    address: str
    inner_day: date | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactProposal:
    """A change of a unit's contacts that somebody asked for on the portal; never deleted."""

    id: int
    agency_id: str
    role: str
    name: str
    address: str
    phone: str
    replaces: dict[str, str] | None
    via: str
    by: str
    at: datetime
    state: str
    decided_by: str | None
    decided_at: datetime | None
    why: str
