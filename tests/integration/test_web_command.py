"""`dondoc web` as a process: it serves, keeps no log of links, says why it cannot, and ends in order."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

from cli.main import BAD_INPUT, REFUSED, run
from cli.welcome import NO_PLACE_FOR_LINKS, welcome
from config.settings import PROJECT_ROOT
from flows.local_server import HOST, free_port
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import parse_as_of
from tasks_lib.kernel.links import answer_link

COMMUNE = "x02719-2022"
PATIENCE = 60


def started(port: int, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "cli.main", "web", "--port", str(port), *words],
        cwd=PROJECT_ROOT,
        env=os.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def serving(house: House) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The portal of a pinned day, and where it answers."""
    port = free_port()
    process = started(port, "--as-of", "2022-07-18T09:00")
    yield process, f"http://{HOST}:{port}"
    if process.poll() is None:
        process.kill()
    process.communicate()


def healthy(url: str) -> bool:
    patience = time.monotonic() + PATIENCE
    with httpx.Client() as client:
        while time.monotonic() < patience:
            try:
                answer = client.get(f"{url}/healthz")
            except httpx.ConnectError:
                time.sleep(0.1)
                continue
            return (answer.status_code, answer.text) == (200, "ok")
    return False


@pytest.mark.parametrize("request_to_end", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_from_its_instant_on_and_ends_in_order(
    serving: tuple[subprocess.Popen[str], str], house: House, request_to_end: signal.Signals
) -> None:
    process, url = serving
    assert healthy(url)
    signed = answer_link(house, COMMUNE, parse_as_of("2022-07-18")).signed
    page = httpx.get(f"{url}/l/{signed}")
    assert page.status_code == 200
    assert re.search(r"Số liệu lúc 09:0\d ngày 18/7/2022", page.text)
    process.send_signal(request_to_end)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert out == ""
    # A log is no place for links that let in.
    assert err.splitlines() == [f"Sẵn sàng: {url} (nhấn Ctrl-C để dừng)", NO_PLACE_FOR_LINKS, "Đã dừng."]


def test_a_port_in_use_gives_one_clear_line(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["web", "--port", str(port)]) == REFUSED
    (said,) = capfd.readouterr().err.splitlines()
    assert said == f"cổng {port} đang có chương trình khác dùng: đóng chương trình đó hoặc chọn --port"


def test_an_address_that_is_not_there_is_named(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["web", "--port", str(free_port()), "--host", "khong-co.invalid"]) == BAD_INPUT
    (said,) = capfd.readouterr().err.splitlines()
    assert said == "--host: không có địa chỉ 'khong-co.invalid'"


def test_the_demo_has_to_be_run_before_it_is_opened(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    for command in ("web", "up"):
        assert run([command, "--demo"]) == REFUSED
        assert "chạy 'dondoc demo' trước" in capfd.readouterr().err


def test_links_that_let_in_are_shown_on_a_terminal_only(
    house: House, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    at = parse_as_of("2022-07-18T09:00")
    welcome(house, at)
    assert capfd.readouterr().err.strip() == NO_PLACE_FOR_LINKS
    controller, terminal = os.openpty()
    with os.fdopen(terminal, "w", encoding="utf-8") as screen:
        monkeypatch.setattr(sys, "stderr", screen)
        welcome(house, at)
        screen.flush()
        shown = os.read(controller, 65536).decode()
    os.close(controller)
    assert "/dang-nhap/" in shown
    assert "/l/" in shown
