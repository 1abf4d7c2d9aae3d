"""What is installed is what the lock names, its licences are known; no network is asked."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions, packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from config.settings import PROJECT_ROOT

LOCK = PROJECT_ROOT / "requirements-dev.lock"
"""What runs, and the tools: what `make install` takes."""
TO_RUN = PROJECT_ROOT / "requirements.lock"
"""What runs alone: what an office takes."""
ROOMS = ("cli", "config", "flows", "notifications", "obligations", "store", "tasks_lib", "web")
OURS, INSTALLER = "dondoc", "pip"
"""In the environment and not in the lock: the project itself, and what installs."""
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
BIN = Path(sys.executable).parent
JOINED = re.compile(r" AND | OR |; ")


def entries(lock: Path = LOCK) -> list[str]:
    """Every entry of a lock, each in one line, without its comments."""
    text = re.sub(r"^\s*#.*$", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [entry for entry in re.sub(r"\\\n\s*", "", text).splitlines() if entry.strip()]


def locked(lock: Path = LOCK) -> dict[str, str]:
    """What a lock names for this machine, with its version."""
    found = {}
    for entry in entries(lock):
        wanted = Requirement(entry.partition(" --hash")[0])
        if wanted.marker is None or wanted.marker.evaluate():
            (pin,) = wanted.specifier
            found[canonicalize_name(wanted.name)] = pin.version
    return found


def licences() -> dict[str, Any]:
    data: dict[str, Any] = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    table: dict[str, Any] = data["tool"]["dondoc"]["licences"]
    return table


@pytest.fixture(scope="module")
def installed() -> dict[str, str]:
    """What stands in the environment the tests run in, without the project itself."""
    found = {canonicalize_name(d.name): d.version for d in distributions()}
    return {name: version for name, version in found.items() if name not in (OURS, INSTALLER)}


BOTH = pytest.mark.parametrize("lock", [LOCK, TO_RUN], ids=lambda path: path.name)


@BOTH
def test_every_entry_of_a_lock_is_one_version_with_its_hashes(lock: Path) -> None:
    for entry in entries(lock):
        wanted = Requirement(entry.partition(" --hash")[0])
        assert [pin.operator for pin in wanted.specifier] == ["=="], entry
        assert wanted.url is None, entry
        assert HASH.search(entry), entry
        assert "--" not in HASH.sub("", entry), entry


@BOTH
def test_a_lock_names_no_index_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    for word in ("://", "index-url", "find-links", "trusted-host", "--editable", "-e ", "git+"):
        assert word not in text


def test_what_runs_is_a_part_of_what_is_tested_in_the_same_versions() -> None:
    assert locked(TO_RUN).items() < locked().items()


def test_what_runs_names_all_that_the_rooms_import() -> None:
    owners = packages_distributions()
    wanted = {
        canonicalize_name(owner)
        for room in ROOMS
        for path in (PROJECT_ROOT / room).rglob("*.py")
        for name in _imported(path)
        if name not in sys.stdlib_module_names and name not in ROOMS
        for owner in owners.get(name, [name])
    }
    assert "sqlalchemy" in wanted
    assert wanted <= set(locked(TO_RUN))


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_what_is_installed_is_what_the_lock_names(installed: dict[str, str]) -> None:
    assert installed == locked()


def test_every_licence_is_one_we_know() -> None:
    told = subprocess.run(
        [BIN / "pip-licenses", "--from=mixed", "--format=json", "--with-system"],
        check=True,
        capture_output=True,
    )
    allowed, odd = set(licences()["allowed"]), licences()["odd"]
    unknown = {}
    for package in json.loads(told.stdout):
        name, said = canonicalize_name(package["Name"]), package["License"]
        together = re.split(r" AND ", said)
        fits = all(
            set(JOINED.split(part.removeprefix("(").removesuffix(")") if part.startswith("(") else part))
            & allowed
            for part in together
        )
        if not fits and name not in odd:
            unknown[name] = said
    assert unknown == {}
    assert set(odd) <= set(locked()), "what is odd and not installed any more has no place in the list"
    assert all(reason.strip() for reason in odd.values())


def test_the_bill_of_materials_lists_exactly_the_lock(tmp_path: Path) -> None:
    rules = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", "").splitlines()
    rule = next(line for line in rules if "cyclonedx-py" in line)
    words = rule.replace("$(BIN)", str(BIN)).replace("build/sbom.json", str(tmp_path / "sbom.json")).split()
    seen = set()
    for _ in range(2):
        subprocess.run(words, check=True, capture_output=True, cwd=PROJECT_ROOT)
        document = json.loads((tmp_path / "sbom.json").read_text(encoding="utf-8"))
        seen.add((tmp_path / "sbom.json").read_bytes())
        listed = {canonicalize_name(c["name"]): c["version"] for c in document["components"]}
        assert {n: v for n, v in listed.items() if n != INSTALLER} == locked()
        assert document["metadata"]["component"]["name"] == OURS
    assert len(seen) == 1
    assert all(c.get("purl") for c in document["components"])
    assert str(PROJECT_ROOT) not in (tmp_path / "sbom.json").read_text(encoding="utf-8")
