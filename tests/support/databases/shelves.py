"""Whole databases kept and put back: a SQLite file in memory, a PostgreSQL database as a template."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from itertools import count
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from store.engine import open_engine
from store.schema import metadata
from tasks_lib.kernel.bootstrap import House
from tests.support.databases.databases import FILES


class SqliteShelf:
    """Files of SQLite, kept in memory."""

    def digest(self, house: House) -> str | None:
        """Tell the file's bytes; None while somebody holds its log."""
        path = _path(house)
        with closing(sqlite3.connect(path)) as connection:
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            return None
        content = memoryview(path.read_bytes())
        digest = sha256(content[:24])  # what is left out counts how often the file was written, and by whom
        digest.update(content[28:40])
        digest.update(content[44:92])
        digest.update(content[96:])
        return digest.hexdigest()

    def keep(self, house: House) -> bytes:
        """Keep a copy in memory."""
        with closing(sqlite3.connect(_path(house))) as source, closing(sqlite3.connect(":memory:")) as target:
            source.backup(target)
            database = target.serialize()
        return database[:18] + b"\1\1" + database[20:]  # a write-ahead log is nothing for one in memory

    def put_back(self, house: House, kept: bytes) -> None:
        """Copy it back through SQLite, under whoever has the file open."""
        with closing(sqlite3.connect(":memory:")) as source, closing(sqlite3.connect(_path(house))) as target:
            source.deserialize(kept)
            source.backup(target)

    def forget(self, house: House, kept: bytes) -> None:
        """Memory goes by itself."""


class PostgresShelf:
    """Databases of PostgreSQL, kept as templates beside the one in use."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def digest(self, house: House) -> str | None:
        """Tell what tables hold in any order, with sequences and triggers; None while others are in."""
        house.engine.dispose()  # our own idle connections are nobody else
        with house.engine.connect() as connection:
            if connection.scalar(text(_OTHERS)):
                return None
            return repr(sorted(tuple(row) for row in connection.execute(text(_CONTENT))))

    def keep(self, house: House) -> str | None:
        """Make a template of it; None where somebody came in meanwhile."""
        name = f"kept_{next(self._numbers)}"
        try:
            _beside_it(house, f"CREATE DATABASE {name} TEMPLATE {house.engine.url.database} {FILES}")
        except DBAPIError:
            return None
        return name

    def put_back(self, house: House, kept: str) -> None:
        """Make the database anew from the template."""
        name = house.engine.url.database
        _beside_it(house, f"DROP DATABASE {name}", f"CREATE DATABASE {name} TEMPLATE {kept} {FILES}")

    def forget(self, house: House, kept: str) -> None:
        """Drop the template."""
        _beside_it(house, f"DROP DATABASE {kept}")


_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_TABLE = "SELECT '{0}', count(*)::text, coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM {0} t"
_SEQUENCES = "SELECT sequencename::text, last_value::text, '' FROM pg_sequences"
_TRIGGERS = "SELECT tgname::text, tgrelid::text, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal"
_CONTENT = " UNION ALL ".join(
    [*(_TABLE.format(table) for table in sorted(metadata.tables)), _SEQUENCES, _TRIGGERS]
)


def _beside_it(house: House, *statements: str) -> None:
    """Run statements about a database while nobody is in it."""
    house.engine.dispose()
    engine = open_engine(
        house.engine.url.set(database="postgres").render_as_string(hide_password=False), journalled=False
    )
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


def _path(house: House) -> Path:
    return Path(str(house.engine.url.database))
