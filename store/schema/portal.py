"""What the portal keeps of people: links, sessions, drafts, changes of contacts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.schema.base import AgencyId, Base, Number


class Links(Base):
    """A signed address that was given out; without the signature it opens nothing."""

    __tablename__ = "links"
    __table_args__ = (Index("ix_links_agency_id", "agency_id"),)

    id: Mapped[Number]
    plan: Mapped[str] = mapped_column(String(40), ForeignKey("plans.key"))
    # What the signed address carries; without the signature it opens nothing.
    token: Mapped[str] = mapped_column(String(64), unique=True)
    # What it opens: answer, review, approve or login; it is useless for anything else.
    purpose: Mapped[str] = mapped_column(String(16))
    agency_id: Mapped[AgencyId]
    # For a login: the seat that is taken.
    seat: Mapped[str | None] = mapped_column(String(20))
    # Whom it was written to, as the history names them.
    holder: Mapped[str]
    address: Mapped[str]
    # What the page shows first; the link opens all the agency has open.
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligations.id"), index=True)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    # Set when a one-time link has been used up.
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(String(80))


class LinkUses(Base):
    """When a link was used, and from where."""

    __tablename__ = "link_uses"

    id: Mapped[Number]
    link_id: Mapped[int] = mapped_column(ForeignKey("links.id"), index=True)
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(40))
    client: Mapped[str]


class Sessions(Base):
    """Somebody who is signed in."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    plan: Mapped[str] = mapped_column(String(40), ForeignKey("plans.key"))
    agency_id: Mapped[AgencyId]
    seat: Mapped[str] = mapped_column(String(20))
    holder: Mapped[str]
    address: Mapped[str]
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Drafts(Base):
    """What a unit is still writing; one an obligation, seen by the unit alone."""

    __tablename__ = "drafts"

    id: Mapped[Number]
    # What a unit is still writing; one an obligation, seen by the unit alone.
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"), unique=True)
    version: Mapped[int]
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    # writing, presented (to the leader) or returned (by the leader, with a note).
    state: Mapped[str] = mapped_column(String(12))
    drafted_by: Mapped[str]
    drafted_at: Mapped[datetime]
    presented_to: Mapped[str]
    note: Mapped[str]


class Assignments(Base):
    """Inside a unit: which officer does it, and by which inner day."""

    __tablename__ = "assignments"

    id: Mapped[Number]
    # Inside a unit: which officer does it, and by which inner day.
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id"), unique=True)
    officer: Mapped[str]
    address: Mapped[str]
    inner_day: Mapped[date | None]
    by: Mapped[str]
    at: Mapped[datetime]


class ContactProposals(Base):
    """A change of a unit's contacts that somebody asked for on the portal; never deleted."""

    __tablename__ = "contact_proposals"
    __table_args__ = (Index("ix_contact_proposals_agency_id", "agency_id", "state"),)

    id: Mapped[Number]
    # A change of a unit's contacts that somebody asked for on the portal; never deleted.
    agency_id: Mapped[AgencyId]
    role: Mapped[str] = mapped_column(String(20))
    # Who is to stand there; all empty where somebody is only to be taken off.
    name: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str]
    # In whose place: name, address and phone as they stood; null where the place was empty.
    replaces: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    # link (from a mail) or session (somebody signed in), and as the history names them.
    via: Mapped[str] = mapped_column(String(10))
    by: Mapped[str]
    at: Mapped[datetime]
    # proposed, confirmed, refused, withdrawn (by the unit) or suspended (by ops, after it was confirmed).
    state: Mapped[str] = mapped_column(String(10))
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    why: Mapped[str]
