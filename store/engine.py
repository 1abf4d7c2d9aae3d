"""Connections: how a database is opened, the only place that commits, and what is looked at before."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from obligations.errors import Invalid, Unavailable
from store.breakdown import TOO_MUCH, asks_too_much, breakdown_words, is_breakdown
from store.journal import Head, append
from store.migrate import require_newest
from store.sealing import attend, capturing

READ_ONLY = {"dondoc_read_only": True}
CONNECT_SECONDS = 5
"""How long a server may take to let us in, unless the address says it: a page waits for it."""
FILE = "dondoc_file"
"""Under this name a connection remembers which file it opened."""
REPLACED = (
    "tệp cơ sở dữ liệu {path} đã bị chuyển đi hoặc thay bằng tệp khác; chưa ghi gì:"
    " khởi động lại chương trình"
)
_witnesses: WeakKeyDictionary[Engine, Callable[[Head], None]] = WeakKeyDictionary()
"""Engines whose changes are journalled, and who is told how long the journal has become."""


def open_engine(url: str, *, lasting: bool = True, journalled: bool = True) -> Engine:
    """Open a database; SQLite gets a write-ahead log, foreign keys and immediate write transactions.

    What is committed is on disk. One that is not `lasting` is thrown away afterwards, so SQLite need not wait
    for the disk; one that is not `journalled` keeps no journal of what is played in it.
    """
    engine = _opened(url, lasting=lasting)
    if journalled:
        attend(engine)
        _witnesses[engine] = _nobody
    return engine


def is_journalled(engine: Engine) -> bool:
    """Whether a journal is kept of what changes in it."""
    return engine in _witnesses


def _opened(url: str, *, lasting: bool) -> Engine:
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "postgresql":
        # Our statements run for milliseconds; compiling them first costs more than it saves.
        patience = {} if "connect_timeout" in parsed.query else {"connect_timeout": CONNECT_SECONDS}
        engine = create_engine(parsed, connect_args={"options": "-c jit=off", **patience})
        # Commands open one each; whoever lets go of it leaves no connection behind.
        weakref.finalize(engine, engine.pool.dispose)
        return engine
    engine = create_engine(parsed)
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", begin_sqlite)
        if not lasting:
            event.listen(engine, "connect", _hurry_sqlite)
        if (path := sqlite_file(engine)) is not None:
            _watch_file(engine, path)
    return engine


def sqlite_file(engine: Engine) -> Path | None:
    """Return the file a SQLite database stands in; None for PostgreSQL and for one in memory."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:" or name.startswith("file:"):
        return None
    return Path(name)


def _prepare_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own type
    connection.isolation_level = None  # the driver must not begin by itself; begin_sqlite does
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 30000")
    cursor.execute("PRAGMA journal_mode = WAL")
    # With NORMAL a commit waits for no disk: a power cut would take back what people were told is sent.
    cursor.execute("PRAGMA synchronous = FULL")
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


def _watch_file(engine: Engine, path: Path) -> None:
    """See to it that nothing is read from or written into a file that no longer stands at its place.

    An open file lives on after its name was given to another one, and takes with it whatever is written.
    """

    def remember(_connection: Any, record: Any) -> None:  # noqa: ANN401 - the driver's own type
        record.info[FILE] = _identity(path)

    def compare(connection: Connection) -> None:
        if connection.info[FILE] != _identity(path):
            raise Unavailable(REPLACED.format(path=path))

    event.listen(engine, "connect", remember)
    event.listen(engine, "begin", compare, insert=True)
    event.listen(engine, "commit", compare)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def _answering() -> Iterator[None]:
    """Say in one line that the database did not do what it was asked; a fault of ours stays what it is."""
    try:
        yield
    except DBAPIError as fault:
        if asks_too_much(fault):
            raise Invalid(TOO_MUCH) from fault
        if not is_breakdown(fault):
            raise
        raise Unavailable(breakdown_words(fault)) from fault


def tell(engine: Engine, witness: Callable[[Head], None]) -> None:
    """Have somebody told after every commit how long the journal has become."""
    if engine in _witnesses:
        _witnesses[engine] = witness


def _nobody(_head: Head) -> None:
    """Listen to nothing."""


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose work is committed as a whole and journalled, or not at all."""
    with _answering(), engine.connect() as connection, writing_on(connection):
        require_newest(connection)
        yield connection


@contextmanager
def writing_on(connection: Connection) -> Iterator[Connection]:
    """Do the same on a connection that is held for many small transactions, one after another.

    The tables' revision was looked at where the work was taken on: what a mail server has accepted is marked.
    """
    witness = _witnesses.get(connection.engine)
    head = None
    with _answering(), connection.begin():
        if witness is None:
            yield connection
        else:
            with capturing(connection) as capture:
                yield connection
                head = append(connection, capture)
    if witness is not None and head is not None:
        witness(head)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that only reads."""
    with _answering(), engine.connect().execution_options(**READ_ONLY) as connection:
        require_newest(connection)
        yield connection


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Give a connection that reads the database as it stands now, whatever others write meanwhile."""
    isolated = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with _answering(), engine.connect().execution_options(**READ_ONLY, **isolated) as connection:
        require_newest(connection)
        yield connection


@contextmanager
def rehearsing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose work is always taken back: for previews."""
    with _answering(), engine.connect() as connection:
        transaction = connection.begin()
        try:
            require_newest(connection)
            yield connection
        finally:
            transaction.rollback()


def count_anew(connection: Connection, *tables: Table) -> None:
    """Let PostgreSQL count the rows of tables that have just been filled, which it would do a minute later.

    It plans by that: where it takes them for empty, the first sweep lasts five times as long.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE " + ", ".join(table.name for table in tables))
