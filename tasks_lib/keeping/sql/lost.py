"""Answers that a database holds, of itself and of one that was moved aside: what a restored copy has not."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, NullPool, create_engine, select
from sqlalchemy.exc import DBAPIError

from obligations.model import Kind
from obligations.states import NOT_HANDED_IN
from store.door import all_of
from store.schema import obligations, reports


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """One version of a report, by names that every copy of a database shares."""

    key: str
    agency_id: str
    version: int
    entered_at: datetime


def answers(connection: Connection, plan: str) -> list[Answered]:
    """Return all versions of a plan's reports, the oldest first; rows of a report come with it."""
    query = (
        select(obligations.c.key, obligations.c.agency_id, reports.c.version, reports.c.entered_at)
        .join(obligations, obligations.c.id == reports.c.obligation_id)
        .where(obligations.c.plan == plan, obligations.c.kind != Kind.ROW)
        .order_by(reports.c.entered_at, reports.c.id)
    )
    return all_of(connection, Answered, query)


def answers_in_file(path: Path, plan: str) -> list[Answered] | None:
    """Return the same of a SQLite file that nobody works on; None where it is not there or cannot be read."""
    if not path.is_file():
        return None
    where = f"file:{quote(str(path))}?mode=ro"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(where, uri=True), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            return answers(connection, plan)
    except DBAPIError:  # damaged: why it was replaced
        return None
    finally:
        engine.dispose()


def still_awaited(connection: Connection, plan: str, keys: Collection[str]) -> dict[str, str]:
    """Return which of some obligations have not been answered, with whose they are."""
    query = select(obligations.c.key, obligations.c.agency_id).where(
        obligations.c.plan == plan, obligations.c.key.in_(keys), obligations.c.work_state.in_(NOT_HANDED_IN)
    )
    return {row.key: row.agency_id for row in connection.execute(query)}
