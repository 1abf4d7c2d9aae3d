"""Duties that were open when their holder ended: who holds them since."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; nothing was handed over before."""
    op.create_table(
        "hand_overs",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.String(length=80), nullable=False),
        sa.Column("to_id", sa.String(length=80), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plans.key"], name=op.f("fk_hand_overs_plan")),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_hand_overs_obligation_id")
        ),
        sa.ForeignKeyConstraint(["from_id"], ["agencies.id"], name=op.f("fk_hand_overs_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["agencies.id"], name=op.f("fk_hand_overs_to_id")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["obligations.id"], name=op.f("fk_hand_overs_merged_into_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
    )
    op.create_index("ix_hand_overs_obligation_id", "hand_overs", ["obligation_id"])
    op.create_index("ix_hand_overs_to", "hand_overs", ["plan", "to_id"])


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_hand_overs_to", table_name="hand_overs")
    op.drop_index("ix_hand_overs_obligation_id", table_name="hand_overs")
    op.drop_table("hand_overs")
