"""Whether a duty's day is counted by a rule of the program's own stands with the duty."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OF_OURS = "%(Quy ước của chương trình:%"
"""What the only rule of ours gave as its basis; what is open follows the plan's data at the next `init`."""


def upgrade() -> None:
    """Apply; what is closed is judged by the rule it was opened by."""
    op.add_column("obligations", sa.Column("ours", sa.Boolean(), server_default=sa.false(), nullable=False))
    obligations = sa.table("obligations", sa.column("ours", sa.Boolean), sa.column("why", sa.String))
    op.execute(obligations.update().where(obligations.c.why.like(OF_OURS)).values(ours=sa.true()))


def downgrade() -> None:
    """Take back."""
    op.drop_column("obligations", "ours")
