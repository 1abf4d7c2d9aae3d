"""What is told: notices, the messages that carry them, and what became of these."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obligations.model import Role
from store.schema.base import AgencyId, Base, Named, Number, ObligationId, PlanKey


class Messages(Base):
    """The mail that bundles the notices of a recipient on a day."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_state", "state", "next_try_at"),
        Index("ix_messages_mail", "plan", "mail_on"),
    )

    id: Mapped[Number]
    plan: Mapped[PlanKey]
    recipient_id: Mapped[AgencyId]
    mail_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10))
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    addresses: Mapped[list[str]] = mapped_column(JSON)
    # Those the server has taken already; a repeat goes to the others only.
    accepted: Mapped[list[str]] = mapped_column(JSON)
    subject: Mapped[str | None]
    attempts: Mapped[int]
    next_try_at: Mapped[datetime]
    claimed_by: Mapped[str | None] = mapped_column(String(120))
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    # Since when it has been refused for a reason of its own; a server that refuses everybody does not count.
    failing_since: Mapped[datetime | None]
    error: Mapped[str | None]
    # When it was given up and its notices went to the desk above; null until then.
    handed_on_at: Mapped[datetime | None]


class MessageContents(Base):
    """A message's bytes, apart from its row, which changes with every try: SQLite would write all again."""

    __tablename__ = "message_contents"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class MessageReplies(Base):
    """What became of a message at one address in one try; rows are only ever added."""

    __tablename__ = "message_replies"

    id: Mapped[Number]
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    at: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(320))
    accepted: Mapped[bool]
    # connect, mail, rcpt, data or final (the answer after the last dot).
    stage: Mapped[str] = mapped_column(String(10))
    # Null where nobody answered: a lost connection, or a file instead of a server.
    code: Mapped[int | None]
    enhanced: Mapped[str | None] = mapped_column(String(12))
    text: Mapped[str]


class Bounces(Base):
    """What a report of delivery said about a message at an address."""

    __tablename__ = "bounces"
    __table_args__ = (UniqueConstraint("message_id", "address", "report"),)

    id: Mapped[Number]
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    address: Mapped[str] = mapped_column(String(320))
    # failed, delayed and the like, as the report says (RFC 3464).
    action: Mapped[str] = mapped_column(String(12))
    status: Mapped[str] = mapped_column(String(12))
    text: Mapped[str]
    # Which report said so: read again it changes nothing.
    report: Mapped[str] = mapped_column(String(64))
    read_at: Mapped[datetime]


class AddressMarks(Base):
    """An address of an agency that takes no mail: it goes by the desk above until this is lifted."""

    __tablename__ = "address_marks"

    id: Mapped[Number]
    # An address of an agency that takes no mail: its mail goes by its superior's desk until this is lifted.
    agency_id: Mapped[str] = mapped_column(String(80), ForeignKey("agencies.id"), index=True)
    address: Mapped[str] = mapped_column(String(320))
    since: Mapped[datetime]
    why: Mapped[str]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None]


class Notices(Base):
    """One obligation × one step × one recipient."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("leg_id", "step", "recipient_id"),
        Index("ix_notices_obligation_id", "obligation_id"),
        Index("ix_notices_recorded", "plan", "recorded_on"),
        Index(
            "ix_notices_unsent",
            "plan",
            "mail_on",
            sqlite_where=text("message_id IS NULL"),
            postgresql_where=text("message_id IS NULL"),
        ),
    )

    id: Mapped[Number]
    plan: Mapped[PlanKey]
    obligation_id: Mapped[ObligationId]
    item: Mapped[str | None] = mapped_column(String(20))
    leg_id: Mapped[int] = mapped_column(ForeignKey("legs.id"))
    step: Mapped[str] = mapped_column(String(12))
    role: Mapped[Role] = mapped_column(Named(Role, 10))
    recipient_id: Mapped[AgencyId]
    # The agency meant, where the recipient is only asked to pass it on (nhờ chuyển).
    meant_for_id: Mapped[str] = mapped_column(String(80))
    fires_on: Mapped[date]
    recorded_on: Mapped[date]
    mail_on: Mapped[date]
    template: Mapped[str] = mapped_column(String(20))
    missed: Mapped[str]
    streak: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    error: Mapped[str | None]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)


class WeeklyLines(Base):
    """A desk's line on what waits for it, or Sở Nội vụ's digest: one a week, whatever runs how often."""

    __tablename__ = "weekly_lines"
    __table_args__ = (UniqueConstraint("plan", "recipient_id", "mail_on"),)

    id: Mapped[Number]
    plan: Mapped[PlanKey]
    # A desk's line on what waits for it, or Sở Nội vụ's digest: one a week, whatever runs how often.
    recipient_id: Mapped[AgencyId]
    mail_on: Mapped[date]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))


class Notes(Base):
    """A mail the portal writes at once, its bytes ready: no notice of a ladder stands behind it."""

    __tablename__ = "notes"

    # A mail the portal writes at once, its bytes ready: no notice of a ladder stands behind it.
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), primary_key=True)
    sort: Mapped[str] = mapped_column(String(16))
    # After this it is not sent any more (a login link that has run out).
    expires_at: Mapped[datetime | None]


class Holds(Base):
    """A recipient whose mail stays on a day; what it would have said leaves on the next."""

    __tablename__ = "holds"
    __table_args__ = (UniqueConstraint("plan", "on", "recipient_id"),)

    id: Mapped[Number]
    plan: Mapped[str] = mapped_column(String(40), ForeignKey("plans.key"))
    on: Mapped[date]
    # Whose mail stays that day; what it would have said leaves on the next.
    recipient_id: Mapped[AgencyId]
    reason: Mapped[str]
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None] = mapped_column(String(80))
