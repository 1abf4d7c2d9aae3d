"""Papers and campaigns as typed nouns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A paper as it was drafted, and how it was signed once it was."""

    id: int
    plan: str
    kind: str
    issuer_id: str
    for_id: str | None
    scope: str
    version: int
    title: str
    data_day: date
    docx: str
    docx_size: int
    pdf: str | None
    pdf_size: int | None
    pages: int | None
    content: dict[str, object]
    figures: dict[str, object]
    made_at: datetime
    made_by: str
    person: str
    number: str | None
    signed_on: date | None
    signer: str | None
    entered_at: datetime | None
    entered_by: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Campaign:
    """Units urged by a letter."""

    id: int
    plan: str
    issuer_id: str
    paper_id: int
    turn: int
    items: list[str]
    units: list[str]
    repeats_id: int | None
    made_on: date
    again_on: date
