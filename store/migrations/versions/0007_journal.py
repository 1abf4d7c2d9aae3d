"""The journal, its triggers, and the account of the operating system beside every line of the history."""

import sqlalchemy as sa
from alembic import op

from store.guards import guard, unguard
from store.schema import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("history", sa.Column("os_user", sa.Text(), nullable=True))
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("seat", sa.String(length=20), nullable=False),
        sa.Column("session", sa.String(length=16), nullable=False),
        sa.Column("os_user", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("seals", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_at"), "journal", ["at"])
    guard(op.get_bind())


def downgrade() -> None:
    """Take back."""
    unguard(op.get_bind())
    op.drop_index(op.f("ix_journal_at"), table_name="journal")
    op.drop_table("journal")
    with op.batch_alter_table("history") as batch:
        batch.drop_column("os_user")
