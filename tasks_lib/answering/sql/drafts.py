"""What a unit is still writing, and who in it writes: one draft and one officer for each obligation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from store.door import one_of
from store.rows import Assignment, Draft
from store.schema import assignments, drafts

WRITING, PRESENTED, RETURNED = "writing", "presented", "returned"


@dataclass(frozen=True, kw_only=True)
class DraftRow:
    """A draft as it is written."""

    obligation_id: int
    version: int
    content: Mapping[str, object]
    state: str
    drafted_by: str
    drafted_at: datetime
    presented_to: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AssignmentRow:
    """Who in a unit does something, and by which day of its own."""

    obligation_id: int
    officer: str
    address: str
    inner_day: date | None
    by: str
    at: datetime


def draft_of(connection: Connection, obligation: int) -> Draft | None:
    """Return an obligation's draft; its obligation's row is locked by whoever changes it."""
    query = select(drafts).where(drafts.c.obligation_id == obligation)
    return one_of(connection, Draft, query)


def write_draft(connection: Connection, draft: DraftRow) -> None:
    """Write a draft in place of the one before."""
    connection.execute(drafts.delete().where(drafts.c.obligation_id == draft.obligation_id))
    connection.execute(drafts.insert().values(**vars(draft)))


def evidence_of_drafts(connection: Connection) -> dict[str, int]:
    """Return the contents that drafts have kept, with their sizes."""
    files = (
        file for content in connection.scalars(select(drafts.c.content)) for file in content.get("files", ())
    )
    return {file["sha256"]: file["size"] for file in files}


def set_state(connection: Connection, obligation: int, **values: object) -> None:
    """Let a draft be presented or returned."""
    connection.execute(drafts.update().where(drafts.c.obligation_id == obligation).values(**values))


def assignment_of(connection: Connection, obligation: int) -> Assignment | None:
    """Return which officer does something."""
    query = select(assignments).where(assignments.c.obligation_id == obligation)
    return one_of(connection, Assignment, query)


def write_assignment(connection: Connection, row: AssignmentRow) -> None:
    """Give something to an officer, in place of whoever had it."""
    connection.execute(assignments.delete().where(assignments.c.obligation_id == row.obligation_id))
    connection.execute(assignments.insert().values(**vars(row)))
