"""Connections: how a database is opened, and the only place that commits."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

READ_ONLY = {"dondoc_read_only": True}


def open_engine(url: str, *, lasting: bool = True) -> Engine:
    """Open a database; SQLite gets a write-ahead log, foreign keys and immediate write transactions.

    One that is not `lasting` is thrown away afterwards, so SQLite need not wait for the disk.
    """
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "postgresql":
        # Our statements run for milliseconds; compiling them first costs more than it saves.
        engine = create_engine(parsed, connect_args={"options": "-c jit=off"})
        # Commands open one each; whoever lets go of it leaves no connection behind.
        weakref.finalize(engine, engine.pool.dispose)
        return engine
    engine = create_engine(parsed)
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", begin_sqlite)
        if not lasting:
            event.listen(engine, "connect", _hurry_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own type
    connection.isolation_level = None  # the driver must not begin by itself; begin_sqlite does
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 30000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _hurry_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own type
    connection.execute("PRAGMA synchronous = OFF")


def begin_sqlite(connection: Connection) -> None:
    """Begin a transaction of SQLite, a writing one at once."""
    # A deferred transaction that turns into a writing one fails at once when another writes; an immediate one
    # waits for its turn.
    options = connection.get_execution_options()
    connection.exec_driver_sql("BEGIN" if "dondoc_read_only" in options else "BEGIN IMMEDIATE")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose work is committed as a whole, or not at all."""
    with engine.begin() as connection:
        yield connection


@contextmanager
def writing_on(connection: Connection) -> Iterator[Connection]:
    """Do the same on a connection that is held for many small transactions, one after another."""
    with connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that only reads."""
    with engine.connect().execution_options(**READ_ONLY) as connection:
        yield connection


@contextmanager
def rehearsing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose work is always taken back: for previews."""
    with engine.connect() as connection:
        transaction = connection.begin()
        try:
            yield connection
        finally:
            transaction.rollback()
