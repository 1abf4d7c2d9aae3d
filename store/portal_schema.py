"""The portal's own tables: links and sessions, drafts inside a unit, mails the portal writes, holds."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from store.schema import Instant, metadata

links = Table(
    "links",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("plan", String(40), ForeignKey("plans.key"), nullable=False),
    # What the signed address carries; without the signature it opens nothing.
    Column("token", String(64), nullable=False, unique=True),
    # What it opens: answer, review, approve or login; it is useless for anything else.
    Column("purpose", String(16), nullable=False),
    Column("agency_id", String(80), ForeignKey("agencies.id"), nullable=False),
    # For a login: the seat that is taken.
    Column("seat", String(20)),
    # Whom it was written to, as the history names them.
    Column("holder", Text, nullable=False),
    Column("address", Text, nullable=False),
    # What the page shows first; the link opens all the agency has open.
    Column("obligation_id", Integer, ForeignKey("obligations.id")),
    Column("issued_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    # Set when a one-time link has been used up.
    Column("used_at", Instant),
    Column("revoked_at", Instant),
    Column("revoked_by", String(80)),
    Index("ix_links_agency_id", "agency_id"),
)

link_uses = Table(
    "link_uses",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("link_id", Integer, ForeignKey("links.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("what", String(40), nullable=False),
    Column("client", Text, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("plan", String(40), ForeignKey("plans.key"), nullable=False),
    Column("agency_id", String(80), ForeignKey("agencies.id"), nullable=False),
    Column("seat", String(20), nullable=False),
    Column("holder", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # What a unit is still writing; one an obligation, seen by the unit alone.
    Column("obligation_id", Integer, ForeignKey("obligations.id"), nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("content", JSON, nullable=False),
    # writing, presented (to the leader) or returned (by the leader, with a note).
    Column("state", String(12), nullable=False),
    Column("drafted_by", Text, nullable=False),
    Column("drafted_at", Instant, nullable=False),
    Column("presented_to", Text, nullable=False),
    Column("note", Text, nullable=False),
)

assignments = Table(
    "assignments",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # Inside a unit: which officer does it, and by which inner day.
    Column("obligation_id", Integer, ForeignKey("obligations.id"), nullable=False, unique=True),
    Column("officer", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("inner_day", Date),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    # A mail the portal writes at once, its bytes ready: no notice of a ladder stands behind it.
    Column("message_id", Integer, ForeignKey("messages.id"), primary_key=True),
    Column("sort", String(16), nullable=False),
    # After this it is not sent any more (a login link that has run out).
    Column("expires_at", Instant),
)

holds = Table(
    "holds",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("plan", String(40), ForeignKey("plans.key"), nullable=False),
    Column("on", Date, nullable=False),
    # Whose mail stays that day; what it would have said leaves on the next.
    Column("recipient_id", String(80), ForeignKey("agencies.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    Column("lifted_at", Instant),
    Column("lifted_by", String(80)),
    UniqueConstraint("plan", "on", "recipient_id"),
)

contact_proposals = Table(
    "contact_proposals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # A change of a unit's contacts that somebody asked for on the portal; never deleted.
    Column("agency_id", String(80), ForeignKey("agencies.id"), nullable=False),
    Column("role", String(20), nullable=False),
    # Who is to stand there; all empty where somebody is only to be taken off.
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("phone", Text, nullable=False),
    # In whose place: name, address and phone as they stood; null where the place was empty.
    Column("replaces", JSON(none_as_null=True)),
    # link (from a mail) or session (somebody signed in), and as the history names them.
    Column("via", String(10), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    # proposed, confirmed, refused, withdrawn (by the unit) or suspended (by ops, after it was confirmed).
    Column("state", String(10), nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Instant),
    Column("why", Text, nullable=False),
    Index("ix_contact_proposals_agency_id", "agency_id", "state"),
)
