"""INSERT … ON CONFLICT on both databases."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that leaves rows alone whose unique key is there already."""
    return insert_new_in(connection.dialect.name, table)


def insert_new_in(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return the same for statements that are built once for each dialect."""
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def insert_or_replace(dialect: str, table: Table, key: Column[str]) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that gives a row its new values where its key is there already."""
    others = [column.name for column in table.columns if column is not key]
    if dialect == "postgresql":
        given = postgresql.insert(table)
        return given.on_conflict_do_update(
            index_elements=[key], set_={name: given.excluded[name] for name in others}
        )
    new = sqlite.insert(table)
    return new.on_conflict_do_update(index_elements=[key], set_={name: new.excluded[name] for name in others})
