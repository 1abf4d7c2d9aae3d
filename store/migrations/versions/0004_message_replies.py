"""What the mail server answered, kept with each message; since when one fails for a reason of its own."""

import sqlalchemy as sa
from alembic import op

from store.schema import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = "máy chủ thư đã nhận (gửi trước khi câu trả lời được lưu)"
MANY = 1000


def upgrade() -> None:
    """Apply; mail that was sent before counts as accepted, though nobody kept the words."""
    op.create_table(
        "message_replies",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("enhanced", sa.String(length=12), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_message_replies_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_replies")),
    )
    with op.batch_alter_table("message_replies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_replies_message_id"), ["message_id"], unique=False)
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("failing_since", Instant(), nullable=True))
    _taken_before()


def _taken_before() -> None:
    messages = sa.table(
        "messages",
        sa.column("id"),
        sa.column("state"),
        sa.column("sent_at", Instant()),
        sa.column("addresses", sa.JSON()),
    )
    replies = sa.table(
        "message_replies",
        sa.column("message_id"),
        sa.column("at", Instant()),
        sa.column("address"),
        sa.column("accepted", sa.Boolean()),
        sa.column("stage"),
        sa.column("text"),
    )
    connection = op.get_bind()
    sent = sa.select(messages).where(messages.c.state == "sent", messages.c.sent_at.is_not(None))
    rows = [
        {
            "message_id": row.id,
            "at": row.sent_at,
            "address": address,
            "accepted": True,
            "stage": "final",
            "text": BEFORE,
        }
        for row in connection.execute(sent)
        for address in row.addresses
    ]
    for start in range(0, len(rows), MANY):
        connection.execute(replies.insert(), rows[start : start + MANY])


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_column("failing_since")
    op.drop_table("message_replies")
