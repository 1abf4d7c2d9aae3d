"""What points to a duty is found by an index: where one is deleted, each table is asked whether it does."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

FEW = {"ix_obligations_previous_id": "previous_id", "ix_obligations_waits_for_id": "waits_for_id"}
"""Of the duties' own columns only rows that have a value stand in the index."""
ALL = {
    "ix_events_obligation_id": ("events", "obligation_id"),
    "ix_hand_overs_merged_into_id": ("hand_overs", "merged_into_id"),
    "ix_links_obligation_id": ("links", "obligation_id"),
    "ix_proposals_obligation_id": ("proposals", "obligation_id"),
}


def upgrade() -> None:
    """Apply."""
    for name, column in FEW.items():
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, "obligations", [column], sqlite_where=there, postgresql_where=there)
    for name, (table, column) in ALL.items():
        op.create_index(name, table, [column])


def downgrade() -> None:
    """Take back."""
    for name, (table, _) in ALL.items():
        op.drop_index(name, table_name=table)
    for name in FEW:
        op.drop_index(name, table_name="obligations")
