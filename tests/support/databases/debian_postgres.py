"""Debian's PostgreSQL for tests: Prefect's own server needs pg_trgm, which the wheel's PostgreSQL has not."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from flows.local_server import HOST, free_port

INITDB = "usr/lib/postgresql/*/bin/initdb"
NO_POSTGRESQL = "no PostgreSQL with pg_trgm: run tests/support/parts.sh as root on Debian"
NO_ACCOUNT = "PostgreSQL does not run as root, and this machine has no user postgres to run it as"
START_SECONDS = 60
# A busy machine is no fault of the code under test, and a crash of the machine is not what is tested.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300")


@dataclass(frozen=True)
class DebianCluster:
    """One running server; `url` is for SQLAlchemy as we use it, `prefect_url` as Prefect's server does."""

    port: int
    _binaries: Path
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def database(self) -> str:
        """Make an empty database and return its name."""
        name = f"test_{next(self._numbers)}"
        reach = ("--host", HOST, "--port", str(self.port), "--username", "postgres")
        subprocess.run([self._binaries / "createdb", *reach, name], check=True, timeout=START_SECONDS)
        return name

    def url(self, database: str) -> str:
        """Return the address of a database for DONDOC_DATABASE_URL."""
        return f"postgresql://postgres@{HOST}:{self.port}/{database}"

    def prefect_url(self, database: str) -> str:
        """Return the address of a database for PREFECT_SERVER_DATABASE_CONNECTION_URL."""
        return f"postgresql+asyncpg://postgres@{HOST}:{self.port}/{database}"


@contextmanager
def debian_cluster() -> Iterator[DebianCluster]:
    """Run a server in a folder of its own for as long as it is needed; skip the test where there is none."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip(NO_POSTGRESQL)
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="dondoc-debian-pg-"))
    try:
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        port = free_port()
        _as(
            account,
            binaries / "initdb",
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--no-sync",
            "--pgdata",
            folder / "data",
        )
        settings = " ".join(f"-c {setting}" for setting in (*FAST, f"unix_socket_directories={folder}"))
        control = (binaries / "pg_ctl", "--pgdata", folder / "data", "--wait")
        _as(
            account,
            *control,
            "--timeout",
            START_SECONDS,
            "--log",
            folder / "log",
            "--options",
            f"-h {HOST} -p {port} {settings}",
            "start",
        )
        try:
            yield DebianCluster(port, binaries)
        finally:
            _as(account, *control, "--mode=immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path | None:
    """Where the newest PostgreSQL of this machine keeps its programs."""
    found = [path.parent for path in Path("/").glob(INITDB)]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def _account() -> pwd.struct_passwd | None:
    """Whom the server runs as: ourselves, unless we are root, whom it refuses."""
    if os.geteuid():
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip(NO_ACCOUNT)


def _as(account: pwd.struct_passwd | None, *command: object) -> None:
    """Run one of PostgreSQL's programs; what it says is shown where it fails."""
    person = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    subprocess.run(
        [str(part) for part in command],
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=2 * START_SECONDS,
        **person,
    )  # type: ignore[call-overload]
