"""A consistent copy of a whole database in one file, read back from end to end, and put in place again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, func, inspect, select, text

from obligations.errors import Refused, Unavailable
from store.schema import evidence, links, papers

SQLITE, POSTGRESQL = "sqlite", "postgresql"
FILES = {SQLITE: "dondoc.db", POSTGRESQL: "dondoc.dump"}
"""What a copy's file is called."""
TABLES = links.metadata.sorted_tables


def row_counts(connection: Connection) -> dict[str, int]:
    """Count the rows of every table."""
    counts = (select(func.count()).select_from(table).scalar_subquery().label(table.name) for table in TABLES)
    return dict(connection.execute(select(*counts)).mappings().one())


def evidence_named(connection: Connection) -> dict[str, int]:
    """Return the contents that rows name, with their sizes; those a desk took away are gone on purpose."""
    query = select(evidence.c.sha256, evidence.c.size).where(evidence.c.removed_at.is_(None)).distinct()
    found = {row.sha256: row.size for row in connection.execute(query.order_by(evidence.c.sha256))}
    return found | _papers_named(connection)


def _papers_named(connection: Connection) -> dict[str, int]:
    """Return the files of papers: they lie in the same store."""
    p = papers.c
    of = select(p.docx, p.docx_size).union(select(p.pdf, p.pdf_size).where(p.pdf.is_not(None)))
    return {row[0]: row[1] for row in connection.execute(of)}


def write_copy(connection: Connection, target: Path) -> None:
    """Write all that a reading transaction sees into one file; others go on writing meanwhile."""
    if connection.dialect.name == SQLITE:
        _copy_sqlite(connection, target)
        return
    snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
    url = connection.engine.url
    _run(
        "pg_dump",
        url,
        "--format=custom",
        f"--snapshot={snapshot}",
        "--no-owner",
        "--no-privileges",
        f"--file={target}",
        f"--dbname={_address(url)}",
    )


def _copy_sqlite(connection: Connection, target: Path) -> None:
    source = connection.connection.dbapi_connection
    assert isinstance(source, sqlite3.Connection)
    with _told(), closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        # One file, without a log beside it that could be forgotten.
        copy.execute("PRAGMA journal_mode = DELETE")


def counts_in_copy(kind: str, path: Path) -> dict[str, int]:
    """Read a copy from its first row to its last; raise Unavailable where it is damaged."""
    return _sqlite_counts(path) if kind == SQLITE else _dump_counts(path)


def _sqlite_counts(path: Path) -> dict[str, int]:
    where = f"file:{quote(str(path))}?mode=ro&immutable=1"
    with _told(), closing(sqlite3.connect(where, uri=True)) as copy:
        (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        loose = copy.execute("PRAGMA foreign_key_check").fetchone()
        if found != "ok" or loose is not None:
            raise Unavailable(f"bản sao cơ sở dữ liệu bị hỏng: {loose or found}")
        names = [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: _sqlite_count(copy, name) for name in names if not name.startswith("sqlite_")}


def _sqlite_count(copy: sqlite3.Connection, table: str) -> int:
    (count,) = copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 - a name of its schema
    return int(count)


def _dump_counts(path: Path) -> dict[str, int]:
    """Count the rows a dump holds, by reading all of them: a file that was cut off shows here."""
    command = [_program("pg_restore"), "--data-only", "--file=-", str(path)]
    counts: dict[str, int] = {}
    table = ""
    with subprocess.Popen(  # noqa: S603 - a program of PostgreSQL's own
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if table and line != b"\\.\n":
                counts[table] += 1
            elif table:
                table = ""
            elif line.startswith(b"COPY "):
                table = line.split()[1].decode().rpartition(".")[2].strip('"')
                counts[table] = 0
        _, said = process.communicate()
    if process.returncode:
        raise Unavailable(f"bản sao cơ sở dữ liệu bị hỏng: {_in_one_line(said.decode(errors='replace'))}")
    return counts


def is_empty(engine: Engine) -> bool:
    """Whether a database has no tables yet."""
    return not inspect(engine).get_table_names()


def put_dump(engine: Engine, dump: Path, script: Path, after: str) -> None:
    """Fill an empty PostgreSQL database from a dump, and run a statement, in one transaction."""
    _run("pg_restore", engine.url, "--no-owner", "--no-privileges", f"--file={script}", str(dump))
    _run(
        "psql",
        engine.url,
        "--no-psqlrc",
        "--quiet",
        "--set=ON_ERROR_STOP=1",
        "--single-transaction",
        f"--file={script}",
        f"--command={after}",
        f"--dbname={_address(engine.url)}",
    )


def _run(name: str, url: URL, *words: str) -> None:
    environment = {**os.environ, **({"PGPASSWORD": url.password} if url.password else {})}
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL's own
        [_program(name), *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Unavailable(f"{name}: {_in_one_line(done.stderr)}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Refused(
            f"không tìm thấy chương trình {name}: cài gói postgresql-client, phiên bản không cũ hơn máy chủ"
        )
    return found


def _address(url: URL) -> str:
    """Return the address as PostgreSQL's own programs take it; the password does not stand in it."""
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


def _in_one_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return "; ".join(lines[:2]) or "không rõ lý do"


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as fault:
        raise Unavailable(f"bản sao cơ sở dữ liệu: {fault}") from fault
