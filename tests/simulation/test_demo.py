"""`make demo` in small: one command that sets up, replays, runs the day's flows, sends, shows and ends."""

from __future__ import annotations

import os
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(home: Path, *args: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    environment = {**kept, "DONDOC_HOME": str(home), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "demo", *args],
        env=environment, cwd=home, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip


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
    for page in (line.strip() for line in shown.stdout.splitlines() if line.strip().endswith(".html")):
        assert "<html" in Path(page).read_text(encoding="utf-8")
    assert left_behind(tmp_path) == []


def test_a_day_on_which_no_mail_leaves_is_refused_in_one_line(tmp_path: Path) -> None:
    shown = run(tmp_path, "--day", "2022-07-10")

    assert shown.returncode == 2
    assert shown.stderr.strip().splitlines() == [
        "--day: 10/07/2022 là ngày nghỉ, không gửi thư; ngày làm việc tới là 11/07/2022"
    ]
