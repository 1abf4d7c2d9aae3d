"""One report as its form needs it: the duty, its draft, and what was last handed in or asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, func, select

from obligations.deeds import ASK_MORE
from obligations.obligation import NamedObligation, Obligation
from store.door import all_of, one_of, whole
from store.duties import NAMED
from store.rows import Draft
from store.schema import drafts, evidence, history, obligations, reports


@dataclass(frozen=True, kw_only=True, slots=True)
class CycleReport(NamedObligation):
    """A cycle report with its draft, its newest version and what was last asked of it."""

    draft: Draft | None
    entered_at: datetime | None
    completed_on: date | None
    missing: list[str] | None
    files: int
    asked: str | None


def report_of(connection: Connection, plan: str, key: str) -> CycleReport | None:
    """Return an obligation with its draft, its newest report and what was last asked of it."""
    o = obligations.c
    newest = and_(reports.c.obligation_id == o.id, reports.c.version == o.version)
    asked = (
        select(history.c.why)
        .where(history.c.obligation_id == o.id, history.c.what == ASK_MORE)
        .order_by(history.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    files = (
        select(func.count()).where(evidence.c.report_id == reports.c.id).correlate(reports).scalar_subquery()
    )
    query = (
        select(
            *NAMED,
            *whole("draft", drafts),
            reports.c.entered_at,
            reports.c.completed_on,
            reports.c.missing,
            files.label("files"),
            asked.label("asked"),
        )
        .outerjoin(drafts, drafts.c.obligation_id == o.id)
        .outerjoin(reports, newest)
        .where(o.plan == plan, o.key == key)
    )
    return one_of(connection, CycleReport, query)


def rows_of(connection: Connection, report_id: int) -> list[Obligation]:
    """Return the rows that a cycle report answers, in the plan's order."""
    query = select(obligations).where(obligations.c.parent_id == report_id).order_by(obligations.c.id)
    return all_of(connection, Obligation, query)
