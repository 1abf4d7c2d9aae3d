"""The tables; every key of a plan's rows carries the plan."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
    true,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An instant, kept in UTC; a naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn an aware datetime into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without a zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give back an aware datetime, also where the database keeps none (SQLite)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _plan() -> Column[str]:
    return Column("plan", String(40), ForeignKey("plans.key"), nullable=False)


plans = Table(
    "plans",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("number", String(80), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("started_on", Date),
    Column("swept_on", Date),
)

# What is true of the database as a whole: which one it is, whether mail is held, when the last round was.
facts = Table(
    "facts",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

agencies = Table(
    "agencies",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("name", Text, nullable=False),
    Column("tier", String(10), nullable=False),
    Column("superior_id", String(80)),
    # Who really receives its mail: itself, or the desk that is asked to pass it on.
    Column("mail_to_id", String(80), nullable=False),
    Column("invited", Boolean, nullable=False),
)

contacts = Table(
    "contacts",
    metadata,
    _id(),
    Column("agency_id", String(80), ForeignKey("agencies.id"), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("phone", Text, nullable=False),
    # Entered from the ops list or by the unit itself; a new configuration does not overwrite it.
    Column("imported", Boolean, nullable=False),
    # When the unit last said that this still holds; asked for again in every cycle.
    Column("confirmed_on", Date),
)

schedules = Table(
    "schedules",
    metadata,
    _id(),
    # Ladder, last day and opening day with a digest of the ladder's steps: what two schedules share.
    Column("fingerprint", String(160), nullable=False, unique=True),
)

schedule_steps = Table(
    "schedule_steps",
    metadata,
    Column("schedule_id", Integer, ForeignKey("schedules.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("code", String(12), nullable=False),
    Column("fires_on", Date, nullable=False),
    Column("rhythm", String(10), nullable=False),
    Column("template", String(20), nullable=False),
    # Where the day came from, so that a calendar change can date the frozen ladder again.
    Column("rule", String(16), nullable=False),
    Column("days", Integer, nullable=False),
    # The next step tells somebody else: a leg that goes in turn does not pass over this one.
    Column("ends_turn", Boolean, nullable=False, server_default=true()),
    sqlite_with_rowid=False,
)

schedule_roles = Table(
    "schedule_roles",
    metadata,
    Column("schedule_id", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("role", String(10), primary_key=True),
    Column("min_streak", Integer, nullable=False),
    sqlite_with_rowid=False,
)

obligations = Table(
    "obligations",
    metadata,
    _id(),
    _plan(),
    Column("key", String(160), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("item", String(20)),
    Column("agency_id", String(80), ForeignKey("agencies.id"), nullable=False),
    Column("reviewer_id", String(80), nullable=False),
    Column("period", String(20), nullable=False),
    Column("part", String(12), nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("plan_day", Date, nullable=False),
    Column("target", Date, nullable=False),
    Column("judged", String(12), nullable=False),
    Column("why", Text, nullable=False),
    Column("ladder", String(60)),
    Column("schedule_id", Integer, ForeignKey("schedules.id")),
    Column("parent_id", Integer, ForeignKey("obligations.id"), index=True),
    Column("previous_id", Integer, ForeignKey("obligations.id")),
    Column("waits_for_id", Integer, ForeignKey("obligations.id")),
    Column("waits_until", Date),
    Column("work_state", String(14), nullable=False),
    Column("version", Integer, nullable=False),
    # The day that decides in time or late; set when first handed in.
    Column("done_on", Date),
    # A day that was stated and lies before the duty began: it counts once the desk has confirmed it.
    Column("doubted_on", Date),
    # The day it was first done by, kept when its desk opens it again: that takes "in time" from nobody.
    Column("kept_on", Date),
    Column("updated_late", Boolean, nullable=False),
    # Until when a reviewer, or a unit asked for more, has time: then it counts as received.
    Column("answer_by", Date),
    Column("delay_reason", Text),
    UniqueConstraint("plan", "key"),
    Index("ix_obligations_plan_state", "plan", "work_state", "opened_on"),
    Index("ix_obligations_overdue", "plan", "work_state", "last_day"),
    Index("ix_obligations_plan_item", "plan", "item", "work_state"),
    Index("ix_obligations_agency", "agency_id", "plan"),
    # All that the board counts a plan by, so that it need not read the rows.
    Index(
        "ix_obligations_board",
        "plan",
        "kind",
        "item",
        "period",
        "part",
        "work_state",
        "done_on",
        "last_day",
        "agency_id",
    ),
)

legs = Table(
    "legs",
    metadata,
    _id(),
    Column("obligation_id", Integer, ForeignKey("obligations.id"), nullable=False),
    Column("name", String(20), nullable=False),
    Column("schedule_id", Integer, ForeignKey("schedules.id"), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("last_seq", Integer, nullable=False),
    # Born late, or kept back by a pause: steps due together go one a working day, the unit's first.
    Column("in_turn", Boolean, nullable=False, server_default=false()),
    # How often its last step, the one that repeats, has fired: "đôn đốc lần n".
    Column("repeats", Integer, nullable=False, server_default=text("0")),
    # The day of the next step; null while the leg is asleep or at its end. The sweep reads nothing else.
    Column("next_on", Date),
    UniqueConstraint("obligation_id", "name"),
)
Index(
    "ix_legs_next_on",
    legs.c.next_on,
    sqlite_where=legs.c.next_on.is_not(None),
    postgresql_where=legs.c.next_on.is_not(None),
)

messages = Table(
    "messages",
    metadata,
    _id(),
    _plan(),
    Column("recipient_id", String(80), ForeignKey("agencies.id"), nullable=False),
    Column("mail_on", Date, nullable=False),
    Column("state", String(10), nullable=False),
    Column("message_id", String(200), nullable=False, unique=True),
    Column("addresses", JSON, nullable=False),
    # Those the server has taken already; a repeat goes to the others only.
    Column("accepted", JSON, nullable=False),
    Column("subject", Text),
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", Instant, nullable=False),
    Column("claimed_by", String(120)),
    Column("claimed_until", Instant),
    Column("sent_at", Instant),
    # Since when it has been refused for a reason of its own; a server that refuses everybody does not count.
    Column("failing_since", Instant),
    Column("error", Text),
    # When it was given up and its notices went to the desk above; null until then.
    Column("handed_on_at", Instant),
    Index("ix_messages_state", "state", "next_try_at"),
    Index("ix_messages_mail", "plan", "mail_on"),
)

# Apart from its message, whose row changes with every try: SQLite would write all these bytes again.
message_contents = Table(
    "message_contents",
    metadata,
    Column("message_id", Integer, ForeignKey("messages.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# What became of a message at one address in one try; rows are only ever added.
message_replies = Table(
    "message_replies",
    metadata,
    _id(),
    Column("message_id", Integer, ForeignKey("messages.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("address", String(320), nullable=False),
    Column("accepted", Boolean, nullable=False),
    # connect, mail, rcpt, data or final (the answer after the last dot).
    Column("stage", String(10), nullable=False),
    # Null where nobody answered: a lost connection, or a file instead of a server.
    Column("code", Integer),
    Column("enhanced", String(12)),
    Column("text", Text, nullable=False),
)

bounces = Table(
    "bounces",
    metadata,
    _id(),
    Column("message_id", Integer, ForeignKey("messages.id"), nullable=False),
    Column("address", String(320), nullable=False),
    # failed, delayed and the like, as the report says (RFC 3464).
    Column("action", String(12), nullable=False),
    Column("status", String(12), nullable=False),
    Column("text", Text, nullable=False),
    # Which report said so: read again it changes nothing.
    Column("report", String(64), nullable=False),
    Column("read_at", Instant, nullable=False),
    UniqueConstraint("message_id", "address", "report"),
)

address_marks = Table(
    "address_marks",
    metadata,
    _id(),
    # An address of an agency that takes no mail: its mail goes by its superior's desk until this is lifted.
    Column("agency_id", String(80), ForeignKey("agencies.id"), nullable=False, index=True),
    Column("address", String(320), nullable=False),
    Column("since", Instant, nullable=False),
    Column("why", Text, nullable=False),
    Column("lifted_at", Instant),
    Column("lifted_by", Text),
)

notices = Table(
    "notices",
    metadata,
    _id(),
    _plan(),
    Column("obligation_id", Integer, ForeignKey("obligations.id"), nullable=False),
    Column("item", String(20)),
    Column("leg_id", Integer, ForeignKey("legs.id"), nullable=False),
    Column("step", String(12), nullable=False),
    Column("role", String(10), nullable=False),
    Column("recipient_id", String(80), ForeignKey("agencies.id"), nullable=False),
    # The agency meant, where the recipient is only asked to pass it on (nhờ chuyển).
    Column("meant_for_id", String(80), nullable=False),
    Column("fires_on", Date, nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("mail_on", Date, nullable=False),
    Column("template", String(20), nullable=False),
    Column("missed", Text, nullable=False),
    Column("streak", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("error", Text),
    Column("message_id", Integer, ForeignKey("messages.id"), index=True),
    UniqueConstraint("leg_id", "step", "recipient_id"),
    Index("ix_notices_obligation_id", "obligation_id"),
    Index("ix_notices_recorded", "plan", "recorded_on"),
)
Index(
    "ix_notices_unsent",
    notices.c.plan,
    notices.c.mail_on,
    sqlite_where=notices.c.message_id.is_(None),
    postgresql_where=notices.c.message_id.is_(None),
)

weekly_lines = Table(
    "weekly_lines",
    metadata,
    _id(),
    _plan(),
    # A desk's line on what waits for it, or Sở Nội vụ's digest: one a week, whatever runs how often.
    Column("recipient_id", String(80), ForeignKey("agencies.id"), nullable=False),
    Column("mail_on", Date, nullable=False),
    Column("message_id", Integer, ForeignKey("messages.id")),
    UniqueConstraint("plan", "recipient_id", "mail_on"),
)

documents = Table(
    "documents",
    metadata,
    _id(),
    _plan(),
    Column("number", String(80), nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("signer", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("recorded_by", String(80), nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    _id(),
    Column("obligation_id", Integer, ForeignKey("obligations.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("entered_by", String(80), nullable=False),
    Column("completed_on", Date),
    Column("arrived_on", Date, nullable=False),
    Column("counts_on", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("difficulty", Text, nullable=False),
    Column("figures", JSON, nullable=False),
    # Figures as the unit expects them at the period's end; optional.
    Column("estimates", JSON),
    # The units below that are named as not having reported, where a district signs off.
    Column("missing", JSON),
    # Who wrote it and who of the unit's leaders approved it, as they call themselves.
    Column("drafted_by", Text),
    Column("approved_by", Text),
    Column("document_id", Integer, ForeignKey("documents.id")),
    UniqueConstraint("obligation_id", "version"),
)

evidence = Table(
    "evidence",
    metadata,
    _id(),
    Column("report_id", Integer, ForeignKey("reports.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("media_type", Text),
    # A desk took the file away; the row stays as the trace of it.
    Column("removed_at", Instant),
    Column("removed_by", String(80)),
    Column("removed_why", Text),
    Index("ix_evidence_sha256", "sha256"),
)

history = Table(
    "history",
    metadata,
    _id(),
    Column("obligation_id", Integer, ForeignKey("obligations.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("by", String(80), nullable=False),
    # The person of that agency who did it, as the portal knows them; null on the command line.
    Column("person", Text),
    # The account of the operating system it was done under on the command line; null on the portal.
    Column("os_user", Text),
    Column("what", String(30), nullable=False),
    Column("from_state", String(14)),
    Column("to_state", String(14)),
    Column("why", Text, nullable=False),
)

# Every change of anything, in one chain: each row's hash is over its content and the hash before.
journal = Table(
    "journal",
    metadata,
    # 1, 2, 3 …: given by whoever writes, under a lock, so that a gap is a row that somebody took away.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("plan", String(40), nullable=False),
    # The agency that acts; "system" where nobody does.
    Column("by", String(80), nullable=False),
    Column("person", Text, nullable=False),
    Column("seat", String(20), nullable=False),
    # A mark of the session, from which it cannot be taken over.
    Column("session", String(16), nullable=False),
    Column("os_user", Text, nullable=False),
    # portal, command or flow.
    Column("channel", String(10), nullable=False),
    Column("what", String(40), nullable=False),
    # What it was done to: an obligation's key, an agency, a mail's number.
    Column("subject", Text, nullable=False),
    # What else is to be known, and the digests of the rows of other tables that changed with it: JSON.
    Column("details", Text, nullable=False),
    Column("seals", Text, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_journal_at", "at"),
)

events = Table(
    "events",
    metadata,
    _id(),
    _plan(),
    Column("item", String(20), nullable=False),
    Column("number", Integer, nullable=False),
    Column("agency_id", String(80), ForeignKey("agencies.id"), nullable=False),
    Column("on", Date, nullable=False),
    Column("title", Text, nullable=False),
    Column("recorded_by", String(80), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("withdrawn", Text),
    Column("obligation_id", Integer, ForeignKey("obligations.id"), nullable=False),
    UniqueConstraint("plan", "item", "number"),
    UniqueConstraint("plan", "item", "agency_id", "on", "title"),
)

extensions = Table(
    "extensions",
    metadata,
    _id(),
    Column("obligation_id", Integer, ForeignKey("obligations.id"), nullable=False, index=True),
    Column("old_day", Date, nullable=False),
    Column("new_day", Date, nullable=False),
    Column("document_number", String(80), nullable=False),
    Column("document_on", Date),
    Column("by", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    Column("old_plan_day", Date),
    Column("reason", Text),
    # The row of this table that this one takes back: rows are only added.
    Column("withdraws_id", Integer),
)

pauses = Table(
    "pauses",
    metadata,
    _id(),
    _plan(),
    # A district's pause holds for its communes too.
    Column("place_id", String(80), ForeignKey("agencies.id"), nullable=False),
    # One of the body at the top: everybody rests.
    Column("everywhere", Boolean, nullable=False),
    Column("from_day", Date, nullable=False),
    # Null while nobody knows the end.
    Column("to_day", Date),
    Column("reason", Text, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    # Why it was withdrawn: then it is as if it had never been.
    Column("withdrawn", Text),
)

# The documents that set days which the plan does not: from their signing on such a day is more than proposed.
day_documents = Table(
    "day_documents",
    metadata,
    _id(),
    _plan(),
    # Whose days: plan, sheet, report, or an item's key.
    Column("rule", String(20), nullable=False),
    # Of a district: its communes'; of the body at the top: everybody's.
    Column("place_id", String(80), ForeignKey("agencies.id"), nullable=False),
    Column("everywhere", Boolean, nullable=False),
    # Null where it is for every tier.
    Column("tier", String(10)),
    Column("number", String(80), nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    # Why it was withdrawn: then it is as if it had never been.
    Column("withdrawn", Text),
)

proposals = Table(
    "proposals",
    metadata,
    _id(),
    _plan(),
    # "list": an obligation ten working days late; "chronic": an agency with several overdue at once.
    Column("cause", String(10), nullable=False),
    Column("agency_id", String(80), ForeignKey("agencies.id"), nullable=False),
    Column("obligation_id", Integer, ForeignKey("obligations.id")),
    # What makes the entry unique: the obligation's leg, or the month of a chronic case.
    Column("episode", String(200), nullable=False),
    Column("entered_on", Date, nullable=False),
    Column("state", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_by", String(80)),
    Column("decided_at", Instant),
    Column("document_number", String(80)),
    UniqueConstraint("plan", "episode"),
)
