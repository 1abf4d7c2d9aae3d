"""Reports that a mail came back, the addresses that take none, and what went to the desk above for it."""

import sqlalchemy as sa
from alembic import op

from store.schema import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "bounces",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("action", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("report", sa.String(length=64), nullable=False),
        sa.Column("read_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_bounces_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounces")),
        sa.UniqueConstraint(
            "message_id", "address", "report", name=op.f("uq_bounces_message_id_address_report")
        ),
    )
    op.create_table(
        "address_marks",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("agency_id", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.Column("lifted_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_address_marks_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_marks")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("handed_on_at", Instant(), nullable=True))
    with op.batch_alter_table("address_marks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_marks_agency_id"), ["agency_id"], unique=False)


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_column("handed_on_at")
    op.drop_table("address_marks")
    op.drop_table("bounces")
