"""The portal: links, sessions, drafts, notes, holds; who drafted and approved, what was removed."""

import sqlalchemy as sa
from alembic import op

from store.schema import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BOARD = (
    "plan",
    "kind",
    "item",
    "period",
    "part",
    "work_state",
    "done_on",
    "last_day",
    "agency_id",
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "holds",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("recipient_id", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.Column("lifted_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["plan"], ["plans.key"], name=op.f("fk_holds_plan")),
        sa.ForeignKeyConstraint(["recipient_id"], ["agencies.id"], name=op.f("fk_holds_recipient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
        sa.UniqueConstraint("plan", "on", "recipient_id", name=op.f("uq_holds_plan_on_recipient_id")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=80), nullable=False),
        sa.Column("seat", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_sessions_agency_id")),
        sa.ForeignKeyConstraint(["plan"], ["plans.key"], name=op.f("fk_sessions_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("inner_day", sa.Date(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_assignments_obligation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint("obligation_id", name=op.f("uq_assignments_obligation_id")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("drafted_by", sa.Text(), nullable=False),
        sa.Column("drafted_at", Instant(), nullable=False),
        sa.Column("presented_to", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligations.id"], name=op.f("fk_drafts_obligation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("obligation_id", name=op.f("uq_drafts_obligation_id")),
    )
    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("agency_id", sa.String(length=80), nullable=False),
        sa.Column("seat", sa.String(length=20), nullable=True),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("revoked_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_links_agency_id")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligations.id"], name=op.f("fk_links_obligation_id")),
        sa.ForeignKeyConstraint(["plan"], ["plans.key"], name=op.f("fk_links_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("token", name=op.f("uq_links_token")),
    )
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.create_index("ix_links_agency_id", ["agency_id"], unique=False)

    op.create_table(
        "notes",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(length=16), nullable=False),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_notes_message_id")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_notes")),
    )
    op.create_table(
        "link_uses",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_link_uses_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_uses")),
    )
    with op.batch_alter_table("link_uses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_uses_link_id"), ["link_id"], unique=False)

    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirmed_on", sa.Date(), nullable=True))

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("media_type", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("removed_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("removed_by", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("removed_why", sa.Text(), nullable=True))
        batch_op.create_index("ix_evidence_sha256", ["sha256"], unique=False)

    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.add_column(sa.Column("person", sa.Text(), nullable=True))

    op.create_index("ix_obligations_board", "obligations", list(BOARD))
    op.create_index("ix_obligations_agency", "obligations", ["agency_id", "plan"])
    op.drop_index("ix_obligations_agency_id", "obligations")
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("estimates", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("missing", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("drafted_by", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("approved_by", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.drop_column("person")

    op.drop_index("ix_obligations_board", "obligations")
    op.create_index("ix_obligations_agency_id", "obligations", ["agency_id"])
    op.drop_index("ix_obligations_agency", "obligations")
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_column("approved_by")
        batch_op.drop_column("drafted_by")
        batch_op.drop_column("missing")
        batch_op.drop_column("estimates")

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_sha256")
        batch_op.drop_column("removed_why")
        batch_op.drop_column("removed_by")
        batch_op.drop_column("removed_at")
        batch_op.drop_column("media_type")

    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_column("confirmed_on")

    with op.batch_alter_table("link_uses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_uses_link_id"))

    op.drop_table("link_uses")
    op.drop_table("notes")
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.drop_index("ix_links_agency_id")

    op.drop_table("links")
    op.drop_table("drafts")
    op.drop_table("assignments")
    op.drop_table("sessions")
    op.drop_table("holds")
