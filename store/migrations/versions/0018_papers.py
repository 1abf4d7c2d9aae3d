"""Papers that an office signs, and campaigns."""

import sqlalchemy as sa
from alembic import op

from store.schema import Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; no paper was kept before."""
    op.create_table(
        "papers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("issuer_id", sa.String(length=80), nullable=False),
        sa.Column("for_id", sa.String(length=80), nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("data_day", sa.Date(), nullable=False),
        sa.Column("docx", sa.String(length=64), nullable=False),
        sa.Column("docx_size", sa.Integer(), nullable=False),
        sa.Column("pdf", sa.String(length=64), nullable=True),
        sa.Column("pdf_size", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signer", sa.Text(), nullable=True),
        sa.Column("entered_at", Instant(), nullable=True),
        sa.Column("entered_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["plan"], ["plans.key"], name=op.f("fk_papers_plan")),
        sa.ForeignKeyConstraint(["issuer_id"], ["agencies.id"], name=op.f("fk_papers_issuer_id")),
        sa.ForeignKeyConstraint(["for_id"], ["agencies.id"], name=op.f("fk_papers_for_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint(
            "plan",
            "kind",
            "issuer_id",
            "scope",
            "version",
            name=op.f("uq_papers_plan_kind_issuer_id_scope_version"),
        ),
    )
    op.create_index("ix_papers_plan", "papers", ["plan", "issuer_id"])
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("issuer_id", sa.String(length=80), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("repeats_id", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("again_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plans.key"], name=op.f("fk_campaigns_plan")),
        sa.ForeignKeyConstraint(["issuer_id"], ["agencies.id"], name=op.f("fk_campaigns_issuer_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_campaigns_paper_id")),
        sa.ForeignKeyConstraint(["repeats_id"], ["campaigns.id"], name=op.f("fk_campaigns_repeats_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    op.create_index("ix_campaigns_plan", "campaigns", ["plan", "issuer_id"])
    op.create_index("ix_campaigns_paper_id", "campaigns", ["paper_id"])
    op.create_table(
        "campaign_duties",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_duties_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_campaign_duties_obligation_id")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_campaign_duties_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_duties")),
        sa.UniqueConstraint(
            "campaign_id", "obligation_id", name=op.f("uq_campaign_duties_campaign_id_obligation_id")
        ),
    )
    op.create_index("ix_campaign_duties_obligation_id", "campaign_duties", ["obligation_id"])


def downgrade() -> None:
    """Take back."""
    op.drop_table("campaign_duties")
    op.drop_table("campaigns")
    op.drop_table("papers")
