"""A plugin of `make mutants`: examples that repeat and are not shrunk, and what is quick judges first.

A test passes through a function also where a fixture, or a statement put together for an earlier test, spares
it the way: without that the sweep would be judged by one test, and `foresee` by four.

Called as a program it tells what a run found, module by module.
"""

from __future__ import annotations

import gc
import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from mutmut.state import state
from mutmut.stats import status_by_exit_code

from config.load import _read
from store.statements import once

WHERE = Path("mutants")
settings.register_profile(
    "mutants",
    deadline=None,
    max_examples=10,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)


SECONDS = "seconds-by-module.json"
_seconds: dict[str, float] = defaultdict(float)
_passed: dict[int, set[str]] = {}
"""The functions each fixture went through, by its definition."""


def pytest_configure() -> None:
    """Take the profile after conftest has taken the usual one."""
    settings.load_profile("mutants")
    _read.cache_clear()  # a mutant may be in what reads the configuration
    gc.freeze()  # what all mutants share is not looked through again for each


def pytest_collection_finish(session: pytest.Session) -> None:
    """Forget the names pytest made: they are escaped, and a second run in this process would do so again."""
    for item in session.items:
        for mark in item.iter_markers("parametrize"):
            object.__setattr__(mark._param_ids_from or mark, "_param_ids_generated", None)


def pytest_runtest_setup() -> None:
    """Forget statements put together before the mutant woke, or for another test."""
    once.cache_clear()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
    """Write down which functions a fixture goes through when it is made."""
    before, state()._stats = state()._stats, set()
    try:
        return (yield)
    finally:
        _passed[id(fixturedef)] = state()._stats
        state()._stats = before | state()._stats


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Function) -> Generator[None, object, object]:
    """Count what the fixtures of a test went through as gone through by the test."""
    try:
        return (yield)
    finally:
        made = (one for several in item._fixtureinfo.name2fixturedefs.values() for one in several)
        state()._stats.update(*(_passed.get(id(one), set()) for one in made))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the quickest module first, and of it the quickest test: most mutants fall to one of them.

    A module stays together, for its fixtures are made once.
    """
    seconds, whole = _measured("mutmut-stats.json").get("duration_by_test", {}), _measured(SECONDS)
    items.sort(key=lambda item: (whole.get(_file(item), 0.0), _file(item), seconds.get(item.nodeid, 0.0)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure how long a module takes with its fixtures, which mutmut leaves out."""
    begun = time.perf_counter()
    try:
        return (yield)
    finally:
        _seconds[_file(item)] += time.perf_counter() - begun


def pytest_sessionfinish() -> None:
    """Keep what was measured where all tests were run."""
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":
        Path(SECONDS).write_text(json.dumps({**_measured(SECONDS), **_seconds}, indent=1), encoding="utf-8")


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def _measured(name: str) -> dict[str, Any]:
    measured = Path(name)
    return json.loads(measured.read_text(encoding="utf-8")) if measured.exists() else {}


def found() -> dict[str, Counter[str]]:
    """Count by module what became of its mutants."""
    modules = {}
    for told in sorted(WHERE.rglob("*.py.meta")):
        codes = json.loads(told.read_text(encoding="utf-8"))["exit_code_by_key"].values()
        modules[str(told.relative_to(WHERE).with_suffix(""))] = Counter(status_by_exit_code[c] for c in codes)
    return modules


def main() -> None:
    """Print a line for each module: how many of the mutants that were tried a test noticed."""
    modules = {name: counted for name, counted in found().items() if counted}
    modules["together"] = sum(modules.values(), Counter())
    for name, counted in modules.items():
        tried = counted.total() - counted["not checked"]
        noticed = counted["killed"] + counted["timeout"]
        percent = f"{noticed / tried:6.1%}" if tried else "     –"
        rest = ", ".join(f"{n} {what}" for what, n in sorted(counted.items()) if what != "killed")
        print(f"{name:34} {noticed:5} of {tried:5} {percent}  {rest}")


if __name__ == "__main__":
    main()
