"""The journal read back: rows by day and kind, and the end it had on a day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from store.door import all_of, one_of
from store.journal import Head
from store.rows import JournalRow
from store.schema import journal


def rows_of(
    connection: Connection,
    *,
    since: datetime | None = None,
    before: datetime | None = None,
    what: str | None = None,
    limit: int | None = None,
) -> list[JournalRow]:
    """Return rows of the journal, oldest first; with a limit the newest ones."""
    query = select(journal)
    if since is not None:
        query = query.where(journal.c.at >= since)
    if before is not None:
        query = query.where(journal.c.at < before)
    if what is not None:
        query = query.where(journal.c.what == what)
    newest_first = query.order_by(journal.c.id.desc())
    chosen = newest_first if limit is None else newest_first.limit(limit)
    found = all_of(connection, JournalRow, chosen)
    return list(reversed(found))


def row_with_hash(connection: Connection, beginning: str) -> JournalRow | None:
    """Return the row whose hash begins so, or None where there is none, or more than one."""
    query = select(journal).where(journal.c.hash.startswith(beginning)).limit(2)
    found = all_of(connection, JournalRow, query)
    return found[0] if len(found) == 1 else None


def row_numbered(connection: Connection, number: int) -> JournalRow | None:
    """Return one row."""
    return one_of(connection, JournalRow, select(journal).where(journal.c.id == number))


def head_of(row: JournalRow) -> Head:
    """Return the end the chain had when a row was its newest."""
    return Head(count=row.id, hash=row.hash)
