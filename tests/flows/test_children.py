"""Processes that `up` starts: one that dies is started again, one that cannot live is given up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from cli.children import Child, Children
from obligations.errors import Refused
from tests.support.running.ups import processes_with, until

PATIENCE = 30
LIVES = "import time; time.sleep(600)"
DIES = "raise SystemExit(3)"
LEAVES_ONE = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {LIVES!r}]); {LIVES}"
LEAVES_ONE_APART = LEAVES_ONE.replace("])", "], start_new_session=True)")
MARK = "PREFECT_API_URL"


def begins(program: str) -> Callable[[], subprocess.Popen[bytes]]:
    return lambda: subprocess.Popen([sys.executable, "-c", program], start_new_session=True)


def look_until(children: Children, done: Callable[[], bool]) -> None:
    patience = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < patience
        children.look()
        time.sleep(0.02)


def in_session(session: int) -> list[str]:
    """The processes of a session that live; a dead one may wait for somebody to notice."""
    command = ["ps", "-o", "stat=", "--sid", str(session)]
    found = subprocess.run(command, check=False, capture_output=True, text=True)
    return [state for state in found.stdout.split() if not state.startswith("Z")]


def test_one_that_is_killed_lives_again_and_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    child = Child("tiến trình gửi thư", begins(LIVES), tmp_path / "mail.log", pauses=(0.1, 0.1))
    with Children() as children:
        first = children.add(child)
        os.kill(first.pid, signal.SIGKILL)
        look_until(children, lambda: child.process is not first)
        assert child.process is not None
        assert child.process.poll() is None
    line = (
        f"tiến trình gửi thư đã dừng ngoài ý muốn (mã -9), khởi động lại sau 0.1 giây; nhật ký: {child.log}"
    )
    assert capsys.readouterr().err.splitlines() == [line]
    assert child.log.read_text(encoding="utf-8").rstrip().endswith(line)


def test_pauses_grow_and_one_that_dies_at_once_each_time_is_given_up(tmp_path: Path) -> None:
    child = Child("trang web", begins(DIES), tmp_path / "web.log", pauses=(0.05, 0.1, 0.2))
    began: list[float] = []
    begin = child.begin
    child.begin = lambda: (began.append(time.monotonic()), begin())[1]
    with Children() as children:
        children.add(child)
        with pytest.raises(Refused) as given_up:
            look_until(children, lambda: False)
    assert str(given_up.value) == (
        f"trang web đã dừng ngoài ý muốn (mã 3) 4 lần liền, không khởi động lại nữa; xem {child.log}"
    )
    assert len(began) == 4
    pauses = [later - earlier for earlier, later in pairwise(began)]
    assert all(taken >= asked for taken, asked in zip(pauses, (0.05, 0.1, 0.2), strict=True))
    assert child.log.read_text(encoding="utf-8").count("khởi động lại sau") == 3


def test_one_that_the_others_stand_on_is_not_started_again(tmp_path: Path) -> None:
    child = Child("máy chủ Prefect", begins(DIES), tmp_path / "server.log", alone=False)
    with Children() as children:
        children.add(child)
        with pytest.raises(Refused) as ended:
            look_until(children, lambda: False)
    assert str(ended.value) == f"máy chủ Prefect đã dừng ngoài ý muốn (mã 3), xem {child.log}"


@pytest.fixture
def marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a server that nobody else's processes have in their environment."""
    address = f"http://127.0.0.1:1/{tmp_path.name}"
    monkeypatch.setenv(MARK, address)
    return address


def test_what_a_killed_one_had_started_may_go_on_and_ends_with_all_others(
    tmp_path: Path, marked: str
) -> None:
    child = Child("tiến trình chạy luồng", begins(LEAVES_ONE), tmp_path / "worker.log", pauses=(0.1,))
    with Children(f"{MARK}={marked}") as children:
        first = children.add(child)
        look_until(children, lambda: len(in_session(first.pid)) == 2)
        os.kill(first.pid, signal.SIGKILL)
        look_until(children, lambda: child.process is not first)
        second = child.process
        assert second is not None
        assert len(in_session(first.pid)) == 1
    assert in_session(first.pid) == in_session(second.pid) == []


def test_a_run_in_a_session_of_its_own_ends_with_all_others_though_its_worker_was_killed(
    tmp_path: Path, marked: str
) -> None:
    log = tmp_path / "worker.log"
    child = Child("tiến trình chạy luồng", begins(LEAVES_ONE_APART), log, pauses=(600,))
    with Children(f"{MARK}={marked}") as children:
        worker = children.add(child)
        look_until(children, lambda: len(processes_with(MARK, marked)) == 2)
        os.kill(worker.pid, signal.SIGKILL)
        look_until(children, lambda: child.due is not None)
        assert len(processes_with(MARK, marked)) == 1
    until("its end", lambda: processes_with(MARK, marked) == [])


def test_a_pause_that_is_still_running_does_not_hold_up_the_end(tmp_path: Path) -> None:
    child = Child("trang web", begins(DIES), tmp_path / "web.log", pauses=(600,))
    with Children() as children:
        children.add(child)
        look_until(children, lambda: child.due is not None)
