"""INSERT … ON CONFLICT DO NOTHING on both databases."""

from __future__ import annotations

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that leaves rows alone whose unique key is there already."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
