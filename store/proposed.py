"""The list "Đề xuất báo cáo UBND tỉnh": its entries, each with a type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from obligations.period import Period
from store.clauses import EVENT_TITLE
from store.schema import agencies, obligations, proposals

LISTED, DROPPED, RELEASED, WITHDRAWN = "listed", "dropped", "released", "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry: a duty many days late, or an agency with several late at once."""

    id: int
    cause: str
    agency_id: str
    obligation_id: int | None
    entered_on: date
    state: str
    reason: str
    decided_by: str | None
    decided_at: datetime | None
    document_number: str | None
    key: str | None
    """Of the duty; None for a chronic case, as what follows."""
    item: str | None
    kind: str | None
    period: Period | None
    last_day: date | None
    version: int | None
    work_state: str | None
    event: str

    @property
    def edited(self) -> bool:
        """Whether Sở Nội vụ wrote what is proposed about it."""
        return self.state == LISTED and self.decided_by is not None


def entries(connection: Connection, plan: str, state: str | None) -> list[Entry]:
    """Return the entries in a state, or all, by district and unit."""
    p, o = proposals.c, obligations.c
    query = (
        select(
            p.id,
            p.cause,
            p.agency_id,
            p.obligation_id,
            p.entered_on,
            p.state,
            p.reason,
            p.decided_by,
            p.decided_at,
            p.document_number,
            o.key,
            o.item,
            o.kind,
            o.period,
            o.last_day,
            o.version,
            o.work_state,
            EVENT_TITLE,
        )
        .outerjoin(obligations, o.id == p.obligation_id)
        .join(agencies, agencies.c.id == p.agency_id)
        .where(p.plan == plan)
        .order_by(func.coalesce(agencies.c.superior_id, ""), agencies.c.id, p.id)
    )
    found = connection.execute(query.where(p.state == state) if state else query)
    return [Entry(**row) for row in found.mappings()]


def write_decision(
    connection: Connection,
    entry: int,
    *,
    state: str,
    reason: str,
    by: str | None,
    at: datetime | None,
    document: str | None,
) -> None:
    """Write what was decided about an entry; None puts it back as if nobody had."""
    connection.execute(
        proposals.update()
        .where(proposals.c.id == entry)
        .values(state=state, reason=reason, decided_by=by, decided_at=at, document_number=document)
    )
