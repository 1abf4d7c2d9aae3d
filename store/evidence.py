"""The rows of evidence: which files a report has, and the trace of one that was taken away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from obligations.kinds import OfKind
from obligations.model import Kind
from obligations.period import Period
from store.clauses import EVENT_TITLE
from store.door import all_of, one_of
from store.schema import evidence, obligations, papers, reports

UNKNOWN_TYPE = "application/octet-stream"
"""Of files that were kept before their type was looked at."""


@dataclass(frozen=True, kw_only=True)
class File:
    """One evidence file of a report, or what is left of it."""

    id: int
    name: str
    size: int
    sha256: str
    media_type: str
    removed_at: datetime | None
    removed_by: str | None
    removed_why: str | None

    @property
    def is_removed(self) -> bool:
        """Whether a desk took it away."""
        return self.removed_at is not None


@dataclass(frozen=True, kw_only=True)
class Owned(OfKind):
    """A file with the obligation it belongs to, and what that is called by."""

    file: File
    obligation: str
    agency_id: str
    kind: Kind
    item: str | None
    period: Period
    event: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceRow:
    """A file of a report."""

    id: int
    report_id: int
    name: str
    sha256: str
    size: int
    media_type: str | None
    removed_at: datetime | None
    removed_by: str | None
    removed_why: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnedRow(EvidenceRow):
    """A file of a report, and of which obligation."""

    key: str
    agency_id: str
    kind: Kind
    item: str | None
    period: Period
    event: str


def files_of(connection: Connection, report_ids: Collection[int]) -> dict[int, tuple[File, ...]]:
    """Return the files of some reports, removed ones too, as they came; who has none is left out."""
    found: dict[int, list[File]] = defaultdict(list)
    if report_ids:
        query = select(evidence).where(evidence.c.report_id.in_(report_ids)).order_by(evidence.c.id)
        for row in all_of(connection, EvidenceRow, query):
            found[row.report_id].append(_file(row))
    return {report: tuple(files) for report, files in found.items()}


def owned_file(connection: Connection, plan: str, evidence_id: int) -> Owned | None:
    """Return one file of a plan and whose it is, or None."""
    row = one_of(connection, OwnedRow, _owned(plan).where(evidence.c.id == evidence_id))
    if row is None:
        return None
    return Owned(
        file=_file(row),
        obligation=row.key,
        agency_id=row.agency_id,
        kind=row.kind,
        item=row.item,
        period=row.period,
        event=row.event,
    )


def mark_removed(connection: Connection, file: File, by: str, at: datetime, why: str) -> bool:
    """Write on a file's row that it was taken away; False when somebody did so before."""
    done = connection.execute(
        evidence.update()
        .where(evidence.c.id == file.id, evidence.c.removed_at.is_(None))
        .values(removed_at=at, removed_by=by, removed_why=why)
    )
    return done.rowcount == 1


def is_needed(connection: Connection, digest: str) -> bool:
    """Whether any report, of whichever plan, or a paper still has a file with this content."""
    living: ColumnElement[bool] = evidence.c.removed_at.is_(None)
    query = select(func.count()).select_from(evidence).where(evidence.c.sha256 == digest, living)
    paper = (
        select(func.count()).select_from(papers).where(or_(papers.c.docx == digest, papers.c.pdf == digest))
    )
    return bool(connection.scalar(query) or connection.scalar(paper))


def _owned(plan: str) -> Select[*tuple[object, ...]]:
    return (
        select(
            evidence,
            obligations.c.key,
            obligations.c.agency_id,
            obligations.c.kind,
            obligations.c.item,
            obligations.c.period,
            EVENT_TITLE,
        )
        .join(reports, reports.c.id == evidence.c.report_id)
        .join(obligations, obligations.c.id == reports.c.obligation_id)
        .where(obligations.c.plan == plan)
    )


def _file(row: EvidenceRow) -> File:
    return File(
        id=row.id,
        name=row.name,
        size=row.size,
        sha256=row.sha256,
        media_type=row.media_type or UNKNOWN_TYPE,
        removed_at=row.removed_at,
        removed_by=row.removed_by,
        removed_why=row.removed_why,
    )
