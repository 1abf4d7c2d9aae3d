"""A damaged database, a full disk, a home nobody may write into: one line, and nothing half done."""

from __future__ import annotations

import os
import resource
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import literal, select, text
from sqlalchemy.exc import DBAPIError

from cli.main import REFUSED, run
from config.settings import PROJECT_ROOT
from notifications.memory import MemoryTransport
from obligations.errors import Invalid, Unavailable
from store.engine import open_engine, reading
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tests.support.houses.houses import with_settings
from tests.support.life.letters import messages_to
from tests.support.life.stories import MUONG_VI, SIGNED, morning, replay, send
from tests.support.pages.visits import visited

PAGE = 4096
TASK = f"1.2/{MUONG_VI}/once"
COMMANDS = (
    ["init"],
    ["sweep", "--as-of", "2022-07-07"],
    ["deliver", "--as-of", "2022-07-07"],
    ["report", "submit", TASK, "--by", MUONG_VI, "--as-of", "2022-07-12", "--figure", "a=3"],
    ["obligations", "--item", "1.2"],
    ["messages"],
    ["backup"],
    ["restore", "--status"],
    ["web"],
)
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "zeroed pages": lambda good: good[:PAGE] + bytes(len(good) - PAGE),
    "cut off": lambda good: good[: len(good) // 3],
    "no header": lambda good: bytes(100) + good[100:],
    "a text": lambda _good: "Kế hoạch 239\n".encode() * 1000,
}


def in_one_file(house: House) -> Path:
    """The database's file, with all that was written in it."""
    path = house.settings.home / "dondoc.db"
    house.engine.dispose()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.mark.parametrize("damage", [*DAMAGE, "a folder"])
def test_every_command_says_in_one_line_that_the_database_is_damaged(
    house: House, capfd: pytest.CaptureFixture[str], damage: str
) -> None:
    path = in_one_file(house)
    if damage == "a folder":
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes(DAMAGE[damage](path.read_bytes()))
    for words in COMMANDS:
        capfd.readouterr()
        assert run(words) == REFUSED, words
        out, err = capfd.readouterr()
        assert (out, len(err.strip().splitlines())) == ("", 1), (words, err)
        assert err.startswith("cơ sở dữ liệu "), words


