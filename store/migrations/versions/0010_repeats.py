"""After its last step a ladder tells the unit again and again: how often it has."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("legs", sa.Column("repeats", sa.Integer(), server_default=sa.text("0"), nullable=False))


def downgrade() -> None:
    """Take back."""
    op.drop_column("legs", "repeats")
