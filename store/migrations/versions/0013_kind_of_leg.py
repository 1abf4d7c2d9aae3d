"""What a climb of a ladder is for stands in a column of its own, and no more in front of its name."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = ("lead", "request", "correction", "review", "extension", "moved", "reopened")


def upgrade() -> None:
    """Apply; a name that begins with no kind is left without one, and refused."""
    op.add_column("legs", sa.Column("kind", sa.String(length=10), nullable=True))
    legs = sa.table("legs", sa.column("kind", sa.String), sa.column("name", sa.String))
    for kind in KINDS:
        named = sa.or_(legs.c.name == kind, legs.c.name.like(f"{kind}-%"))
        op.execute(legs.update().where(named).values(kind=kind))
    with op.batch_alter_table("legs") as batch:
        batch.alter_column("kind", existing_type=sa.String(length=10), nullable=False)


def downgrade() -> None:
    """Take back."""
    op.drop_column("legs", "kind")
