"""Versions of reports, the documents they travel by, and their evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, and_, exists, or_, select

from obligations.answers import Document
from obligations.figures import Figures
from store.schema import documents, evidence, obligations, reports


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a report as it is stored."""

    obligation_id: int
    version: int
    entered_at: datetime
    entered_by: str
    completed_on: date | None
    arrived_on: date
    counts_on: date
    text: str = ""
    difficulty: str = ""
    figures: Figures = field(default_factory=dict)
    estimates: Figures = field(default_factory=dict)
    """Figures as the unit expects them at the period's end; optional."""
    missing: tuple[str, ...] = ()
    """The units below that had not reported when it was signed off."""
    drafted_by: str | None = None
    approved_by: str | None = None
    document_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Stored:
    """An evidence file, kept by the hash of its content."""

    name: str
    sha256: str
    size: int
    media_type: str
    """As what it is served, by what its bytes are."""


def write_version(connection: Connection, version: Version, files: tuple[Stored, ...] = ()) -> None:
    """Write a report's version with its evidence."""
    written = connection.execute(reports.insert(), vars(version))
    (report_id,) = written.inserted_primary_key or (0,)
    if files:
        connection.execute(
            evidence.insert(),
            [{"report_id": report_id, **vars(file)} for file in files],
        )


def is_proven(connection: Connection, obligation: int) -> bool:
    """Whether a version of an obligation's report came with a document, or a file that is still there."""
    kept = exists().where(evidence.c.report_id == reports.c.id, evidence.c.removed_at.is_(None))
    proven = select(reports.c.id).where(
        reports.c.obligation_id == obligation, or_(reports.c.document_id.is_not(None), kept)
    )
    return connection.scalar(proven.limit(1)) is not None


def entered_at(connection: Connection, obligation: int, version: int) -> datetime | None:
    """Return when a version of a report was handed in; None where there is none."""
    found: datetime | None = connection.scalar(
        select(reports.c.entered_at).where(
            reports.c.obligation_id == obligation, reports.c.version == version
        )
    )
    return found


def figures_said(connection: Connection, obligation: int) -> list[tuple[str | None, dict[str, object]]]:
    """Return the figures of the newest version by item: its own, and of a cycle report those of its rows."""
    o = obligations.c
    query = (
        select(o.item, reports.c.figures)
        .join(reports, and_(reports.c.obligation_id == o.id, reports.c.version == o.version))
        .where(or_(o.id == obligation, o.parent_id == obligation))
        .order_by(o.id)
    )
    return [(row.item, row.figures or {}) for row in connection.execute(query)]


def write_versions(connection: Connection, versions: list[Version]) -> None:
    """Write many versions at once: what the rows of a cycle report say."""
    if versions:
        connection.execute(reports.insert(), [vars(version) for version in versions])


def document_of(connection: Connection, number: int) -> Document:
    """Return a signed document that has been entered."""
    row = connection.execute(select(documents).where(documents.c.id == number)).one()
    return Document(number=row.number, signed_on=row.signed_on, signer=row.signer, summary=row.summary)


def write_document(connection: Connection, plan: str, document: Document, by: str, at: datetime) -> int:
    """Write a signed document, or find it if the same one has been entered, and return its id."""
    same = select(documents.c.id).where(
        documents.c.plan == plan,
        documents.c.number == document.number,
        documents.c.signed_on == document.signed_on,
    )
    found = connection.scalar(same)
    if found is not None:
        return int(found)
    written = connection.execute(
        documents.insert().values(plan=plan, recorded_by=by, recorded_at=at, **vars(document))
    )
    (key,) = written.inserted_primary_key or (0,)
    return int(key)
