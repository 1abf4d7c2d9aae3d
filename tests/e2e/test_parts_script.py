"""What `make test` does first: it finds the tests' real parts or installs them; it never fails or asks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import PROJECT_ROOT
from tests.support.databases.debian_postgres import NO_POSTGRESQL
from tests.support.pages.browser import NO_BROWSER
from tests.support.running.skipped import told_of_skipped

SCRIPT = PROJECT_ROOT / "tests" / "support" / "parts.sh"
ALL_HERE = ["Real parts for the tests: all here"]
ALL = "chromium fonts-liberation postgresql nginx-light strace libreoffice-writer-nogui fonts-liberation2"
SKIPPED = f"Tests that need one of {ALL} will be skipped."


def tool(folder: Path, name: str, *lines: str) -> Path:
    """A command that does what the lines say."""
    path = folder / name
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The commands of a machine on which somebody is root and has none of the parts."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("mktemp", "rm"):
        (folder / name).symlink_to(str(shutil.which(name)))
    tool(folder, "id", "echo 0")
    return folder


def with_servers(machine: Path) -> Path:
    """The same with a PostgreSQL and letters where Debian puts them, an nginx, strace, and an office."""
    tool(machine, "nginx")
    tool(machine, "strace")
    tool(machine, "soffice")
    letters = machine / "usr" / "share" / "fonts" / "truetype" / "liberation2"
    letters.mkdir(parents=True)
    (letters / "LiberationSerif-Regular.ttf").touch()
    programs = machine / "usr" / "lib" / "postgresql" / "15" / "bin"
    programs.mkdir(parents=True)
    tool(programs, "initdb")
    return machine


def ran(machine: Path, **settings: str) -> list[str]:
    """Run the script there; it ends well whatever it finds, and asks nobody."""
    places = dict.fromkeys(("PATH", "TMPDIR", "PARTS_ROOT"), str(machine))
    done = subprocess.run(
        ["/bin/sh", str(SCRIPT)],
        env={**places, **settings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_what_is_there_is_taken_and_nothing_installed(machine: Path) -> None:
    tool(with_servers(machine), "google-chrome")
    tool(machine, "apt-get", "exit 1")
    assert ran(machine) == ALL_HERE


def test_a_browser_of_ones_own_is_enough(machine: Path, tmp_path: Path) -> None:
    tool(with_servers(machine), "apt-get", "exit 1")
    assert ran(machine, DONDOC_BROWSER=str(tool(tmp_path, "own-browser"))) == ALL_HERE


def test_debians_are_installed_without_a_question_and_only_those_missing(machine: Path) -> None:
    said = machine / "said"
    tool(with_servers(machine), "apt-get", f'echo "$DEBIAN_FRONTEND $*" >>{said}')
    assert ran(machine) == ["Installing Debian's chromium fonts-liberation for the tests …"]
    assert said.read_text().splitlines() == [
        "noninteractive -q update",
        "noninteractive -qy install --no-install-recommends chromium fonts-liberation",
    ]


def test_where_they_cannot_be_installed_the_run_goes_on(machine: Path) -> None:
    tool(machine, "apt-get", "echo no network >&2", "exit 100")
    first, second, last = ran(machine)
    assert first == f"Installing Debian's {ALL} for the tests …"
    log = second.removeprefix("They could not be installed (").removesuffix(" says why).")
    assert Path(log).read_text() == "no network\n"
    assert last == SKIPPED


@pytest.mark.parametrize("user", ["1000", "0"])
def test_without_leave_or_without_debian_nothing_is_tried(machine: Path, user: str) -> None:
    tool(machine, "id", f"echo {user}")
    if user != "0":
        tool(machine, "apt-get", "exit 1")
    assert ran(machine) == [SKIPPED]


@pytest.mark.soak
def test_pytest_says_at_its_end_how_many_were_skipped_and_for_want_of_what(
    tmp_path: Path, machine: Path
) -> None:
    tests = (
        "tests/e2e/test_watchfulness.py::test_a_field_without_a_label_fails",
        "tests/integration/test_deploy.py::test_systemd_reads_every_unit_without_a_complaint",
    )
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]
    bare = {"DONDOC_BROWSER": "/nowhere", "HOME": str(tmp_path), "PATH": str(machine)}
    done = subprocess.run(
        command, cwd=PROJECT_ROOT, env={**os.environ, **bare}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    said = [line.strip("= ") for line in done.stdout.splitlines() if " skipped: " in line]
    assert said == [
        "1 browser tests skipped: no browser: install chromium, or name one in DONDOC_BROWSER",
        "1 tests skipped: no systemd-analyze here to read the units",
    ]


def test_many_skipped_for_one_reason_are_one_line() -> None:
    def skipped(reason: str) -> pytest.TestReport:
        where = ("x.py", 1, f"Skipped: {reason}")
        return pytest.TestReport("x", ("x.py", 1, "x"), {}, "skipped", where, "setup")

    reports = [skipped(reason) for reason in (NO_POSTGRESQL, NO_BROWSER, NO_POSTGRESQL)]
    assert list(told_of_skipped(reports)) == [
        f"2 tests skipped: {NO_POSTGRESQL}",
        f"1 browser tests skipped: {NO_BROWSER}",
    ]
