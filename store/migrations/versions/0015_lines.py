"""Who stands over whom, whom an agency reports to and where it is counted stand with the agencies."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

LONGEST = 6
"""No chain of superiors was longer; the next `init` writes them from the configuration again."""


def upgrade() -> None:
    """Apply; what the configuration said when it was loaded last is followed up its superiors."""
    op.add_column("agencies", sa.Column("desk_id", sa.String(length=80), nullable=True))
    op.add_column("agencies", sa.Column("area_id", sa.String(length=80), nullable=True))
    op.create_table(
        "standing_over",
        sa.Column("agency_id", sa.String(length=80), sa.ForeignKey("agencies.id"), primary_key=True),
        sa.Column("over_id", sa.String(length=80), primary_key=True),
    )
    op.execute(
        "UPDATE agencies SET desk_id = superior_id WHERE tier = 'commune'"
        " AND superior_id IN (SELECT id FROM agencies WHERE tier = 'district')"
    )
    op.execute("UPDATE agencies SET area_id = CASE WHEN tier = 'district' THEN id ELSE desk_id END")
    op.execute(
        "INSERT INTO standing_over (agency_id, over_id)"
        " SELECT id, superior_id FROM agencies WHERE superior_id IS NOT NULL"
    )
    for _ in range(LONGEST):
        op.execute(
            "INSERT INTO standing_over (agency_id, over_id)"
            " SELECT DISTINCT low.agency_id, high.superior_id FROM standing_over low"
            " JOIN agencies high ON high.id = low.over_id"
            " WHERE high.superior_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM standing_over known"
            " WHERE known.agency_id = low.agency_id AND known.over_id = high.superior_id)"
        )


def downgrade() -> None:
    """Take back."""
    op.drop_table("standing_over")
    op.drop_column("agencies", "area_id")
    op.drop_column("agencies", "desk_id")
