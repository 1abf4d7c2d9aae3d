"""Triggers that refuse to change or delete what is only ever added to, on both databases."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, inspect, text

KEPT: Final = ("bounces", "documents", "extensions", "history", "journal", "message_replies", "reports")
"""Tables to which rows are only added."""
MARKED: Final = {"evidence": ("id", "report_id", "name", "sha256", "size", "media_type")}
"""Tables whose rows stay, and of whose columns only others may change: a file taken away is marked so."""
FUNCTION: Final = "dondoc_refuse"
_REFUSAL: Final = "chỉ được ghi thêm, không được sửa hoặc xóa"


def guard(connection: Connection) -> None:
    """Put every trigger that is missing in its place; a migration that copies a table loses its triggers."""
    present = set(inspect(connection).get_table_names())
    guarded = [table for table in (*KEPT, *MARKED) if table in present]
    if connection.dialect.name == "postgresql":
        connection.execute(text(_FUNCTION))
    there = triggers(connection)
    for name, statement in _wanted(connection.dialect.name, guarded).items():
        if name not in there:
            connection.execute(text(statement))


def unguard(connection: Connection) -> None:
    """Take every trigger away: what a downgrade does first."""
    for name in triggers(connection):
        table = name.removeprefix("dondoc_").rpartition("_")[0]
        on = f" ON {table}" if connection.dialect.name == "postgresql" else ""
        connection.execute(text(f"DROP TRIGGER {name}{on}"))
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"DROP FUNCTION IF EXISTS {FUNCTION}()"))


def triggers(connection: Connection) -> set[str]:
    """Return the names of our triggers that are in force."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'dondoc@_%' ESCAPE '@'"
    if connection.dialect.name == "postgresql":
        query = (
            "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal AND tgname LIKE 'dondoc@_%' ESCAPE '@' AND tgenabled IN ('O', 'A')"
            " AND relnamespace = current_schema()::regnamespace"
        )
    return set(connection.scalars(text(query)))


def missing(connection: Connection) -> list[str]:
    """Return the names of triggers that somebody took away or switched off."""
    return sorted(set(_wanted(connection.dialect.name, [*KEPT, *MARKED])) - triggers(connection))


def _wanted(dialect: str, tables: list[str]) -> dict[str, str]:
    build = _on_postgresql if dialect == "postgresql" else _on_sqlite
    found: dict[str, str] = {}
    for table in tables:
        found.update(build(table))
    return found


def _on_sqlite(table: str) -> dict[str, str]:
    columns = f" OF {', '.join(MARKED[table])}" if table in MARKED else ""
    refuse = f"ON {table} BEGIN SELECT RAISE(ABORT, '{table}: {_REFUSAL}'); END"
    update, delete = f"dondoc_{table}_update", f"dondoc_{table}_delete"
    return {
        update: f"CREATE TRIGGER {update} BEFORE UPDATE{columns} {refuse}",
        delete: f"CREATE TRIGGER {delete} BEFORE DELETE {refuse}",
    }


def _on_postgresql(table: str) -> dict[str, str]:
    columns = f" OF {', '.join(MARKED[table])}" if table in MARKED else ""
    moments = {
        f"dondoc_{table}_update": f"UPDATE{columns} ON {table} FOR EACH ROW",
        f"dondoc_{table}_delete": f"DELETE ON {table} FOR EACH ROW",
        f"dondoc_{table}_truncate": f"TRUNCATE ON {table} FOR EACH STATEMENT",
    }
    return {
        name: f"CREATE TRIGGER {name} BEFORE {moment} EXECUTE FUNCTION {FUNCTION}()"
        for name, moment in moments.items()
    }


_FUNCTION: Final = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: {_REFUSAL}', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
