"""A disk that is really full: one line each time, and all goes on once there is room again."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cli.main import REFUSED
from config.settings import PROJECT_ROOT

NO_DISK = "no leave to mount a small disk here: run as root"
PAGE = 4096
MEGABYTES = 16
"""Twice what the plan takes, so that something can be written before it is full."""


@pytest.fixture
def disk(tmp_path: Path, sqlite_template: Path) -> Iterator[Path]:
    """A small disk of the test's own, with the plan freshly initialised on it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    if os.geteuid() or shutil.which("mount") is None or _fails(mount):
        pytest.skip(NO_DISK)
    try:
        shutil.copyfile(sqlite_template, folder / "dondoc.db")
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _fails(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode != 0


def fill(disk: Path, pages_left: int) -> None:
    """Fill the disk but for so many pages."""
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    room = os.statvfs(disk)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(room.f_bavail * room.f_frsize - pages_left * PAGE, 1))


def does(disk: Path, *words: str) -> subprocess.CompletedProcess[str]:
    home = {"DONDOC_HOME": str(disk), "DONDOC_MAIL_TRANSPORT": "memory"}
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *words],
        cwd=PROJECT_ROOT,
        env={**os.environ, **home},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_full_disk_is_one_line_again_and_again_and_nothing_is_half_done(disk: Path) -> None:
    before = (disk / "dondoc.db").read_bytes()
    # Twice without any room, then with some of what the log's index takes, then with some of the log.
    for pages_left in (0, 0, 3, 40):
        fill(disk, pages_left)
        done = does(disk, "sweep", "--as-of", "2022-07-04")
        assert done.returncode != -signal.SIGBUS
        assert (done.returncode, done.stdout) == (REFUSED, "")
        (line,) = done.stderr.splitlines()
        assert line.startswith("cơ sở dữ liệu không trả lời: ")
        assert "dung lượng" in line
        assert (disk / "dondoc.db").read_bytes() == before

    (disk / "filler").unlink()
    swept = does(disk, "sweep", "--as-of", "2022-07-04")
    assert (swept.returncode, swept.stderr) == (0, "")
    assert "mở " in swept.stdout
    with closing(sqlite3.connect(disk / "dondoc.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
