"""Legs that go in turn: of steps due together the unit's is told first, then each above it."""

from itertools import pairwise

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STEPS = sa.table("schedule_steps", sa.column("schedule_id"), sa.column("seq"), sa.column("code"))
ROLES = sa.table("schedule_roles", sa.column("schedule_id"), sa.column("seq"), sa.column("role"))


def upgrade() -> None:
    """Apply; of the ladders that are frozen already it is found out which step is followed by another's."""
    op.add_column("legs", sa.Column("in_turn", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column(
        "schedule_steps", sa.Column("ends_turn", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    marked = sa.table("schedule_steps", sa.column("schedule_id"), sa.column("seq"), sa.column("ends_turn"))
    for schedule, seq in _followed_by_their_own(op.get_bind()):
        here = sa.and_(marked.c.schedule_id == schedule, marked.c.seq == seq)
        op.execute(marked.update().where(here).values(ends_turn=sa.false()))


def _followed_by_their_own(bind: sa.Connection) -> list[tuple[int, int]]:
    roles: dict[tuple[int, int], set[str]] = {}
    for row in bind.execute(sa.select(ROLES)):
        role = "self" if row.role == "director" else row.role
        roles.setdefault((row.schedule_id, row.seq), set()).add(role)
    steps = bind.execute(sa.select(STEPS).order_by(STEPS.c.schedule_id, STEPS.c.seq)).all()

    def audience(step: sa.Row[tuple[int, int, str]]) -> set[str]:
        return {"list"} if step.code == "list" else roles.get((step.schedule_id, step.seq), set())

    return [
        (a.schedule_id, a.seq)
        for a, b in pairwise(steps)
        if a.schedule_id == b.schedule_id and audience(a) == audience(b)
    ]


def downgrade() -> None:
    """Take back."""
    op.drop_column("schedule_steps", "ends_turn")
    op.drop_column("legs", "in_turn")
