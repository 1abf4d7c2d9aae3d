"""`make demo` in small: one command that sets up, replays, runs the day's flows, sends, shows and ends."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import httpx
import pytest

from flows.local_server import free_port

ROOT = Path(__file__).resolve().parents[2]


def started(home: Path, *args: str) -> subprocess.Popen[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    return subprocess.Popen(
        [sys.executable, "-m", "cli.main", *args],
        env={**kept, "DONDOC_HOME": str(home), "PYTHONPATH": str(ROOT)},
        cwd=home,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(home: Path, *args: str) -> subprocess.CompletedProcess[str]:
    with started(home, "demo", *args) as process:
        out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def left_behind(home: Path) -> list[str]:
    """The processes that were started for this home and still run."""
    mark = f"DONDOC_HOME={home}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text())
        except OSError:
            continue
    return found


@pytest.mark.e2e
def test_the_demo_shows_the_day_and_ends_by_itself(tmp_path: Path) -> None:
    shown = run(tmp_path, "--day", "2022-07-04")

    assert shown.returncode == 0, shown.stderr
    assert "Tình hình 39 nhiệm vụ đến 04/07/2022" in shown.stdout
    assert sum(line.startswith("│ ") for line in shown.stdout.splitlines()) == 39
    mails = tmp_path / "demo" / "mail"
    pages, originals = sorted(mails.glob("*.html")), sorted(mails.glob("*.eml"))
    assert len(pages) == len(originals) > 150
    commune = message_from_bytes((mails / "x02719-2022.eml").read_bytes(), policy=default)
    assert commune["Subject"].startswith("[KH 239] Nhiệm vụ được giao")
    assert "http://127.0.0.1:8239/l/" in (mails / "x02719-2022.html").read_text(encoding="utf-8")
    for page in (line.strip() for line in shown.stdout.splitlines() if line.strip().endswith(".html")):
        assert "<html" in Path(page).read_text(encoding="utf-8")
    assert left_behind(tmp_path) == []
    assert "'make up'" in shown.stdout
    its_links_open_once_the_board_runs(tmp_path, re.findall(r"http://127\.0\.0\.1:8239(/\S+)", shown.stdout))


def its_links_open_once_the_board_runs(home: Path, links: list[str]) -> None:
    """The links of a coordinator and of a commune, on the day that was shown."""
    assert [link.split("/")[1] for link in links] == ["dang-nhap", "l"]
    port = free_port()
    with started(home, "web", "--demo", "--port", str(port)) as board:
        assert board.stderr is not None
        assert board.stderr.readline().startswith(f"Sẵn sàng: http://127.0.0.1:{port}")
        for link in links:
            page = httpx.get(f"http://127.0.0.1:{port}{link}", timeout=60)
            assert page.status_code == 200
            assert "ngày 04/7/2022" in page.text
        board.terminate()
        assert board.wait(60) == 0


def test_a_day_on_which_no_mail_leaves_is_refused_in_one_line(tmp_path: Path) -> None:
    shown = run(tmp_path, "--day", "2022-07-10")

    assert shown.returncode == 2
    assert shown.stderr.strip().splitlines() == [
        "--day: 10/07/2022 là ngày nghỉ, không gửi thư; ngày làm việc tới là 11/07/2022"
    ]
