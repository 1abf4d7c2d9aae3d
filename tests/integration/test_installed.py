"""Installed as a wheel, from any folder: everything is in it, and nothing is kept among the packages."""

from __future__ import annotations

import json
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest

from config.settings import PROJECT_ROOT, default_home
from flows.local_server import HOST, free_port
from tests.support.houses.smaller_plans import of_few_items
from tests.support.pages.portal import reads
from tests.support.running.ups import until
from tests.support.running.wheel import Installed, build_wheel, install


def packages() -> list[str]:
    """The rooms that pyproject.toml says belong to the program."""
    table = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named: list[str] = table["tool"]["setuptools"]["packages"]["find"]["include"]
    return [name.removesuffix("*") for name in named]


def files_of(room: str) -> set[str]:
    """The files of a room that a checkout has."""
    found = (path for path in (PROJECT_ROOT / room).rglob("*") if path.is_file())
    return {str(path.relative_to(PROJECT_ROOT)) for path in found if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(packages(), tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(wheel, tmp_path_factory.mktemp("installed"))


def test_the_wheel_has_every_file_of_the_rooms(wheel: Path) -> None:
    rooms = {package.partition(".")[0] for package in packages()}
    wanted = set().union(*(files_of(room) for room in rooms))
    assert len(wanted) > 300
    assert wanted - set(zipfile.ZipFile(wheel).namelist()) == set()


@pytest.mark.soak
def test_a_half_year_of_work_runs_from_any_folder(installed: Installed) -> None:
    before = installed.files()
    for command in ("plan check", "init", "sweep --as-of 2022-07-07", "deliver --as-of 2022-07-07"):
        done = installed.run(*command.split())
        assert (done.returncode, done.stderr) == (0, ""), command
    mails = json.loads(installed.run("messages", "--json").stdout)
    assert {mail["state"] for mail in mails} == {"sent"}

    home = installed.user / ".local" / "state" / "dondoc"
    assert (home / "dondoc.db").is_file()
    assert installed.files() == before, "nothing is written among the packages"


def test_a_round_brings_a_prefect_server_of_its_own_and_the_flows_of_its_plan(
    installed: Installed, tmp_path: Path
) -> None:
    before = installed.files()
    mine = {
        "DONDOC_CONFIG_DIR": str(of_few_items(tmp_path / "config", "1.2", "3.5")),
        "DONDOC_HOME": str(tmp_path / "home"),
    }
    for command in ("init", "round --as-of 2022-07-18"):
        done = installed.run(*command.split(), **mine)
        assert (done.returncode, done.stderr) == (0, ""), command
    told = json.loads(installed.run("notices", "--json", **mine).stdout)
    assert {"1.2"} < {notice["item"] for notice in told}
    assert installed.files() == before


def test_a_home_that_is_named_is_used(installed: Installed, tmp_path: Path) -> None:
    done = installed.run("init", DONDOC_HOME=str(tmp_path / "named"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "named" / "dondoc.db").is_file()


def test_the_portal_of_a_wheel_has_its_pages(installed: Installed, tmp_path: Path) -> None:
    assert installed.run("init", DONDOC_HOME=str(tmp_path)).returncode == 0
    port = free_port()
    portal = subprocess.Popen(
        [installed.folder / "bin" / "dondoc", "web", "--port", str(port)],
        cwd=installed.user,
        env=installed.environment(DONDOC_HOME=str(tmp_path)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        page = until("the sign-in page", lambda: reads(f"http://{HOST}:{port}/dang-nhap"))
        assert "Đăng nhập" in page
    finally:
        portal.terminate()
        portal.wait()


def test_a_checkout_keeps_its_files_in_itself_and_packages_never(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_home(PROJECT_ROOT) == PROJECT_ROOT / ".dondoc"
    packages_of_somebody = tmp_path / "site-packages"
    assert default_home(packages_of_somebody) == tmp_path / ".local" / "state" / "dondoc"
