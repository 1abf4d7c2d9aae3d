"""Schema migrations by Alembic, run from code so that there is no second configuration file to keep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import OperationalError, ProgrammingError

from obligations.errors import Refused
from store.guards import guard

HERE = Path(__file__).parent / "migrations"
VERSIONS = HERE / "versions"
ASK = "SELECT version_num FROM alembic_version"
NOT_LAID_OUT = "cơ sở dữ liệu chưa được khởi tạo: chạy 'dondoc init' trước"
LAYING_OUT = 239_2022
"""The number of the lock under which PostgreSQL lets one at a time lay a database out."""


def lay_out(engine: Engine) -> None:
    """Bring the tables of a database to the newest revision; several at once wait for one another."""
    with engine.connect() as connection, _references_let_be(connection), connection.begin():
        one_at_a_time(connection)
        found = revision_of(connection)
        if found is not None and not is_known(found):
            raise _too_new(found)
        _upgrade(connection)
        guard(connection)  # a migration that copies a table on SQLite loses its triggers
        _check_references(connection)


@contextmanager
def _references_let_be(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying it, and does not let one go that others refer to.

    That they refer to what is there is checked as a whole before anything is committed.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise Refused(f"bảng {broken[0]}: dòng {broken[1]} trỏ đến dòng không còn của bảng {broken[2]}")


def one_at_a_time(connection: Connection) -> None:
    """Let one transaction at a time lay out and fill a database (SQLite lets only one write anyway)."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LAYING_OUT})")


def is_laid_out(engine: Engine) -> bool:
    """Whether there are tables at all, of whichever revision."""
    with engine.connect() as connection:
        return revision_of(connection) is not None


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a database's tables; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.exec_driver_sql(ASK).scalar()
    return found


def newest() -> str:
    """Return the revision this program works with."""
    return _known()[-1]


def is_known(revision: str) -> bool:
    """Whether this program knows a revision: its own, or one it can bring up to date."""
    return revision in _known()


def require_newest(connection: Connection) -> None:
    """Raise Refused, with what to do, where the tables are of another revision than this program's.

    One tiny row is read at the head of a transaction: a program that ran on while another version changed the
    tables under it must not write into them.
    """
    try:
        found = connection.exec_driver_sql(ASK).scalar()
    except (OperationalError, ProgrammingError) as fault:
        if isinstance(fault, OperationalError) and "no such table" not in str(fault.orig):
            raise
        raise Refused(NOT_LAID_OUT) from None
    if found is None:
        raise Refused(NOT_LAID_OUT)
    if found != newest():
        raise _too_old(found) if is_known(found) else _too_new(found)


def _too_new(found: str) -> Refused:
    return Refused(
        f"cơ sở dữ liệu ở phiên bản {found}, mới hơn chương trình (biết đến {newest()}):"
        " nâng cấp chương trình"
    )


def _too_old(found: str) -> Refused:
    return Refused(
        f"cơ sở dữ liệu ở phiên bản {found}, cũ hơn chương trình ({newest()}): sao lưu rồi chạy 'dondoc init'"
    )


@cache
def _known() -> tuple[str, ...]:
    """Return all revisions, the oldest first: each file of migrations begins with its own."""
    return tuple(sorted(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py")))


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - a third of a short command's time, and few lay out
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
