"""What is told, as it comes out of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from obligations.model import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """The mail that bundles the notices of a recipient on a day."""

    id: int
    plan: str
    recipient_id: str
    mail_on: date
    state: str
    message_id: str
    addresses: list[str]
    accepted: list[str]
    subject: str | None
    attempts: int
    next_try_at: datetime
    claimed_by: str | None
    claimed_until: datetime | None
    sent_at: datetime | None
    failing_since: datetime | None
    error: str | None
    handed_on_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageReply:
    """What became of a message at one address in one try; rows are only ever added."""

    id: int
    message_id: int
    at: datetime
    address: str
    accepted: bool
    stage: str
    code: int | None
    enhanced: str | None
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounce:
    """What a report of delivery said about a message at an address."""

    id: int
    message_id: int
    address: str
    action: str
    status: str
    text: str
    report: str
    read_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class AddressMark:
    """An address of an agency that takes no mail: it goes by the desk above until this is lifted."""

    id: int
    agency_id: str
    address: str
    since: datetime
    why: str
    lifted_at: datetime | None
    lifted_by: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One obligation × one step × one recipient."""

    id: int
    plan: str
    obligation_id: int
    item: str | None
    leg_id: int
    step: str
    role: Role
    recipient_id: str
    meant_for_id: str
    fires_on: date
    recorded_on: date
    mail_on: date
    template: str
    missed: str
    streak: int
    state: str
    error: str | None
    message_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptBack:
    """A recipient whose mail stays on a day; what it would have said leaves on the next."""

    id: int
    plan: str
    on: date
    recipient_id: str
    reason: str
    by: str
    at: datetime
    lifted_at: datetime | None
    lifted_by: str | None
