"""Papers that an office signs, and the campaigns in which units are urged by them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.schema.base import AgencyId, Base, Number, ObligationId, PlanKey


class Papers(Base):
    """A paper as it was drafted, and how it was signed once it was."""

    __tablename__ = "papers"
    __table_args__ = (
        UniqueConstraint("plan", "kind", "issuer_id", "scope", "version"),
        Index("ix_papers_plan", "plan", "issuer_id"),
    )

    id: Mapped[Number]
    plan: Mapped[PlanKey]
    kind: Mapped[str] = mapped_column(String(20))
    # Whose paper it is: whoever signs.
    issuer_id: Mapped[AgencyId]
    # For which agency it was asked for, where it was for one: whose report it is, or whom it is addressed to.
    for_id: Mapped[str | None] = mapped_column(String(80), ForeignKey("agencies.id"))
    # What it is about, as one text: items, cycle, units; drafts of the same are versions of one paper.
    scope: Mapped[str]
    version: Mapped[int]
    title: Mapped[str]
    data_day: Mapped[date]
    # The contents of its files, by their hash in the store of evidence.
    docx: Mapped[str] = mapped_column(String(64))
    docx_size: Mapped[int]
    # Null where the machine had no LibreOffice.
    pdf: Mapped[str | None] = mapped_column(String(64))
    pdf_size: Mapped[int | None]
    pages: Mapped[int | None]
    # What its template was filled in with, and the figures it states: compared with those of a later day.
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    figures: Mapped[dict[str, object]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(80))
    person: Mapped[str]
    # Entered by the clerk (văn thư) once it is signed.
    number: Mapped[str | None] = mapped_column(String(80))
    signed_on: Mapped[date | None]
    signer: Mapped[str | None]
    entered_at: Mapped[datetime | None]
    entered_by: Mapped[str | None]


class Campaigns(Base):
    """Units urged by a letter: what was chosen, the letter, and which campaign it repeats."""

    __tablename__ = "campaigns"
    __table_args__ = (Index("ix_campaigns_plan", "plan", "issuer_id"),)

    id: Mapped[Number]
    plan: Mapped[PlanKey]
    issuer_id: Mapped[AgencyId]
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"), index=True)
    # "lần n": how often the unit that was urged most often has been.
    turn: Mapped[int]
    items: Mapped[list[str]] = mapped_column(JSON)
    units: Mapped[list[str]] = mapped_column(JSON)
    repeats_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"))
    made_on: Mapped[date]
    # The working day on which what is still open is proposed to be urged again.
    again_on: Mapped[date]


class CampaignDuties(Base):
    """A duty that a campaign urges, how often it has been, and the mail that carried the signed letter."""

    __tablename__ = "campaign_duties"
    __table_args__ = (UniqueConstraint("campaign_id", "obligation_id"),)

    id: Mapped[Number]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    obligation_id: Mapped[ObligationId] = mapped_column(index=True)
    turn: Mapped[int]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
