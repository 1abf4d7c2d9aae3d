"""A unit is told of its slip of a quarter, and its word on it is answered."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("grades", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("grades", sa.Column("reply", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take back."""
    op.drop_column("grades", "reply")
    op.drop_column("grades", "told_at")
