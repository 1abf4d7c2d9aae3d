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


def start_up(port: int, web_port: int, *arguments: str) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    ports = ("--port", str(port), "--web-port", str(web_port))
    return subprocess.Popen(
        [sys.executable, "-c", "from cli.main import main; main()", "up", *ports, *arguments],
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


def processes_of(home: Path) -> list[tuple[str, list[str]]]:
    """Every process on this machine that has the home in its environment, but ourselves."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and entry.name != str(os.getpid()):
            try:
                settings = (entry / "environ").read_bytes().decode().split("\0")
                if f"DONDOC_HOME={home}" in settings:
                    command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    found.append((command, settings))
            except OSError:
                continue
    return found


def public_urls_told_to_processes_of(home: Path) -> set[str]:
    """What the children's mails will say the portal's address is."""
    return {
        setting.partition("=")[2]
        for _, settings in processes_of(home)
        for setting in settings
        if setting.startswith("DONDOC_PUBLIC_URL=")
    }


@pytest.fixture
def child(house: House) -> Iterator[tuple[subprocess.Popen[str], int, int]]:
    port, web_port = free_port(), free_port()
    process = start_up(port, web_port, "--as-of", "2022-07-18")
    yield process, port, web_port
    if process.poll() is None:
        process.kill()
    process.communicate()


@pytest.mark.e2e
def test_up_deploys_all_runs_the_pinned_day_and_leaves_no_process(
    child: tuple[subprocess.Popen[str], int, int], home: Path
) -> None:
    process, port, web_port = child
    stderr = process.stderr
    assert stderr is not None
    ready = until("the line that all is ready", lambda: said_ready(stderr.readline()))
    portal = f"http://{HOST}:{web_port}"
    assert ready == f"Sẵn sàng: {portal} và Prefect http://{HOST}:{port} (nhấn Ctrl-C để dừng)\n"
    opens_the_portal_of_the_day(portal, stderr.readline(), stderr.readline())
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

    assert public_urls_told_to_processes_of(home) == {portal}

    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "Đã dừng" in said
    assert process.returncode == 0
    assert processes_of(home) == []


def said_ready(line: str) -> str:
    return line if line.startswith("Sẵn sàng") else ""


def opens_the_portal_of_the_day(portal: str, *welcomes: str) -> None:
    """The links that a demonstration prints let in."""
    login, form = (line.rpartition(" ")[2].strip() for line in welcomes)
    assert login.startswith(f"{portal}/dang-nhap/")
    assert form.startswith(f"{portal}/l/")
    for url in (login, form):
        with urllib.request.urlopen(url, timeout=10) as page:
            assert "ngày 18/7/2022" in page.read().decode()


@pytest.mark.e2e
@pytest.mark.parametrize("option", ["--port", "--web-port"])
def test_a_port_in_use_gives_one_clear_line(house: House, option: str) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        ports = (port, free_port()) if option == "--port" else (free_port(), port)
        process = start_up(*ports)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.splitlines()[-1] == (
        f"cổng {port} đang có chương trình khác dùng: đóng chương trình đó hoặc chọn {option}"
    )
    assert "Traceback" not in said
