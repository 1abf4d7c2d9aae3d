"""The documents that set days which the plan does not."""

import sqlalchemy as sa
from alembic import op

from store.schema import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "day_documents",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("place_id", sa.String(length=80), nullable=False),
        sa.Column("everywhere", sa.Boolean(), nullable=False),
        sa.Column("tier", sa.String(length=10), nullable=True),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("withdrawn", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["place_id"], ["agencies.id"], name=op.f("fk_day_documents_place_id")),
        sa.ForeignKeyConstraint(["plan"], ["plans.key"], name=op.f("fk_day_documents_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_documents")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("day_documents")
