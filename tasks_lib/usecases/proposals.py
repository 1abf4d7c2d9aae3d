"""The list "Đề xuất báo cáo UBND tỉnh": filled by the ladder, edited and released by Sở Nội vụ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from obligations.errors import Invalid, Refused
from store import listing
from store.engine import reading
from store.ledger import AnyRow, Entry, write_history
from store.schema import proposals
from tasks_lib.bootstrap import House
from tasks_lib.clock import local_day
from tasks_lib.usecases.change import actor, changing
from tasks_lib.usecases.initialise import require_initialised
from tasks_lib.usecases.proposals_report import draft
from tasks_lib.wording import district_of

LISTED, DROPPED, RELEASED = "listed", "dropped", "released"


@dataclass(frozen=True, kw_only=True)
class Released:
    """What a release returns: the entries and the draft to be signed."""

    entries: list[dict[str, Any]]
    draft: Path

    def as_json(self) -> dict[str, Any]:
        """Return the document scripts read."""
        return {"released": self.entries, "draft": str(self.draft)}


def list_entries(house: House, state: str | None = LISTED) -> list[dict[str, Any]]:
    """List the entries, communes under their district."""
    require_initialised(house)
    with reading(house.engine) as connection:
        rows = listing.list_proposals(connection, house.plan.key, state)
    return [
        {
            "id": row.id,
            "cause": row.cause,
            "agency": row.agency_id,
            "district": district_of(house, house.agency(row.agency_id)) or None,
            "obligation": row.key,
            "item": row.item,
            "last_day": row.last_day.isoformat() if row.last_day else None,
            "entered_on": row.entered_on.isoformat(),
            "state": row.state,
            "reason": row.reason,
        }
        for row in rows
    ]


def drop(house: House, key: int, by: str, as_of: datetime, reason: str) -> dict[str, Any]:
    """Take an entry off the list with a reason."""
    if not reason:
        raise Invalid("--reason: nêu lý do đưa ra khỏi danh mục")
    with changing(house, as_of) as connection:
        row = _listed(connection, house, by, [key])[0]
        return _decide(connection, row, DROPPED, Entry(at=as_of, by=by, what="proposal-drop", why=reason))


def release(
    house: House, by: str, as_of: datetime, keys: list[int] | None = None, number: str = ""
) -> Released:
    """Release the list as a report to be signed by the director; a machine sends nothing to UBND tỉnh.

    The draft is written as a DOCX; its number and date are the clerk's to give unless `number` is known.
    """
    with changing(house, as_of) as connection:
        rows = _listed(connection, house, by, keys)
        path = house.settings.home / "letters" / f"bao-cao-ubnd-tinh-{local_day(as_of):%Y%m%d}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(draft(connection, house, rows, as_of))
        why = f"báo cáo UBND tỉnh{f', văn bản số {number}' if number else ''}"
        entry = Entry(at=as_of, by=by, what="proposal-release", why=why)
        return Released(
            entries=[_decide(connection, row, RELEASED, entry, number) for row in rows], draft=path
        )


def _listed(connection: Connection, house: House, by: str, keys: list[int] | None) -> list[AnyRow]:
    actor(house, by)
    if by != house.plan.focal:
        raise Refused(f"chỉ {house.agency(house.plan.focal).name} được chỉnh sửa, phát hành danh mục")
    rows = listing.list_proposals(connection, house.plan.key, LISTED)
    chosen = [row for row in rows if keys is None or row.id in keys]
    missing = set(keys or []) - {row.id for row in chosen}
    for key in sorted(missing):
        raise Invalid(f"danh mục đề xuất không có dòng {key} đang chờ")
    if not chosen:
        raise Refused("danh mục đề xuất đang trống")
    return chosen


def _decide(
    connection: Connection, row: AnyRow, state: str, entry: Entry, number: str = ""
) -> dict[str, Any]:
    connection.execute(
        proposals.update()
        .where(proposals.c.id == row.id)
        .values(
            state=state,
            reason=entry.why,
            decided_by=entry.by,
            decided_at=entry.at,
            document_number=number or None,
        )
    )
    written = None
    if row.obligation_id is not None:
        written = write_history(connection, row.obligation_id, entry, row.work_state, row.work_state)
    return {
        "obligation": row.key,
        "version": row.version,
        "work_state": row.work_state,
        "history_id": written,
    }
