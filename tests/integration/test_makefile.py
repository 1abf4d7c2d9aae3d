"""What `make up` starts: the demo of the plan that is asked for, made first where it is not there."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from config.settings import PROJECT_ROOT


def lines_of(home: Path, *words: str, **environment: str) -> list[str]:
    """What `make up` would run, by the program alone."""
    done = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", "up", *words],
        cwd=PROJECT_ROOT,
        env={**os.environ, "DONDOC_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return [line for line in done.stdout.splitlines() if line.startswith(".venv/bin/dondoc")]


def shown(home: Path, plan: str) -> None:
    (home / "demo").mkdir()
    (home / "demo" / "plan").write_text(plan, encoding="ascii")
    (home / "demo" / "day").write_text("2022-10-05", encoding="ascii")


def test_with_nothing_shown_it_starts_on_ones_own_data(tmp_path: Path) -> None:
    assert lines_of(tmp_path) == [".venv/bin/dondoc up "]


def test_after_a_demo_it_goes_on_with_it(tmp_path: Path) -> None:
    shown(tmp_path, "239-2022")
    assert lines_of(tmp_path) == [".venv/bin/dondoc up --demo"]
    own = lines_of(tmp_path, DONDOC_DATABASE_URL="sqlite:///x.db")
    assert own == [".venv/bin/dondoc up "]


@pytest.mark.parametrize("before", ["", "239-2022"])
def test_another_plan_is_shown_first(tmp_path: Path, before: str) -> None:
    if before:
        shown(tmp_path, before)
    demo = ".venv/bin/dondoc demo --plan mau-2026"
    assert [line.strip() for line in lines_of(tmp_path, "PLAN=mau-2026")] == [
        demo,
        ".venv/bin/dondoc up --demo",
    ]


def test_the_one_that_was_shown_is_not_shown_again(tmp_path: Path) -> None:
    shown(tmp_path, "mau-2026")
    assert lines_of(tmp_path, "PLAN=mau-2026") == [".venv/bin/dondoc up --demo"]
