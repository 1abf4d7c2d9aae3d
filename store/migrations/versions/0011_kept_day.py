"""The day a duty was first done by stays with it when its desk opens it again."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("obligations", sa.Column("kept_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take back."""
    op.drop_column("obligations", "kept_on")
