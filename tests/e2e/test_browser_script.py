"""What `make test` does first: it finds a browser or installs Debian's if it may; it never fails or asks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import PROJECT_ROOT

SCRIPT = PROJECT_ROOT / "tests" / "support" / "browser.sh"
SKIPPED = "The browser tests will be skipped: install chromium, or name one in DONDOC_BROWSER."


def tool(folder: Path, name: str, *lines: str) -> Path:
    """A command that does what the lines say."""
    path = folder / name
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The commands of a machine on which somebody is root and has no browser."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("mktemp", "rm"):
        (folder / name).symlink_to(str(shutil.which(name)))
    tool(folder, "id", "echo 0")
    return folder


def ran(machine: Path, **settings: str) -> list[str]:
    """Run the script there; it ends well whatever it finds, and asks nobody."""
    done = subprocess.run(
        ["/bin/sh", str(SCRIPT)], env={"PATH": str(machine), "TMPDIR": str(machine), **settings},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_a_browser_that_is_there_is_used_and_nothing_installed(machine: Path) -> None:
    found = tool(machine, "google-chrome")
    tool(machine, "apt-get", "exit 1")
    assert ran(machine) == [f"Browser for the tests: {found}"]


def test_the_one_named_goes_before_others(machine: Path, tmp_path: Path) -> None:
    tool(machine, "chromium")
    own = tool(tmp_path, "own-browser")
    assert ran(machine, DONDOC_BROWSER=str(own)) == [f"Browser for the tests: {own}"]


def test_debians_is_installed_without_a_question(machine: Path) -> None:
    said = machine / "said"
    tool(machine, "apt-get", f'echo "$DEBIAN_FRONTEND $*" >>{said}')
    assert ran(machine) == ["No browser here; installing Debian's chromium for the tests …"]
    assert said.read_text().splitlines() == [
        "noninteractive -q update",
        "noninteractive -qy install --no-install-recommends chromium fonts-liberation",
    ]


def test_where_it_cannot_be_installed_the_run_goes_on(machine: Path) -> None:
    tool(machine, "apt-get", "echo no network >&2", "exit 100")
    first, second, last = ran(machine)
    assert first.startswith("No browser here")
    log = second.removeprefix("It could not be installed (").removesuffix(" says why).")
    assert Path(log).read_text() == "no network\n"
    assert last == SKIPPED


@pytest.mark.parametrize("user", ["1000", "0"])
def test_without_leave_or_without_debian_nothing_is_tried(machine: Path, user: str) -> None:
    tool(machine, "id", f"echo {user}")
    if user != "0":
        tool(machine, "apt-get", "exit 1")
    assert ran(machine) == [SKIPPED]


def test_pytest_says_at_its_end_how_many_were_skipped(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider",
               "tests/e2e/test_watchfulness.py::test_a_field_without_a_label_fails"]  # fmt: skip
    done = subprocess.run(
        command, cwd=PROJECT_ROOT, env={**os.environ, "DONDOC_BROWSER": "/nowhere", "HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert (
        "1 browser tests skipped: no browser: install chromium, or name one in DONDOC_BROWSER" in done.stdout
    )
