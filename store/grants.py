"""A role of PostgreSQL for the portal: it does all that the portal does and alters nothing written."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, text

from obligations.errors import Refused
from store import schema  # noqa: F401 - its tables belong to the metadata
from store.guards import KEPT
from store.schema import evidence, metadata

MARKS: Final = {evidence.name: ("removed_at", "removed_by", "removed_why")}
"""Of rows that stay: the columns that the portal may write."""
READ_ONLY: Final = ("alembic_version",)


def grant(connection: Connection, role: str) -> None:
    """Give a role what the portal needs and take everything else away; the tables stay their owner's."""
    if connection.dialect.name != "postgresql":
        raise Refused("--grant: chỉ dùng với PostgreSQL; SQLite không có tài khoản riêng")
    known = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role})
    if known is None:
        raise Refused(f"--grant: PostgreSQL không có tài khoản '{role}' (tạo bằng CREATE ROLE … LOGIN)")
    if _is_ruler(connection, role):
        raise Refused(f"--grant: tài khoản '{role}' là chủ bảng hoặc superuser; trang web cần tài khoản khác")
    for statement in statements(connection.dialect.identifier_preparer.quote(role)):
        connection.execute(text(statement))


def _is_ruler(connection: Connection, role: str) -> bool:
    query = (
        "SELECT rolsuper OR pg_has_role(rolname, (SELECT relowner FROM pg_class"
        " WHERE oid = 'journal'::regclass), 'MEMBER') FROM pg_roles WHERE rolname = :role"
    )
    return bool(connection.scalar(text(query), {"role": role}))


def statements(role: str) -> list[str]:
    """Return what is granted, a statement each."""
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        *(f"GRANT {_rights(table)} ON {table} TO {role}" for table in (*sorted(metadata.tables), *READ_ONLY)),
    ]


def _rights(table: str) -> str:
    if table in READ_ONLY:
        return "SELECT"
    if table in MARKS:
        return f"SELECT, INSERT, UPDATE ({', '.join(MARKS[table])})"
    return "SELECT, INSERT" if table in KEPT else "SELECT, INSERT, UPDATE, DELETE"
