"""`up` on a real server with a real worker: everything starts, runs, and ends without a trace."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from config.settings import PROJECT_ROOT
from flows.local_server import HOST, free_port
from tasks_lib.bootstrap import House

PATIENCE = 180
T = TypeVar("T")


def start_up(port: int, *arguments: str) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    return subprocess.Popen(
        [sys.executable, "-c", "from cli.main import main; main()", "up", "--port", str(port), *arguments],
        cwd=PROJECT_ROOT, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def until(what: str, look: Callable[[], T]) -> T:
    """Look again and again until there is something."""
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        if found := look():
            return found
        time.sleep(0.5)
    pytest.fail(f"waited {PATIENCE} s for {what}")


def asked(port: int, path: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever JSON says
    request = urllib.request.Request(
        f"http://{HOST}:{port}/api/{path}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def processes_of(home: Path) -> list[str]:
    """Every process on this machine that carries the home in its environment, but ourselves."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and entry.name != str(os.getpid()):
            try:
                if f"DONDOC_HOME={home}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                    found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:
                continue
    return found


@pytest.fixture
def child(house: House) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    process = start_up(port, "--as-of", "2022-07-18")
    yield process, port
    if process.poll() is None:
        process.kill()
    process.communicate()


@pytest.mark.e2e
def test_up_deploys_all_runs_the_pinned_day_and_leaves_no_process(
    child: tuple[subprocess.Popen[str], int], home: Path
) -> None:
    process, port = child
    assert process.stderr is not None
    until("the line that all is ready", lambda: "Sẵn sàng" in process.stderr.readline())  # type: ignore[union-attr]
    assert asked(port, "deployments/count", {}) == 51

    def finished() -> list[dict[str, Any]]:
        runs: list[dict[str, Any]] = asked(port, "flow_runs/filter", {"limit": 200})
        ended = [r for r in runs if r["name"] == "Lượt ngày 18/7/2022" and r["state_type"] != "RUNNING"]
        return runs if ended and ended[0]["end_time"] else []

    runs = {run["name"]: run for run in until("the round", finished)}
    assert runs["Lượt ngày 18/7/2022"]["state_type"] == "COMPLETED"
    assert (runs["1.2 · 18/7/2022"]["state_type"], runs["1.2 · 18/7/2022"]["state_name"]) == (
        "FAILED",
        "Quá hạn",
    )

    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "Đã dừng" in said
    assert process.returncode == 0
    assert processes_of(home) == []


@pytest.mark.e2e
def test_a_port_in_use_gives_one_clear_line(house: House) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start_up(port)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.splitlines()[-1].startswith(f"cổng {port} đang có chương trình khác dùng")
    assert "Traceback" not in said
