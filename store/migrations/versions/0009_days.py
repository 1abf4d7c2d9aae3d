"""A stated day that waits for the desk's word; pauses without an end, or withdrawn; extensions taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("obligations", sa.Column("doubted_on", sa.Date(), nullable=True))
    op.add_column("extensions", sa.Column("old_plan_day", sa.Date(), nullable=True))
    op.add_column("extensions", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("extensions", sa.Column("withdraws_id", sa.Integer(), nullable=True))
    with op.batch_alter_table("pauses") as batch:
        batch.drop_constraint(op.f("uq_pauses_plan_place_id_from_day_to_day"), type_="unique")
        batch.alter_column("to_day", existing_type=sa.Date(), nullable=True)
        batch.add_column(sa.Column("withdrawn", sa.Text(), nullable=True))
        batch.add_column(sa.Column("everywhere", sa.Boolean(), nullable=True))
    # Whoever has nobody above and is somebody's superior is the body at the top.
    op.execute(
        "UPDATE pauses SET everywhere = place_id IN"
        " (SELECT superior_id FROM agencies WHERE superior_id IS NOT NULL)"
        " AND place_id IN (SELECT id FROM agencies WHERE superior_id IS NULL)"
    )
    with op.batch_alter_table("pauses") as batch:
        batch.alter_column("everywhere", existing_type=sa.Boolean(), nullable=False)


def downgrade() -> None:
    """Take back: what has been withdrawn is gone, and what has no end keeps its first day."""
    op.execute("DELETE FROM pauses WHERE withdrawn IS NOT NULL")
    op.execute("UPDATE pauses SET to_day = from_day WHERE to_day IS NULL")
    with op.batch_alter_table("pauses") as batch:
        batch.drop_column("everywhere")
        batch.drop_column("withdrawn")
        batch.alter_column("to_day", existing_type=sa.Date(), nullable=False)
        batch.create_unique_constraint(
            op.f("uq_pauses_plan_place_id_from_day_to_day"), ["plan", "place_id", "from_day", "to_day"]
        )
    with op.batch_alter_table("extensions") as batch:
        batch.drop_column("withdraws_id")
        batch.drop_column("reason")
        batch.drop_column("old_plan_day")
    with op.batch_alter_table("obligations") as batch:
        batch.drop_column("doubted_on")
