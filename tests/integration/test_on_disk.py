"""What people are told is sent or handed in is on disk by then, in the file that stands at its place."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from config.settings import PROJECT_ROOT, read_settings
from notifications.transport import open_transport
from obligations.errors import Unavailable
from store.engine import READ_ONLY, open_engine, reading, writing
from store.facts import put_fact
from store.vault import Vault
from tasks_lib.kernel.bootstrap import House
from tests.integration.test_transport_file import outgoing
from tests.support.life.samples import PDF
from tests.support.life.stories import MUONG_VI, SIGNED, morning, replay
from tests.support.pages.unit import confirms, field, number, opened, two_communes
from tests.support.pages.visits import visited

TASK = f"1.2/{MUONG_VI}/once"
FULL, OFF = 2, 0
STRACE = shutil.which("strace")
REPORTS = 7
ONE_AFTER_ANOTHER = """
import sys
from tasks_lib.kernel.bootstrap import open_house
from tasks_lib.kernel.clock import parse_as_of
from tasks_lib.answering.submit import Answer, submit
house = open_house()
keys = sys.argv[1:]
for key in keys:
    submit(house, key, key.split("/")[1], parse_as_of("2022-07-12"), Answer(figures={"a": 3}))
    print("told", key, flush=True)
"""


def reading_apart(engine: Engine) -> Connection:
    """A connection of its own, before any tables are there."""
    return engine.connect().execution_options(**READ_ONLY)


def test_every_lasting_connection_waits_for_the_disk(home: Path) -> None:
    engine = open_engine(read_settings().database_url)
    with reading_apart(engine) as one, reading_apart(engine) as other:
        for connection in (one, other):
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == FULL
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()


def test_what_is_thrown_away_need_not(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'scratch.db'}", lasting=False)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == OFF
    engine.dispose()


def test_each_report_is_synced_before_it_is_told(house: House, tmp_path: Path) -> None:
    """Counted by the system itself: no "told" without a sync of the database's log before it."""
    if STRACE is None or subprocess.run([STRACE, "-qq", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no strace, or it may not trace here: what reaches the disk is not counted")
    replay(house, SIGNED, "2022-07-05")
    communes = sorted(house.roster.members(("ubnd-cap-xa",)))[:REPORTS]
    house.engine.dispose()
    trace = tmp_path / "trace"
    done = subprocess.run(
        [
            str(STRACE),
            "-f",
            "-y",
            "-qq",
            "-e",
            "trace=fsync,fdatasync,write",
            "-o",
            str(trace),
            sys.executable,
            "-c",
            ONE_AFTER_ANOTHER,
            *(f"1.2/{commune}/once" for commune in communes),
        ],
        cwd=PROJECT_ROOT,
        env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.stdout.count("told") == REPORTS
    events = re.findall(
        r'(f(?:data)?sync)\(\d+<[^>]*dondoc\.db-wal>|write\(1<[^>]*>, "(told)', trace.read_text()
    )
    kinds = "".join("s" if synced else "t" for synced, _ in events)
    assert re.fullmatch(r"(s+t)+s*", kinds), kinds
    assert kinds.count("t") == REPORTS


@pytest.fixture
def syncs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that were synced, in their order."""
    found: list[str] = []
    really: Callable[[int], None] = os.fsync

    def noted(descriptor: int) -> None:
        found.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        really(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    return found


def test_evidence_and_its_folders_are_synced_before_its_row(tmp_path: Path, syncs: list[str]) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(PDF)
    digest = "ab" * 32
    root = tmp_path / "evidence"
    with scan.open("rb") as content:
        Vault(str(root)).put(digest, content)
    file, *folders = syncs
    assert file.startswith(str(root / "ab" / digest))
    assert folders == [str(root / "ab"), str(root)]
    # Somebody else's, moved there a moment ago, may not be on disk yet.
    syncs.clear()
    with scan.open("rb") as content:
        Vault(str(root)).put(digest, content)
    assert syncs == [str(root / "ab"), str(root)]


def test_a_mail_as_a_file_is_synced_before_it_counts_as_sent(tmp_path: Path, syncs: list[str]) -> None:
    with open_transport("file", folder=tmp_path) as transport:
        assert transport.send(outgoing()).ok
    assert [Path(path).parent for path in syncs] == [tmp_path, tmp_path.parent]


def replaced(house: House) -> Path:
    """Somebody puts a copy in the place of the database while the program runs."""
    path = house.settings.home / "dondoc.db"
    with sqlite3.connect(path) as connection, sqlite3.connect(path.with_name("copy.db")) as copy:
        connection.backup(copy)
    connection.close()
    copy.close()
    path.with_name("copy.db").replace(path)
    return path


def test_a_clerk_is_not_told_sent_where_the_file_was_replaced_under_the_portal(house: House) -> None:
    two_communes(house)
    replay(house, SIGNED, "2022-07-05")
    with visited(house, "2022-07-05T09:00") as site:
        clerk = site.by_link(MUONG_VI)
        typed = {field(house, TASK, "text"): "Đã phát thanh 12 buổi", "do": f"send:{number(house, TASK)}"}
        look = clerk.send("/don-vi", {**opened(clerk), **typed})
        path = replaced(house)
        answer = confirms(clerk, look, typed["do"])
    assert answer.status == 503
    assert "Chưa ghi nhận" in answer.text
    assert "đã gửi" not in answer.text.lower()
    assert "Đã phát thanh 12 buổi" in answer.html
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (0,)
    connection.close()


def test_nothing_is_committed_into_a_file_that_lost_its_place_in_the_middle(house: House) -> None:
    database = house.settings.home / "dondoc.db"

    def moved_while_writing() -> None:
        with writing(house.engine) as connection:
            put_fact(connection, "x", "y", morning("2022-07-05"))
            database.rename(database.with_name("elsewhere.db"))

    with pytest.raises(Unavailable, match="thay bằng tệp khác"):
        moved_while_writing()
    with pytest.raises(Unavailable), reading(house.engine):
        pass
