"""One report as its form needs it: the duty, its draft, and what was last handed in or asked for."""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, select

from store.ledger import AnyRow
from store.portal_schema import drafts
from store.schema import evidence, history, obligations, reports


def report_of(connection: Connection, plan: str, key: str) -> AnyRow | None:
    """Return an obligation with its draft, its newest report and what was last asked of it."""
    o = obligations.c
    newest = and_(reports.c.obligation_id == o.id, reports.c.version == o.version)
    asked = (
        select(history.c.why)
        .where(history.c.obligation_id == o.id, history.c.what == "ask-more")
        .order_by(history.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    files = (
        select(func.count()).where(evidence.c.report_id == reports.c.id).correlate(reports).scalar_subquery()
    )
    query = (
        select(
            obligations,
            drafts.c.content.label("draft"), drafts.c.version.label("draft_version"),
            drafts.c.state.label("draft_state"), drafts.c.drafted_by, drafts.c.drafted_at,
            drafts.c.presented_to, drafts.c.note.label("draft_note"),
            reports.c.entered_at, reports.c.completed_on, reports.c.missing, files.label("files"),
            asked.label("asked"),
        )
        .outerjoin(drafts, drafts.c.obligation_id == o.id)
        .outerjoin(reports, newest)
        .where(o.plan == plan, o.key == key)
    )  # fmt: skip
    return connection.execute(query).one_or_none()