def test_a_delivery_over_damaged_pages_is_right_or_an_error_and_never_silently_empty(house: House) -> None:
    replay(house, SIGNED, "2022-07-04")
    path = in_one_file(house)
    good = path.read_bytes()
    query = "SELECT pageno FROM dbstat WHERE name = ? ORDER BY pageno"
    with sqlite3.connect(path) as connection:
        pages = [connection.execute(query, (name,)).fetchall() for name in ("notices", "ix_notices_unsent")]
    connection.close()
    told = set()
    for (page,) in (of_one[place] for of_one in pages for place in (0, len(of_one) // 2, -1)):
        path.with_name("dondoc.db-wal").unlink(missing_ok=True)
        path.with_name("dondoc.db-shm").unlink(missing_ok=True)
        path.write_bytes(good[: (page - 1) * PAGE] + bytes(PAGE) + good[page * PAGE :])
        house.engine.dispose()
        try:
            report = deliver(house, morning("2022-07-04"), transport=MemoryTransport())
            told.add(report.sent)
        except Unavailable:
            told.add(None)
    house.engine.dispose()
    assert None in told
    assert told <= {None, 182}


def test_the_portal_says_so_on_a_page_of_its_own(house: House) -> None:
    replay(house, SIGNED, "2022-07-05")
    with visited(house, "2022-07-05T09:00") as site:
        clerk = site.by_link(MUONG_VI)
        assert clerk.get("/don-vi").status == 200
        path = in_one_file(house)
        with path.open("r+b") as file:
            file.seek(PAGE)
            file.write(bytes(path.stat().st_size - PAGE))
        page = clerk.get("/don-vi")
    assert page.status == 503
    assert "Hệ thống tạm thời chưa dùng được" in page.text
    assert "Traceback" not in page.html


def limited(house: House, size: int, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command that may make no file larger than so: what a full disk does, and needs no disk."""
    house.engine.dispose()
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *words],
        cwd=PROJECT_ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )


def test_on_a_full_disk_nothing_is_half_done(house: House) -> None:
    replay(house, SIGNED, "2022-07-05")
    path = in_one_file(house)
    before = path.read_bytes()
    for words in (["sweep", "--as-of", "2022-07-07"], ["deliver", "--as-of", "2022-07-05"]):
        done = limited(house, 40_000, *words)
        assert (done.returncode, done.stdout) == (REFUSED, "")
        (line,) = done.stderr.strip().splitlines()
        assert "kiểm tra dung lượng trống" in line
        assert path.read_bytes() == before
    openings, to_the_director = 182, 1
    sent = send(with_settings(house, mail_transport="memory"), "2022-07-05").sent
    assert sent == openings + to_the_director
    assert messages_to(house, MUONG_VI)[0].state == "sent"


def test_a_home_that_cannot_be_made_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "file" / "home"))
    assert run(["init"]) == REFUSED
    (line,) = capfd.readouterr().err.strip().splitlines()
    assert line.startswith("DONDOC_HOME: không tạo được thư mục")


def test_a_home_nobody_may_write_into_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not even root makes files there."""
    monkeypatch.setenv("DONDOC_HOME", "/proc/self")
    for words in (["sweep", "--as-of", "2022-07-04"], ["deliver", "--as-of", "2022-07-04"], ["init"]):
        assert run(words) == REFUSED
        (line,) = capfd.readouterr().err.strip().splitlines()
        assert "kiểm tra thư mục, quyền truy cập" in line or "/proc/self" in line


def modes(folder: Path) -> dict[str, str]:
    """Who may do what with each file and folder below one."""
    return {
        str(path.relative_to(folder)): stat.filemode(path.stat().st_mode)
        for path in (folder, *sorted(folder.rglob("*")))
    }


def test_everything_in_the_home_is_its_owners_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_MAIL_TRANSPORT", "file")
    home.chmod(0o755)
    before = os.umask(0o022)
    try:
        for words in (
            "init",
            "sweep --as-of 2022-07-04",
            "deliver --as-of 2022-07-04",
            f"link {MUONG_VI}",
            "backup",
        ):
            assert run(words.split()) == 0
    finally:
        os.umask(before)
    found = modes(home)
    assert set(found.values()) == {"-rw-------", "drwx------"}
    names = {name.split("/")[0] for name in found}
    assert names >= {"dondoc.db", "mail", "mail-log", "secret.key", "backups"}


def test_init_closes_what_an_older_version_left_open(house: House) -> None:
    home = house.settings.home
    home.chmod(0o755)
    for name in ("mail/a.eml", "evidence/ab/abcd", "letters/x.docx", "prefect/web.log", "secret.key"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("x", encoding="ascii")
        (home / name).chmod(0o644)
    (home / "dondoc.db").chmod(0o644)
    (home / "somebody-elses").mkdir()
    (home / "somebody-elses").chmod(0o755)
    initialise(house)
    found = modes(home)
    assert found.pop("somebody-elses") == "drwxr-xr-x"
    assert set(found.values()) == {"-rw-------", "drwx------"}


def test_a_folder_that_is_everybodys_is_not_closed(tmp_path: Path, house: House) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    engine = open_engine(f"sqlite:///{shared / 'dondoc.db'}", lasting=False)
    initialise(replace(with_settings(house, home=shared), engine=engine))
    engine.dispose()
    assert stat.S_IMODE(shared.stat().st_mode) == 0o1777


@pytest.mark.both
def test_what_is_longer_or_more_than_a_database_takes_is_whoever_asked_to_mend(any_house: House) -> None:
    """Nobody is told to try again later, and no watchman is woken."""
    many = select(literal(1)).where(literal(1).in_(range(300_000)))
    with pytest.raises(Invalid, match="rút gọn rồi thử lại"), reading(any_house.engine) as connection:
        connection.execute(many)


@pytest.mark.both
def test_a_statement_that_is_wrong_is_no_breakdown(any_house: House) -> None:
    with pytest.raises(DBAPIError), reading(any_house.engine) as connection:
        connection.execute(text("SELECT khong_co FROM plans"))


def test_a_pattern_too_long_for_sqlite_is_no_breakdown(house: House) -> None:
    with pytest.raises(Invalid, match="rút gọn"), reading(house.engine) as connection:
        connection.scalar(select(literal("a").like("%" * 60_000)))
